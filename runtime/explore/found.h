/* found.h - what the exploration has found wrong, and with which schedule.
 *
 * The same thing is wrong in many schedules. A finding has a kind and a key that say which others
 * are the same; only the first of them is kept. Findings are also what a hunt is for: the question,
 * asked by minimise.c, whether a certain schedule still shows a certain one. */
#ifndef RT_EXPLORE_FOUND_H
#define RT_EXPLORE_FOUND_H

#include <stdio.h>

#include "explore/schedule.h"

/* X(NAME, "code", "what it means"). The worst first: a cause stands before what it may lead to. */
#define RT__FOUND(X)                                                                               \
    X(RACE, "race",                                                                                \
      "two tasks use the same memory, one of them writes, and nothing orders the two")             \
    X(MISUSE, "misuse", "the runtime was called in a way that is always wrong")                    \
    X(CRASH, "crash", "the program crashed")                                                       \
    X(WRONG_ANSWER, "wrong_answer", "the program's own check failed")                              \
    X(LOST_WAKE_UP, "lost_wake_up",                                                                \
      "a task waits for ever for a wake-up that was given, but missed it")                         \
    X(DEADLOCK, "deadlock", "all tasks wait, and nothing is left that could wake one")             \
    X(LEAK, "leak", "main has ended, and tasks wait for ever")                                     \
    X(LOCK_ORDER, "lock_order", "locks are taken in orders that can end in a deadlock")            \
    X(SCHEDULE_DEPENDENT, "schedule_dependent", "the answer depends on who is faster")

enum rt__found_kind {
#define RT__FOUND_ENUM(name, code, text) RT__FOUND_##name,
    RT__FOUND(RT__FOUND_ENUM) RT__FOUND_KINDS
#undef RT__FOUND_ENUM
};

const char *rt__found_code(enum rt__found_kind kind);
const char *rt__found_text(enum rt__found_kind kind);

struct rt__finding {
    enum rt__found_kind kind;
    uint64_t key;
    struct rt__plan plan;
    struct rt__switches switches; /* of the schedule, up to there */
    uint64_t schedule;            /* its number */
    char *details;                /* owned; some lines of text */
};

/* More findings than this are more than a reader takes in. */
#define RT__FINDINGS_MAX 16
extern struct rt__finding rt__findings[RT__FINDINGS_MAX];
extern int rt__findings_count;

/* The running schedule shows something. `write` prints the details, if they are wanted. May not
 * return: a hunt ends where it has found what it is for. */
void rt__found(enum rt__found_kind kind, uint64_t key, void (*write)(FILE *to, const void *what),
               const void *what);

/* A data race: two accesses to the memory at `address`. */
struct rt__race {
    uintptr_t address;
    struct {
        rt__actor_id actor;
        rt__place place;
        unsigned how;
    } sides[2];
};
void rt__found_race(const struct rt__race *race);

/* The worst finding, NULL if there is none. */
const struct rt__finding *rt__found_worst(void);

/* From now on, only this finding counts; NULL: any does, and is kept. */
void rt__hunt(const struct rt__finding *wanted);

/* Whether the schedule has shown it; its details are to be freed by the caller, NULL if it has
 * not. */
char *rt__hunt_caught(void);

/* A number for the schedules of a search. */
void rt__found_schedule(uint64_t number);

#endif
