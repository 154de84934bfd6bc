/* figures.h - the figures of a simulated run, and of each place in it, as the library writes them
 * and the grader reads them. All are int64_t; those that end in _ps are picoseconds. */
#ifndef RT_SIM_FIGURES_H
#define RT_SIM_FIGURES_H

/* X(name, what) */
#define RT__RUN_FIGURES(X)                                                                         \
    X(time_ps, "from the start to the return of the main task")                                    \
    X(span_ps, "the longest chain of work and waits, locks aside: no number of procs is faster")   \
    X(sleeps, "how many waits for the clock or I/O have begun")                                    \
    X(slept_ps, "how long all of them took together")                                              \
    X(any_slept_ps, "how long at least one of them lasted")                                        \
    X(tasks, "started")                                                                            \
    X(switches, "to tasks")                                                                        \
    X(steals, "of work from other procs")                                                          \
    X(stops, "of tasks that computed for longer than a slice while others were ready")

/* A place is a site of a call, or code. */
#define RT__PLACE_FIGURES(X)                                                                       \
    X(overhead_ps, "switches, spawns and wake-ups of the tasks spawned, or parked, there")         \
    X(alone_ps, "idle time of other procs while a task spawned there, or this code, ran")          \
    X(wait_ps, "idle time while a task slept there, or this code blocked its proc")                \
    X(awaited_ps, "time that tasks waited there for another one, while procs were idle")           \
    X(computed_ps, "by this code")                                                                 \
    X(spawned, "tasks, of which")                                                                  \
    X(runnable_most, "so many at most could run at once, and")                                     \
    X(work_ps, "those that have ended computed so much,")                                          \
    X(work_most_ps, "and one of them at most")                                                     \
    X(chained_ps, "the part of alone_ps while others of them waited for what a task would bring")  \
    X(passed, "how often one of them readied another, while all that waited did so at one object")

#endif
