/* questions.h - what a lesson asks: predictions before its demo, and a quiz after its text.
 *
 * They stand in lessons/<id>/questions.yaml, whose format lessons/README.md documents, and are read
 * as strictly as lesson.yaml. No right prediction stands there: a run gives it, of the demo or in
 * virtual time. And each answer of the quiz names the command that proves it. All that a question
 * refers to exists once it has been read: the figure in demo.c, the submission, the command.
 *
 * Nobody gets points for them. The answers of the quiz stand in the repository, so points would be
 * a present; and a prediction that had to be right would be no prediction.
 *
 * Ownership: the questions own all they point to; questions_free() releases them. */
#ifndef BARISTA_QUESTIONS_H
#define BARISTA_QUESTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "mistakes.h"

/* What a submission's shape check comes to in virtual time, on `procs` procs. */
enum simulated_answer {
    ANSWER_SPEEDUP, /* T_1 / T_procs */
    ANSWER_OVERLAP, /* T_sequential / T_procs */
    ANSWER_BUSY     /* how many procs were busy with tasks, on average */
};

struct prediction {
    char *ask;
    char *unit;   /* what the number counts: "times", "ms" */
    double close; /* a prediction within this factor of the truth is right; above 1 */
    char *why;
    int procs; /* of the run that answers; 0: as the machine is */

    char *figure; /* what the demo calls the answer; NULL: it comes from virtual time, where */
    enum simulated_answer answer;
    char *submission; /* is simulated; NULL if it comes from the demo */
    char *lesson;     /* the id of the submission's lesson, which may be another */
};

/* Letters are easy to type and to compare up to so many. */
#define CHOICES_MOST 6

struct choice {
    char *text;
    char *why; /* what is wrong with it, or why it is right */
};

struct quiz_question {
    char *ask;
    struct choice choices[CHOICES_MOST]; /* a, b, c, ... */
    size_t choices_count;
    size_t answer; /* index of the right choice */
    char *proof;   /* a command of make that shows that it is right */
};

struct questions {
    struct prediction *predictions;
    size_t predictions_count;
    struct quiz_question *quiz;
    size_t quiz_count;
};

/* Whether a lesson has questions: a file lessons/<id>/questions.yaml. */
bool questions_exist(const char *lesson_id);

/* Reads that file. Prints every mistake on `errors` as lesson_load does. NULL if there was one. */
struct questions *questions_load(const char *lesson_id, FILE *errors);

/* As questions_load, but adds the mistakes to a list. */
struct questions *questions_read(const char *lesson_id, struct mistakes *mistakes);

/* As questions_read, of a text in memory: any bytes at all, at most DOCUMENT_BYTES_MAX. */
struct questions *questions_parse(const char *lesson_id, const char *text, size_t length,
                                  struct mistakes *mistakes);

/* Releases them; NULL is ignored. */
void questions_free(struct questions *questions);

#endif
