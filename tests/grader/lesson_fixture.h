/* lesson_fixture.h - a small course on disk to test the lesson loader on, and the mistakes of a
 * text.
 *
 * tests/grader/lessons/good holds two lessons without a mistake. Tests run inside it, change one
 * thing of a lesson's text in memory, and compare the mistakes that this causes. */
#ifndef LESSON_FIXTURE_H
#define LESSON_FIXTURE_H

#include <check.h>
#include <stddef.h>

#include "lesson.h"
#include "mistakes.h"

#define GOOD_ID "03-worker-pool"

/* As messages name them. */
#define KEYS                                                                                       \
    "schema, id, title, concepts, requires, minutes, files, build, network, limits, simulate, "    \
    "hints, checks"

/* Checked fixtures: Check calls them before and after each test. */
void enter_good_course(void);
void leave_course(void);

/* A fresh empty folder for a test to work in; leave_scratch removes it and what is in it. */
void enter_scratch(void);
void leave_scratch(void);

/* Unchecked fixtures, which Check calls in its own process, before the first test and after the
 * last: all scratch folders lie in one, which is removed with those of tests that failed or died,
 * and never came to leave_scratch. */
void make_parent_of_scratches(void);
void remove_parent_of_scratches(void);

/* A scratch folder with a copy of the good course in it, for a test to change. */
void enter_copy_of_good_course(void);

/* Goes to a folder of the project, whatever the working directory is. */
void enter_project(const char *folder);

/* Runs a shell command that must succeed. */
void shell(const char *command);

/* The texts below are valid until the next call of the same function. */

/* The mistakes as they are printed, with `path` before the places; releases them. */
const char *printed(struct mistakes *mistakes, const char *path);

/* The mistakes in a text that is to be the lesson 03-worker-pool; "yaml" stands for its path. */
const char *mistakes_in(const char *text, size_t length);

/* The mistakes in the good lesson when `old`, which it has exactly once, is replaced. */
const char *mistakes_with(const char *old, const char *replacement);

/* The text of the good lesson; the caller owns it. */
char *good_text(void);

#define ck_mistakes(old, replacement, expected)                                                    \
    ck_assert_str_eq(mistakes_with((old), (replacement)), (expected))

#endif
