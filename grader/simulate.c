/* simulate.c - runs programs that were built for virtual time, and reads their results.
 *
 * The result is written by the program itself, so by code that a student could have tampered with: it is
 * read as strictly as anything else from there, and it explains and illustrates. No point is given for it
 * alone. */
#include "simulate.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const states[] = {
#define STATE_TEXT(name, text) text,
    RT__STATES(STATE_TEXT)
#undef STATE_TEXT
};

const char *simulated_state(enum rt__state state)
{
    return states[state];
}

/* ---- Reading a result ------------------------------------------------------------------------ */

/* A count or a time: a whole number that is not negative. */
static bool read_number(const json_t *object, const char *key, int64_t *number)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return false;
    *number = json_integer_value(value);
    return true;
}

/* All procs' time must be accounted for. */
static bool read_spent(const json_t *root, struct simulated_run *run)
{
    const json_t *spent = json_object_get(root, "spent_ps");
    int64_t left;
    if (__builtin_mul_overflow(run->time_ps, run->procs, &left))
        return false;
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        if (!read_number(spent, states[state], &run->spent_ps[state]) ||
            run->spent_ps[state] > left)
            return false;
        left -= run->spent_ps[state];
    }
    return left == 0;
}

static bool read_locks(const json_t *root, struct simulated_run *run)
{
    const json_t *locks = json_object_get(root, "locks"), *lock;
    size_t i;
    if (!json_is_array(locks))
        return false;
    run->locks = memory_new((json_array_size(locks) + 1) * sizeof *run->locks);
    json_array_foreach(locks, i, lock) {
        const char *object = json_string_value(json_object_get(lock, "object"));
        const char *place = json_string_value(json_object_get(lock, "at"));
        struct simulated_lock *into = &run->locks[i];
        if (!object || !place || !read_number(lock, "held_ps", &into->held_ps) ||
            !read_number(lock, "taken", &into->taken) ||
            !read_number(lock, "contended", &into->contended))
            return false;
        into->object = string_copy(object);
        into->place = string_copy(place);
        run->locks_count++;
    }
    return true;
}

static bool read_result(const char *text, int procs, struct simulated_run *run)
{
    json_t *root = json_loads(text, 0, NULL);
    int64_t its_procs = 0;
    *run = (struct simulated_run){.procs = procs};
    bool ok = root && read_number(root, "procs", &its_procs) && its_procs == procs &&
              read_number(root, "time_ps", &run->time_ps) && read_spent(root, run) &&
              read_number(root, "tasks", &run->tasks) &&
              read_number(root, "switches", &run->switches) &&
              read_number(root, "steals", &run->steals) &&
              read_number(root, "stops", &run->stops) && read_locks(root, run);
    json_decref(root);
    return ok;
}

static void run_free(struct simulated_run *run)
{
    for (size_t i = 0; i < run->locks_count; i++) {
        free(run->locks[i].object);
        free(run->locks[i].place);
    }
    free(run->locks);
}

/* ---- Running --------------------------------------------------------------------------------- */

static void curve_add(struct curve *curve, struct simulated_run run)
{
    curve->runs = memory_resize(curve->runs, (curve->count + 1) * sizeof *curve->runs);
    curve->runs[curve->count++] = run;
}

bool simulate(const struct simulation *simulation, bool oracle, int procs, struct curve *curve,
              struct run *bad, FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    struct run_request request = {
        .sandbox = simulation->sandbox,
        .program = oracle ? simulation->build->oracle : simulation->build->program,
        .input = simulation->input,
        .limits = &simulation->lesson->limits,
        .seed = simulation->seed,
        .procs = procs,
        .cpus = &cpus,
        .simulate = simulation->lesson->costs,
        .trusted = oracle,
    };
    *bad = (struct run){0};
    if (!run_program(&request, bad, errors) || bad->reason != REASON_NONE)
        return false;
    struct simulated_run run;
    bool ok = bad->simulated && read_result(bad->simulated, procs, &run);
    if (ok) {
        curve_add(curve, run);
    } else {
        if (bad->simulated)
            run_free(&run);
        bad->reason = REASON_CRASH;
        bad->message = string_copy("it ended without the result of its simulation: "
                                   "it may have changed the number of procs, or left by exit()");
        return false;
    }
    run_release(bad);
    return true;
}

double curve_speedup(const struct curve *curve, size_t i)
{
    return curve->runs[i].time_ps > 0
               ? (double)curve->runs[0].time_ps / (double)curve->runs[i].time_ps
               : 1;
}

void curve_release(struct curve *curve)
{
    for (size_t i = 0; i < curve->count; i++)
        run_free(&curve->runs[i]);
    free(curve->runs);
    *curve = (struct curve){0};
}
