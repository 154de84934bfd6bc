/* simulated.c - reads the result of a run in virtual time. */
#include "simulated.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "printable.h"
#include "text.h"

/* More than the runtime writes (LOCKS_WRITTEN, PLACES_WRITTEN). Each lock may cost a run without it. */
#define LOCKS_MOST 16
#define PLACES_MOST 64

static const char *const states[] = {
#define STATE_TEXT(name, text) text,
    RT__STATES(STATE_TEXT)
#undef STATE_TEXT
};

const char *simulated_state(enum rt__state state)
{
    return states[state];
}

/* A count or a time: a whole number that is not negative. */
static bool read_number(const json_t *object, const char *key, int64_t *number)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return false;
    *number = json_integer_value(value);
    return true;
}

/* A name or a place, fit to print: the program may have written anything. */
static char *read_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? printable(text, strcspn(text, "\n")) : NULL;
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

static bool read_lock(const json_t *object, struct simulated_lock *lock)
{
    lock->object = read_text(object, "object");
    lock->place = read_text(object, "at");
    lock->first = read_text(object, "first_at");
    lock->is_signal = json_is_true(json_object_get(object, "signal"));
    return lock->object && lock->place && lock->first &&
           read_number(object, "held_ps", &lock->held_ps) &&
           read_number(object, "taken", &lock->taken) &&
           read_number(object, "contended", &lock->contended);
}

static bool read_code(const json_t *object, struct simulated_place *place)
{
    const json_t *code = json_object_get(object, "code"), *address;
    size_t i;
    if (json_array_size(code) == 0 || json_array_size(code) > SIMULATED_FRAMES)
        return false;
    json_array_foreach(code, i, address) {
        if (!json_is_integer(address) || json_integer_value(address) < 0)
            return false;
        place->code[i] = json_integer_value(address);
    }
    place->frames = (int)json_array_size(code);
    return true;
}

static bool read_place(const json_t *object, struct simulated_place *place)
{
    bool ok = true;
    place->site = read_text(object, "at");
    place->passed_at = read_text(object, "passed_at");
#define READ_FIGURE(name, what) ok = ok && read_number(object, #name, &place->name);
    RT__PLACE_FIGURES(READ_FIGURE)
#undef READ_FIGURE
    return ok && (place->site || read_code(object, place));
}

static bool read_all(const json_t *root, struct simulated_run *run)
{
    const json_t *locks = json_object_get(root, "locks");
    const json_t *places = json_object_get(root, "places"), *item;
    size_t i;
    if (!json_is_array(locks) || !json_is_array(places) || json_array_size(locks) > LOCKS_MOST ||
        json_array_size(places) > PLACES_MOST)
        return false;
    run->locks = memory_new((json_array_size(locks) + 1) * sizeof *run->locks);
    json_array_foreach(locks, i, item) {
        run->locks_count++;
        if (!read_lock(item, &run->locks[i]))
            return false;
    }
    run->places = memory_new((json_array_size(places) + 1) * sizeof *run->places);
    json_array_foreach(places, i, item) {
        run->places_count++;
        if (!read_place(item, &run->places[i]))
            return false;
    }
    return true;
}

bool simulated_read(const char *text, int procs, struct simulated_run *run)
{
    json_t *root = json_loads(text, 0, NULL);
    int64_t its_procs = 0;
    *run = (struct simulated_run){.procs = procs};
    bool ok = root && read_number(root, "procs", &its_procs) && its_procs == procs;
#define READ_FIGURE(name, what) ok = ok && read_number(root, #name, &run->name);
    RT__RUN_FIGURES(READ_FIGURE)
#undef READ_FIGURE
    ok = ok && read_spent(root, run) && read_all(root, run);
    json_decref(root);
    if (!ok)
        simulated_release(run);
    return ok;
}

void simulated_release(struct simulated_run *run)
{
    for (size_t i = 0; i < run->locks_count; i++) {
        free(run->locks[i].object);
        free(run->locks[i].place);
        free(run->locks[i].first);
    }
    for (size_t i = 0; i < run->places_count; i++) {
        free(run->places[i].site);
        free(run->places[i].passed_at);
    }
    free(run->locks);
    free(run->places);
    *run = (struct simulated_run){0};
}
