/* tool.h - tests under tools that look over a program's shoulder. Such a tool makes every step
 * slow, so tests take fewer of them (few_or), and cannot do everything that a processor can: what
 * it can't do is left out test by test, in the test program's main(), and each time with the
 * reason. */
#ifndef TESTS_TOOL_H
#define TESTS_TOOL_H

#include <stdbool.h>

enum tool {
    ADDRESS_SANITIZER = 1,
    THREAD_SANITIZER = 2,
    VALGRIND = 4,
    EMULATOR = 8 /* another processor's program, run by qemu */
};

/* Whether this program runs under one of `tools`, a sum of enum tool. */
bool running_under(int tools);

/* `many`, or the tenth of it under a tool that makes steps slow. */
int few_or(int many);

#endif
