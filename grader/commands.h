/* commands.h - what the barista program can do: one function for each command.
 *
 * Each prints for the student, works in the project's top folder, and returns the program's exit
 * status (enum barista_exit, or for `run` that of the program that was run). */
#ifndef BARISTA_COMMANDS_H
#define BARISTA_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "questions.h"
#include "simulate.h"
#include "submission.h"

/* As many numbers of procs as a curve can have points. */
#define PROCS_LIST_MOST 64

/* The command line, taken apart. Fields that a command has no use for are zero. */
struct arguments {
    char **words; /* after the command: the lesson, then what follows it */
    int words_count;
    const char *submission;          /* --submission */
    const char *check;               /* --check: the id of one */
    const char *json;                /* --json */
    int procs;                       /* --procs; 0: not given */
    int procs_list[PROCS_LIST_MOST]; /* --procs, where several are allowed */
    int procs_count;
    uint64_t seed; /* --seed */
    bool seed_given;
    uint64_t schedules; /* --schedules; 0: not given */
    uint64_t times;     /* --times; 0: not given */
    bool debug;         /* --debug */
    bool official;      /* --official */
    bool real;          /* --real; without it, in virtual time */
    bool simulated;     /* --simulated, for commands that else do both */
    const char *html;   /* --html */
    const char *svg;    /* --svg */
    const char *tier;   /* --tier: "A" to "D" */
};

int command_check(const struct arguments *arguments); /* grades; commands_check.c */
int command_list(const struct arguments *arguments);  /* lessons and progress; commands_course.c */
int command_hint(const struct arguments *arguments);
int command_doctor(const struct arguments *arguments); /* what works here; commands_doctor.c */
int command_lint(const struct arguments *arguments);
int command_reset(const struct arguments *arguments); /* commands_reset.c */
int command_run(const struct arguments *arguments);   /* plainly or under gdb; commands_run.c */
int command_debug(const struct arguments *arguments);
int command_sim(const struct arguments *arguments); /* in virtual time; commands_sim.c */
int command_why(const struct arguments *arguments); /* where the speedup went; commands_why.c */

int command_trace(const struct arguments *arguments); /* the timeline of a run; commands_trace.c */

/* For commands about virtual time: builds the submission for it - or plainly, if the arguments say
 * `real` - and calls `use` with what is to be simulated. Returns what that returns, or the exit
 * status of what went wrong before, after a message. */
typedef int simulation_use(const struct simulation *simulation, const struct submission *submission,
                           const struct arguments *arguments);
int command_simulation(const struct arguments *arguments, simulation_use *use);

/* A simulated run has ended badly: says so, releases it and returns the exit status. */
int command_bad_end(struct run *bad, int procs);
int command_explore(const struct arguments *arguments); /* other schedules; commands_explore.c */
int command_replay(const struct arguments *arguments);

/* Runs a program in the student's terminal and waits for it: its exit status, or 128 + a signal's
 * number. */
int command_foreground(char *const *argv);

/* Begins a command with the debugger; `first` is a command of its own to begin with, or NULL. */
void command_add_debugger(struct strings *argv, const char *first);

int command_predict(const struct arguments *arguments);  /* before the demo; commands_predict.c */
int command_quiz(const struct arguments *arguments);     /* after the text; commands_quiz.c */
int command_progress(const struct arguments *arguments); /* what is done; commands_progress.c */

int command_demo(const struct arguments *arguments);
int command_matrix(const struct arguments *arguments); /* kinds of work; commands_matrix.c */
int command_curves(const struct arguments *arguments); /* ... on 1 to 64 procs; commands_curves.c */
int command_classify(const struct arguments *arguments); /* of your own code; commands_classify.c */

/* Finds and loads the lesson that the user means by a word (NULL: none was given); NULL after a
 * message on standard error. */
struct lesson *command_lesson(const char *wanted);

/* The check whose input a command takes: the one that the user named, or else as lesson_check says.
 * NULL after a message on standard error. commands_build.c */
const struct check *command_check_of(const struct lesson *lesson, const char *id,
                                     enum check_kind kind);

/* Builds a submission and prints what the compiler says of it on standard error: BARISTA_PASS,
 * BARISTA_FAIL when it does not compile, BARISTA_INFRA. The caller releases the build in any case.
 * commands_build.c */
int command_build(const struct sandbox *sandbox, const struct lesson *lesson,
                  const struct submission *submission, enum build_kind kind, struct build *build);

/* Loads the questions of a lesson, and prints its name above them; NULL after a message on standard
 * error. `what` they are: "Quiz". */
struct questions *command_questions(const struct lesson *lesson, const char *what);

/* Keeps how a learner answered all questions of a kind (progress.h). */
void command_keep_answers(const struct lesson *lesson, const char *kind, size_t right,
                          size_t count);

#endif
