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

/* How many processes can each be in it at once without disturbing each other: where a condition
 * takes CPUs away, those are left for others. */
int condition_room(enum condition condition);

/* Makes it so for this process, the `worker`th of those, and all that it starts from now on. False,
 * after a message on stderr, if that can't be had here: a control group takes root. */
bool condition_begin(enum condition condition, int worker);

/* Before the process ends: stops what was started, and leaves no control group behind. */
void condition_end(enum condition condition);

#endif
