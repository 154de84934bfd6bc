/* why.h - where the speedup of a program went: the cause, its place in the source, and what would
 * be without it.
 *
 * Found by experiments in virtual time, so the answer is the same on every machine
 * (ARCHITECTURE.md, "Why a speedup is missing"). What virtual time can't see - caches, and what
 * else of the memory - shows only in real runs: see why_memory. */
#ifndef BARISTA_WHY_H
#define BARISTA_WHY_H

#include "simulated.h"
#include "text.h"

/* X(NAME, "name in JSON", "in words", "is it scheduling, synchronisation or decomposition?", "what
 * to do") */
#define CAUSES(X)                                                                                  \
    X(NONE, "none", "it scales", "none of them", "")                                               \
    X(SPINNING, "spinning", "tasks compute while they wait", "synchronisation",                    \
      "Wait with a channel, a condition or a wait group: a task that is parked costs nothing.")    \
    X(LOCK, "serialised_by_lock", "tasks wait for one another's lock", "synchronisation",          \
      "Hold it for less: compute outside of it, or give each task a part of its own and join the " \
      "parts at the end.")                                                                         \
    X(WAITS, "io_not_overlapped", "waits come one after another", "scheduling",                    \
      "Give each wait a task of its own, so that they pass at the same time, but for those that "  \
      "must follow one another. A call that blocks its thread belongs into rt_blocking.")          \
    X(GRAIN, "grain_too_small", "tasks or messages are too small", "scheduling",                   \
      "Give each task, or message, more to do, until its work outweighs what it costs.")           \
    X(IMBALANCE, "imbalance", "the work is dealt out unevenly", "decomposition",                   \
      "Cut the work into more and smaller parts, and let tasks take them as they get done.")       \
    X(PATH, "critical_path", "one thing has to come after the other", "decomposition",             \
      "Nothing else can run meanwhile: split it up, do it beside other work, or do less of it.")   \
    X(MEMORY, "memory_effect", "procs hinder one another in memory", "decomposition",              \
      "Let each task write to memory of its own, 64 bytes or more from that of others.")

enum cause {
#define CAUSE_ENUM(name, code, words, answer, advice) CAUSE_##name,
    CAUSES(CAUSE_ENUM)
#undef CAUSE_ENUM
};

const char *cause_code(enum cause cause);
const char *cause_words(enum cause cause);
const char *cause_answer(enum cause cause);
const char *cause_advice(enum cause cause);

/* One run in virtual time. */
struct experiment {
    int procs;
    const char *costs;   /* that differ from the usual: "slice=1000000000"; "" for none */
    const char *without; /* locks that exclude nobody, "file.c:31,..."; NULL: none */
};

/* Who can carry experiments out. `run` returns false if the program did not end well; the caller of
 * `why` says what that means when it was one of the plain runs. */
struct laboratory {
    bool (*run)(void *context, const struct experiment *experiment, struct simulated_run *run);
    void *context;
};

/* The findings. Speedups are against the same program at procs=1. */
struct loss {
    enum cause cause;
    int procs;
    double speedup; /* at `procs` */
    double without; /* what it would be there without the cause; 0: not known */
    char *object;   /* owned; a lock's name; "" for other causes */
    char *awaited;  /* owned; where other tasks wait meanwhile; NULL if they do not */
    char *site;     /* owned; "file.c:31", of a call; NULL if the cause has none */
    int64_t code[SIMULATED_FRAMES]; /* code that is the cause, or runs meanwhile, innermost first */
    int frames;                     /* of it; 0: none */
    struct simulated_run one, many; /* owned; the plain runs at procs=1 and at `procs` */
};

/* Explains the program at `procs`, >= 2. False if one of its plain runs failed; `loss` is empty
 * then. */
bool why(const struct laboratory *laboratory, int procs, struct loss *loss);

/* Whether there is no loss to explain. Without a cause, a program may scale or not: an experiment
 * that ran into a limit, on a busy machine, has no result. */
bool why_scales(const struct loss *loss);

/* The same program has really run: at procs=N it took `inflation` times the CPU time of its run at
 * procs=1, beyond what the machine itself would explain (1: none). If virtual time knows no cause,
 * this is one. */
void why_memory(struct loss *loss, double inflation);

void loss_release(struct loss *loss);

#endif
