/* dialogue.c - a state machine that is fed bytes.
 *
 * Bytes go to the line being received ("ready", then "answer 1234"), or to the answer once that
 * has been announced. A byte that comes at any other time breaks the dialogue, and it stays
 * broken: there is no way back to an answer that counts. */
#include "dialogue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Reads "answer 1234". Only digits count: no sign, no spaces, nothing after them. */
static bool read_announcement(const char *line, size_t *bytes)
{
    static const char word[] = "answer ";
    const char *digit = line + sizeof word - 1;

    if (strncmp(line, word, sizeof word - 1) != 0 || *digit == '\0')
        return false;
    for (*bytes = 0; *digit; digit++) {
        if (*digit < '0' || *digit > '9')
            return false;
        *bytes = *bytes * 10 + (size_t)(*digit - '0');
        if (*bytes > DIALOGUE_ANSWER_MAX)
            return false;
    }
    return true;
}

static void take_line(struct dialogue *dialogue)
{
    dialogue->line[dialogue->line_bytes] = '\0';
    dialogue->line_bytes = 0;
    if (dialogue->state == DIALOGUE_STARTING) {
        bool ready = strcmp(dialogue->line, "ready") == 0;

        dialogue->state = ready ? DIALOGUE_ANSWERING : DIALOGUE_BROKEN;
    } else if (read_announcement(dialogue->line, &dialogue->answer_bytes)) {
        dialogue->answer = memory_new(dialogue->answer_bytes + 1);
        if (dialogue->answer_bytes == 0)
            dialogue->state = DIALOGUE_ANSWERED;
    } else {
        dialogue->state = DIALOGUE_BROKEN;
    }
}

/* Takes bytes up to the end of the line, and says how many. */
static size_t take_line_bytes(struct dialogue *dialogue, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
            take_line(dialogue);
            return i + 1;
        }
        if (bytes[i] == '\0' || dialogue->line_bytes == sizeof dialogue->line - 1) {
            dialogue->state = DIALOGUE_BROKEN;
            return count;
        }
        dialogue->line[dialogue->line_bytes++] = bytes[i];
    }
    return count;
}

static size_t take_answer_bytes(struct dialogue *dialogue, const char *bytes, size_t count)
{
    size_t missing = dialogue->answer_bytes - dialogue->answer_received;
    size_t taken = count < missing ? count : missing;

    memcpy(dialogue->answer + dialogue->answer_received, bytes, taken);
    dialogue->answer_received += taken;
    if (taken == missing)
        dialogue->state = DIALOGUE_ANSWERED;
    return taken;
}

void dialogue_receive(struct dialogue *dialogue, const char *bytes, size_t count)
{
    while (count > 0) {
        enum dialogue_state before = dialogue->state;
        size_t taken;

        if (before == DIALOGUE_ANSWERED)
            dialogue->state = DIALOGUE_BROKEN; /* it goes on after its answer */
        if (dialogue->state == DIALOGUE_BROKEN)
            return;
        if (dialogue->answer)
            taken = take_answer_bytes(dialogue, bytes, count);
        else
            taken = take_line_bytes(dialogue, bytes, count);
        bytes += taken;
        count -= taken;
        if (before == DIALOGUE_STARTING && dialogue->state == DIALOGUE_ANSWERING && count > 0)
            dialogue->state = DIALOGUE_BROKEN; /* it does not wait for its input */
    }
}

char *dialogue_input(const struct input_list *input, uint64_t seed)
{
    char *text = string_format("seed %" PRIu64 "\n", seed);

    for (size_t i = 0; i < input->count; i++) {
        const struct input *item = &input->items[i];
        char *longer = string_format("%s%s %" PRId64 "\n", text, item->name, item->value);

        free(text);
        text = longer;
    }
    char *whole = string_format("%sgo\n", text);
    free(text);
    return whole;
}

void dialogue_release(struct dialogue *dialogue)
{
    free(dialogue->answer);
    *dialogue = (struct dialogue){0};
}
