/* condition.h - what a machine is like while submissions are graded. */
#ifndef VERDICTS_CONDITION_H
#define VERDICTS_CONDITION_H

#include <stdbool.h>

/* X(NAME, "name", "what it is") */
#define CONDITIONS(X)                                                                              \
    X(QUIET, "quiet", "nothing else runs")                                                         \
    X(BURSTS, "bursts", "other programs compute on all CPUs, now and then")                        \
    X(ONE_CPU, "one-cpu", "one CPU may be used")                                                   \
    X(QUOTA, "quota", "a control group gives half of one CPU's time")

enum condition {
#define CONDITION_ENUM(name, text, what) CONDITION_##name,
    CONDITIONS(CONDITION_ENUM)
#undef CONDITION_ENUM
        CONDITIONS_COUNT
};

const char *condition_name(enum condition condition);
const char *condition_what(enum condition condition);

/* Makes it so for this process and all that it starts from now on. False, after a message on
 * stderr, if that can't be had here: a control group takes root. */
bool condition_begin(enum condition condition);

/* Puts everything back as it was. */
void condition_end(enum condition condition);

#endif
