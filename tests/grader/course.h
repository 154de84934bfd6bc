/* course.h - the barista program, run in a course of its own: a copy in a fresh git repository,
 * so that nothing that a command keeps or resets can touch the project. */
#ifndef COURSE_H
#define COURSE_H

#include <check.h>

/* A new test case, each test of which runs in a fresh course. */
TCase *course_case(Suite *suite, const char *name);

/* What one command did. */
struct outcome {
    int status;
    char *out, *errors;
};

/* Runs barista with these arguments, as a shell reads them, without any input unless they redirect
 * it; `settings` go before it on the command line, for example "env CC=none". */
struct outcome barista_with(const char *settings, const char *arguments);
struct outcome barista(const char *arguments);
void outcome_release(struct outcome *outcome);

/* Runs a command and checks its exit status, and a part of what it printed on each stream. */
void check_command(const char *arguments, int status, const char *out, const char *errors);

#endif
