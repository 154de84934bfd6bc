/* why.c - finds the cause of a missing speedup. The rules, in this order: an earlier cause produces
 * the signs of the later ones.
 *
 *   spinning             how much is computed depends on how long others take: more at another number of procs, or
 *                        with another time slice. Code that waits by computing, nothing else, does that.
 *   serialised_by_lock   without this lock the program would be faster; or it is held nearly all the time.
 *   io_not_overlapped    most of the time goes by while tasks wait for the clock or I/O, few at a time.
 *   grain_too_small      with a runtime that costs nothing the program would be faster.
 *   serialised_by_lock   (again) tasks pass something on among themselves, one at a time: a channel as a lock.
 *   critical_path,       procs are idle because there is too little to do at once. If what runs meanwhile is one of
 *   imbalance            several tasks spawned at the same place that could run together, then its part is too
 *                        large; else it is what the others have to wait for.
 *
 * "Would be" is found by running the program again in a virtual world where it is so. */
#include "why.h"

#include <stdlib.h>
#include <string.h>

/* Work that the schedule changes by more than this is not the program's own. Counts of blocks are
 * exact, so any number above 1 would do, but for programs that look something up less often when
 * they are lucky. */
#define WORK_VARIATION_MOST 1.08
/* So much faster without something means that it is the cause. */
#define GAIN_LEAST 1.25
/* For overheads, more: the last percent of them is not worth anyone's time. */
#define GRAIN_GAIN_LEAST 1.5
/* Shares of the time of all procs. */
#define LOCK_HELD_MOST 0.8
#define WAITS_SHARE_LEAST 0.3
#define IDLE_SHARE_LEAST 0.15
/* Waits that overlap so well are no cause. */
#define OVERLAP_ENOUGH 4.0
/* A speedup of this share of the procs leaves nothing to explain. */
#define SPEEDUP_ENOUGH 0.75
/* More CPU time than this for the same work, beyond what the machine explains. */
#define INFLATION_MOST 1.15

/* A tenth of the usual slice. */
#define SHORT_SLICE "slice=1000000000"
/* Not nothing at all where a task may look again and again: its time must go on. */
#define NO_OVERHEADS                                                                               \
    "call=1000,look=1000,pause=1000,locked=0,spawn=0,start=0,ready=0,switch=0,steal=0,wake=0,"     \
    "timer=0,transfer=0"

static const struct {
    const char *code, *words, *answer, *advice;
} causes[] = {
#define CAUSE_TEXTS(name, code, words, answer, advice) {code, words, answer, advice},
    CAUSES(CAUSE_TEXTS)
#undef CAUSE_TEXTS
};

const char *cause_code(enum cause cause)
{
    return causes[cause].code;
}

const char *cause_words(enum cause cause)
{
    return causes[cause].words;
}

const char *cause_answer(enum cause cause)
{
    return causes[cause].answer;
}

const char *cause_advice(enum cause cause)
{
    return causes[cause].advice;
}

static bool run(const struct laboratory *laboratory, int procs, const char *costs,
                const char *without, struct simulated_run *result)
{
    struct experiment experiment = {.procs = procs, .costs = costs, .without = without};
    return laboratory->run(laboratory->context, &experiment, result);
}

static double ratio(int64_t a, int64_t b)
{
    return b > 0 ? (double)a / (double)b : 1;
}

/* Of the time of all procs. */
static double share(const struct simulated_run *run, enum rt__state state)
{
    return ratio(run->spent_ps[state], run->time_ps) / run->procs;
}

static void blame_site(struct loss *loss, const char *site, const char *object)
{
    loss->site = string_copy(site);
    free(loss->object);
    loss->object = string_copy(object);
}

static void blame_code(struct loss *loss, const struct simulated_place *place)
{
    memcpy(loss->code, place->code, sizeof loss->code);
    loss->frames = place->frames;
}

static void blame_place(struct loss *loss, const struct simulated_place *place)
{
    if (place && place->site)
        blame_site(loss, place->site, "");
    else if (place)
        blame_code(loss, place);
}

/* The weightiest place by one of its figures: `figure` is the offset. Sites, code, or both. */
enum kind { SITES, CODE, ALL };

static const struct simulated_place *worst(const struct simulated_run *run, enum kind kind,
                                           size_t figure)
{
    const struct simulated_place *worst = NULL;
    int64_t most = 0;
    for (size_t i = 0; i < run->places_count; i++) {
        const struct simulated_place *place = &run->places[i];
        int64_t value = *(const int64_t *)(const void *)((const char *)place + figure);
        if ((kind != SITES || place->site) && (kind != CODE || !place->site) && value > most) {
            worst = place;
            most = value;
        }
    }
    return worst;
}

#define WORST(run, kind, figure) worst(run, kind, offsetof(struct simulated_place, figure))

/* ---- Spinning -------------------------------------------------------------------------------- */

static int64_t computed_there(const struct simulated_run *run, const struct simulated_place *code)
{
    for (size_t i = 0; i < run->places_count; i++) {
        const struct simulated_place *place = &run->places[i];
        if (!place->site && memcmp(place->code, code->code, sizeof code->code) == 0)
            return place->computed_ps;
    }
    return 0;
}

/* The code that computed so much more in one run than in the other. */
static void blame_difference(struct loss *loss, const struct simulated_run *more,
                             const struct simulated_run *less)
{
    int64_t most = 0;
    for (size_t i = 0; i < more->places_count; i++) {
        const struct simulated_place *place = &more->places[i];
        int64_t difference = place->site ? 0 : place->computed_ps - computed_there(less, place);
        if (difference > most) {
            most = difference;
            blame_code(loss, place);
        }
    }
}

static bool is_spinning(const struct laboratory *laboratory, struct loss *loss)
{
    struct simulated_run sliced = {0};
    const struct simulated_run *runs[] = {&loss->one, &loss->many, &sliced};
    const struct simulated_run *more = runs[0], *less = runs[0];
    int count = run(laboratory, loss->procs, SHORT_SLICE, NULL, &sliced) ? 3 : 2;
    for (int i = 1; i < count; i++) {
        more = runs[i]->spent_ps[RT__USER] > more->spent_ps[RT__USER] ? runs[i] : more;
        less = runs[i]->spent_ps[RT__USER] < less->spent_ps[RT__USER] ? runs[i] : less;
    }
    bool spins = ratio(more->spent_ps[RT__USER], less->spent_ps[RT__USER]) > WORK_VARIATION_MOST;
    if (spins) {
        loss->cause = CAUSE_SPINNING;
        blame_difference(loss, more, less);
    }
    simulated_release(&sliced);
    return spins;
}

/* ---- Locks ----------------------------------------------------------------------------------- */

/* Whether the program does its work without the lock, too. It may notice that two tasks are where
 * one should be, and leave out what they were to do: then its time says nothing. */
static bool still_works(const struct loss *loss, const struct simulated_run *without)
{
    return ratio(loss->many.spent_ps[RT__USER], without->spent_ps[RT__USER]) < WORK_VARIATION_MOST;
}

static bool is_serialised_by(const struct laboratory *laboratory, struct loss *loss,
                             const struct simulated_lock *lock)
{
    struct simulated_run without = {0};
    if (lock->is_signal || lock->contended == 0)
        return false;
    bool ran =
        run(laboratory, loss->procs, "", lock->first, &without) && still_works(loss, &without);
    bool is_cause = ran ? ratio(loss->many.time_ps, without.time_ps) >= GAIN_LEAST
                        : ratio(lock->held_ps, loss->many.time_ps) > LOCK_HELD_MOST &&
                              lock->contended > lock->taken / 10;
    if (is_cause) {
        loss->cause = CAUSE_LOCK;
        loss->without = ran ? ratio(loss->one.time_ps, without.time_ps) : 0;
        blame_site(loss, lock->place, lock->object);
        const struct simulated_place *code = WORST(&loss->many, CODE, alone_ps);
        if (code)
            blame_code(loss, code);
    }
    simulated_release(&without);
    return is_cause;
}

static bool is_lock(const struct laboratory *laboratory, struct loss *loss)
{
    for (size_t i = 0; i < loss->many.locks_count; i++)
        if (is_serialised_by(laboratory, loss, &loss->many.locks[i]))
            return true;
    return false;
}

/* ---- Waits ----------------------------------------------------------------------------------- */

/* A call that blocks its proc holds up everything on it: nothing overlaps at procs=1. And if the only
 * proc is idle, all that goes on is waiting for the clock or I/O, even where most tasks wait for the one
 * task that does so. */
static bool is_waits(struct loss *loss)
{
    const struct simulated_run *one = &loss->one;
    double blocked = share(one, RT__BLOCKED);
    double idle = share(one, RT__IDLE_WAIT) + share(one, RT__IDLE_LOCK);
    double overlap = one->any_slept_ps > 0 ? ratio(one->slept_ps, one->any_slept_ps) : 1;
    if (blocked < WAITS_SHARE_LEAST &&
        (idle < WAITS_SHARE_LEAST || overlap >= OVERLAP_ENOUGH || one->sleeps < 2))
        return false;
    loss->cause = CAUSE_WAITS;
    blame_place(loss, WORST(one, ALL, wait_ps));
    return true;
}

/* ---- Overheads ------------------------------------------------------------------------------- */

static bool is_grain(const struct laboratory *laboratory, struct loss *loss)
{
    struct simulated_run free_of_charge;
    if (!run(laboratory, loss->procs, NO_OVERHEADS, NULL, &free_of_charge))
        return false;
    bool is_cause = ratio(loss->many.time_ps, free_of_charge.time_ps) >= GRAIN_GAIN_LEAST;
    if (is_cause) {
        loss->cause = CAUSE_GRAIN;
        loss->without = ratio(loss->one.time_ps, free_of_charge.time_ps);
        blame_place(loss, WORST(&loss->many, SITES, overhead_ps));
    }
    simulated_release(&free_of_charge);
    return is_cause;
}

/* ---- Too little to do at once ---------------------------------------------------------------- */

/* Most of the lost time passes while tasks wait for what another of them will pass on. */
static bool is_passed_on(const struct simulated_place *spawned)
{
    return spawned->passed_at && spawned->chained_ps > spawned->alone_ps / 2 &&
           spawned->passed > spawned->spawned;
}

static bool could_run_together(const struct simulated_place *spawned)
{
    return spawned->spawned > 1 && spawned->chained_ps <= spawned->alone_ps / 2 &&
           4 * spawned->runnable_most > spawned->spawned;
}

/* What a program would gain follows from what it computes, unless it waits instead. */
static bool mostly_waits(const struct simulated_run *one)
{
    return share(one, RT__BLOCKED) + share(one, RT__IDLE_WAIT) + share(one, RT__IDLE_LOCK) +
               share(one, RT__IDLE_LITTLE) >=
           WAITS_SHARE_LEAST;
}

static bool is_too_little(struct loss *loss)
{
    const struct simulated_run *many = &loss->many;
    const struct simulated_place *spawned = WORST(many, SITES, alone_ps);
    const struct simulated_place *code = WORST(many, CODE, alone_ps);
    if (share(many, RT__IDLE_LITTLE) + share(many, RT__IDLE_LOCK) < IDLE_SHARE_LEAST || !spawned)
        return false;
    int64_t work_ps = many->spent_ps[RT__USER];
    if (is_passed_on(spawned)) {
        loss->cause = CAUSE_LOCK;
        blame_site(loss, spawned->passed_at, "");
    } else if (could_run_together(spawned)) {
        loss->cause = CAUSE_IMBALANCE;
        loss->without = loss->procs * ratio(loss->one.time_ps, work_ps);
        blame_site(loss, spawned->site, "");
    } else {
        loss->cause = CAUSE_PATH;
        loss->without = ratio(work_ps, many->span_ps); /* whatever the number of procs */
        blame_site(loss, spawned->site, "");
    }
    if (mostly_waits(&loss->one))
        loss->without = 0;
    const struct simulated_place *awaited = WORST(many, SITES, awaited_ps);
    if (awaited)
        loss->awaited = string_copy(awaited->site);
    if (code)
        blame_code(loss, code);
    return true;
}

/* ---- All ------------------------------------------------------------------------------------- */

bool why(const struct laboratory *laboratory, int procs, struct loss *loss)
{
    *loss = (struct loss){.procs = procs, .object = string_copy("")};
    if (!run(laboratory, 1, "", NULL, &loss->one) ||
        !run(laboratory, procs, "", NULL, &loss->many)) {
        loss_release(loss);
        return false;
    }
    loss->speedup = ratio(loss->one.time_ps, loss->many.time_ps);
    bool found = is_spinning(laboratory, loss) || is_lock(laboratory, loss) || is_waits(loss) ||
                 is_grain(laboratory, loss);
    if (!found && !why_scales(loss))
        is_too_little(loss);
    return true;
}

bool why_scales(const struct loss *loss)
{
    return loss->speedup >= SPEEDUP_ENOUGH * loss->procs;
}

void why_memory(struct loss *loss, double inflation)
{
    if (loss->cause != CAUSE_NONE || inflation <= INFLATION_MOST)
        return;
    loss->cause = CAUSE_MEMORY;
    const struct simulated_place *code = WORST(&loss->many, CODE, computed_ps);
    const struct simulated_place *spawned = WORST(&loss->many, SITES, work_ps);
    if (code)
        blame_code(loss, code);
    if (spawned)
        blame_site(loss, spawned->site, "");
}

void loss_release(struct loss *loss)
{
    simulated_release(&loss->one);
    simulated_release(&loss->many);
    free(loss->object);
    free(loss->site);
    free(loss->awaited);
    *loss = (struct loss){0};
}
