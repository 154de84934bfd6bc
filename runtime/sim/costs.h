/* costs.h - what things cost in virtual time.
 *
 * These are properties of a simulated machine, not of the one that simulates: they come with the
 * lesson, or are the defaults below, and are never measured where a submission is graded. So a
 * simulation gives the same times everywhere, to the last bit. All are in picoseconds: 2^63 of them
 * are 106 days. */
#ifndef RT_SIM_COSTS_H
#define RT_SIM_COSTS_H

#include <stdint.h>

#define RT__PS_PER_NS 1000

/* X(name, default in picoseconds, what) */
#define RT__COSTS(X)                                                                               \
    X(block, 1650, "a basic block of the student's code")                                          \
    X(call, 4000, "a call of the runtime")                                                         \
    X(locked, 8000, "what it costs more on several procs")                                         \
    X(spawn, 15000, "making a task")                                                               \
    X(start, 20000, "giving a new task its stack")                                                 \
    X(ready, 15000, "making a task that waited ready again")                                       \
    X(switch_, 20000, "going from a task to another")                                              \
    X(steal, 150000, "taking work from another proc")                                              \
    X(look, 2000000, "a look at all other procs that finds nothing")                               \
    X(wake, 35000000, "waking a sleeping proc")                                                    \
    X(timer, 90000000, "how late a timer wakes a sleeping proc")                                   \
    X(transfer, 40000, "touching what another proc touched last")                                  \
    X(pause, 40000, "a pause between two looks at a lock that is held")                            \
    X(slice, 10000000000, "how long a task computes before others get a turn")

struct rt__costs {
#define RT__COST_FIELD(name, value, what) int64_t name;
    RT__COSTS(RT__COST_FIELD)
#undef RT__COST_FIELD
};

extern struct rt__costs rt__costs;

/* Takes in RT_SIM_COSTS="block=400,wake=3000000". A name or value that is none ends the program
 * with a message. */
void rt__costs_read(void);

#endif
