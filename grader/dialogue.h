/* dialogue.h - the grader's side of the protocol with an exercise program (see
 * exercises/exercise.h).
 *
 *     program:  "ready\n"
 *     grader:   the input, made by dialogue_input()
 *     program:  "answer 1234\n" and 1234 bytes
 *
 * It is fed the bytes that came, in pieces of any size, and knows nothing of pipes, processes or
 * clocks. The program may lie: whatever it sends, the dialogue ends up in one of the states
 * below, with bounded memory. */
#ifndef BARISTA_DIALOGUE_H
#define BARISTA_DIALOGUE_H

#include "lesson.h"

/* The longest answer. Lessons' answers are under 1 MiB; a wrong program must not fill our
 * memory, in which those of a round lie together. */
#define DIALOGUE_ANSWER_MAX ((size_t)4 << 20)

enum dialogue_state {
    DIALOGUE_STARTING,  /* "ready" has not come whole */
    DIALOGUE_ANSWERING, /* ready; the answer has not come whole */
    DIALOGUE_ANSWERED,  /* the answer is whole, and nothing came after it */
    DIALOGUE_BROKEN     /* it sent what the protocol does not allow */
};

/* A zero value is a dialogue that begins. */
struct dialogue {
    enum dialogue_state state;
    char line[32]; /* the start of the line being received */
    size_t line_bytes;
    char *answer;        /* owned; NUL-terminated once whole */
    size_t answer_bytes; /* as announced */
    size_t answer_received;
};

/* Takes in bytes that the program sent. */
void dialogue_receive(struct dialogue *dialogue, const char *bytes, size_t count);

/* The input as it is sent: a line a value, the seed first. The caller owns it. */
char *dialogue_input(const struct input_list *input, uint64_t seed);

void dialogue_release(struct dialogue *dialogue);

#endif
