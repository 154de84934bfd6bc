/* states.h - what a simulated proc can be doing; see ledger.h. */
#ifndef RT_SIM_STATES_H
#define RT_SIM_STATES_H

#define RT__STATES(X)                                                                              \
    X(USER, "user")                                                                                \
    X(SCHEDULER, "scheduler")                                                                      \
    X(SEARCH, "search")                                                                            \
    X(BLOCKED, "blocked")                                                                          \
    X(IDLE_LATENCY, "idle_latency")                                                                \
    X(IDLE_LOCK, "idle_lock")                                                                      \
    X(IDLE_WAIT, "idle_wait")                                                                      \
    X(IDLE_LITTLE, "idle_little")

enum rt__state {
#define RT__STATE_ENUM(name, text) RT__##name,
    RT__STATES(RT__STATE_ENUM) RT__STATES_COUNT
#undef RT__STATE_ENUM
};

#endif
