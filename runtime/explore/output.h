/* output.h - what the explored program writes: its answer, what it prints, and the reports of the
 * runtime.
 *
 * Nothing of it goes out; each run's is kept until the next begins. The answer is what is written
 * to descriptor 4, where an exercise answers the grader (exercise.h), or, if that is nothing, what
 * is printed on standard output. */
#ifndef RT_EXPLORE_OUTPUT_H
#define RT_EXPLORE_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

struct rt__text {
    char *bytes; /* followed by a NUL */
    size_t count, room;
};

/* The exploration's own standard error, where the program's isn't seen. */
extern FILE *rt__report_file;

/* Takes the place of stdout and stderr. A run begins; it has ended. */
void rt__output_start(void);
void rt__output_begin(void);
void rt__output_end(void);

const struct rt__text *rt__output_answer(void);
const struct rt__text *rt__output_errors(void);

#endif
