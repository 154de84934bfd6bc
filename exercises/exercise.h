/* exercise.h - what a lesson's harness.c stands on: the input, the answer, and the program's
 * main().
 *
 * A harness is trusted code. It defines harness(), which runs as the main task: it takes the input
 * that the grader sent, calls the functions of the student file, and adds lines to the answer.
 * Linked with oracle.c in place of the student file, the same harness gives the expected answer.
 *
 * Protocol (exercise.c implements it, grader/run.c is the other side). Started as `program
 * --graded`, the program talks on two pipes, descriptor 3 (from the grader) and 4 (to the grader):
 *
 *     program:  "ready\n"                            when it could start
 *     grader:   "seed 42\njobs 64\ngo\n"             the input; its clock starts
 *     program:  "answer 1234\n" and 1234 bytes       the whole answer at once; its clock stops
 *
 * What the program prints on standard output never reaches the answer. Started without --graded (by
 * `make run`), the program takes `name=value` arguments as its input and prints the answer. Started
 * with --explored, too; then it is linked with the exploration of schedules (runtime/explore/),
 * which calls its main() again and again, and keeps what is written to descriptor 4. */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdint.h>

/* Defined by harness.c: one run of the exercise, in the main task. */
void harness(void);

/* The value of the input `name`, as the check in lesson.yaml gives it. A name that was not sent is
 * a mistake of the lesson, not of the student: the program ends with EXERCISE_EXIT_LESSON. */
int64_t input_get(const char *name);

/* The next number of a stream that depends on the seed alone (splitmix64): the same for submission
 * and oracle, different in each run. Not for concurrent use: draw all the input first. */
uint64_t input_random(void);

/* The next number of that stream, brought into low..high (both included). */
int64_t input_random_between(int64_t low, int64_t high);

/* Adds one line to the answer (printf format; the newline is added). The grader compares answers
 * line by line. Not for concurrent use: collect results first, answer last, in a fixed order. */
__attribute__((format(printf, 1, 2))) void answer_line(const char *format, ...);

/* Ends the program with EXERCISE_EXIT_TASKS and a report if more than `most` tasks exist now, the
 * main task included. For lessons about bounded concurrency; call it where the harness does a job's
 * work. */
void limit_tasks(int64_t most);

/* Exit status when more tasks exist than the exercise allows. */
#define EXERCISE_EXIT_TASKS 111

/* Exit status when the lesson or the grader is at fault, never the student. */
#define EXERCISE_EXIT_LESSON 110

#endif
