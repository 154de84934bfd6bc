/* child.h - runs a main task in a process of its own and says how that process ended: for
 * behaviours that end the program (deadlock, misuse, leak) and for what depends on the environment.
 *
 * The child is a fork, so call these functions while no runtime runs in this process. */
#ifndef TESTS_CHILD_H
#define TESTS_CHILD_H

#include <stdbool.h>

/* Exit status of a child whose rt_run did not return RT_OK. */
#define CHILD_NOT_RUN 90

/* A child that takes longer than this hangs; it is killed. */
#define CHILD_TIMEOUT_S 60

/* More than the longest report of any test; the rest of the output is dropped. */
#define CHILD_OUTPUT_BYTES 65536

struct child {
    bool timed_out;
    int status; /* exit status, or 128 + signal as shells count */
    char out[CHILD_OUTPUT_BYTES];
    char err[CHILD_OUTPUT_BYTES];
};

/* Runs main_fn as the main task of a new process, and waits for its end. `env` is a list of
 * "NAME=value" that ends with NULL, added to the environment; NULL adds nothing. */
void child_run(struct child *child, void (*main_fn)(void *arg), const char *const *env);

/* As child_run, but calls fn(NULL) plainly, outside the runtime. */
void child_call(struct child *child, void (*fn)(void *arg), const char *const *env);

/* Writes to standard output at once, past stdio's buffer: survives any end of the child. */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);

/* "file:line" of the line in the source `file` that ends with the comment "@mark". Tests mark a
 * call like that and expect its place in a report. Returns a static buffer. */
const char *place_of(const char *file, const char *mark);

/* How often `text` stands in what the child wrote to standard error. */
int count_reported(const struct child *child, const char *text);

/* Asserts that one entry of the child's report has this place and all texts of the list, which ends
 * with NULL. An entry is a line with the indented lines that belong to it. */
void assert_reported(const struct child *child, const char *place, const char *const *texts);

#endif
