/* strategy.h - who is next: a portfolio of strategies, because none is best at all bugs.
 *
 *   fifo       the plain schedule, but when a choice must be made, any
 *   random     any task, at every step: good at bugs that need few steps of many tasks
 *   pos        partial order sampling (Yuan, Yang and Gu, 2018): each step has a random priority, drawn
 *              again when another step on its object was taken: each order of two steps that matters is likely
 *   pct2, pct3 probabilistic concurrency testing (Burckhardt and others, 2010): random priorities of tasks, and 1 or 2
 *              steps at which the running one becomes the last. A bug that needs d such orderings among n
 *              tasks and k steps is hit with a probability of at least 1 / (n k^(d-1)): long windows
 *   work       random, weighted by how much each task still has to do: orders in which long tasks meet
 *   starve     some tasks don't run for long
 *   replay     the plain schedule, with the switches that are given
 *
 * Every strategy but replay lets time pass at any moment, for a task may be late for any time.
 *
 * After very many steps - some tasks wait for others by asking again and again - every strategy
 * turns to random. */
#ifndef RT_EXPLORE_STRATEGY_H
#define RT_EXPLORE_STRATEGY_H

#include "explore/schedule.h"

#define RT__STRATEGIES(X)                                                                          \
    X(FIFO, "fifo")                                                                                \
    X(RANDOM, "random")                                                                            \
    X(RANDOM_AGAIN, "random")                                                                      \
    X(POS, "pos")                                                                                  \
    X(PCT2, "pct2")                                                                                \
    X(PCT3, "pct3")                                                                                \
    X(WORK, "work")                                                                                \
    X(STARVE, "starve")                                                                            \
    X(REPLAY, "replay")

enum rt__strategy {
#define RT__STRATEGY_ENUM(name, text) RT__##name,
    RT__STRATEGIES(RT__STRATEGY_ENUM)
#undef RT__STRATEGY_ENUM
};

/* The strategies in a portfolio, RT__FIFO and up. */
#define RT__PORTFOLIO RT__REPLAY

const char *rt__strategy_name(int strategy);

void rt__strategy_begin(const struct rt__plan *plan);

/* A task is new, or can go on after a wait. It has yielded. */
void rt__strategy_spawned(rt__actor_id id);
void rt__strategy_ready(rt__actor_id id);
void rt__strategy_yielded(rt__actor_id id);

/* The running task has come to a point; its place and object are set. */
void rt__strategy_arrived(rt__actor_id id);

/* Who goes on: `running` (RT__NOBODY if it can't) or one of the others, which are in the order in
 * which they became able to; `plain` would in the plain schedule. */
rt__actor_id rt__strategy_pick(rt__actor_id running, rt__actor_id plain, const rt__actor_id *ready,
                               int count);

/* The schedule is over: what is to be learned from it for later ones. */
void rt__strategy_end(void);

#endif
