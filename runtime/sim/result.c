/* result.c - writes results. No library for so little: this code is linked into students'
 * programs. */
#include "sim/result.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "report.h"
#include "rt.h"
#include "sim/blame.h"
#include "sim/costs.h"
#include "sim/locks.h"

/* The locks that were held longest; more tell nothing. */
#define LOCKS_WRITTEN 5
#define PLACES_WRITTEN 12

static const char *const state_names[] = {
#define STATE_NAME(name, text) text,
    RT__STATES(STATE_NAME)
#undef STATE_NAME
};

/* Addresses are counted from where the program was loaded, as in its debug information. They are
 * those to which calls return: one less is in the call. */
static void write_code(FILE *file, const struct rt__place *place)
{
    extern const char __executable_start;
    for (int i = 0; i < place->frames; i++) {
        fprintf(file, "%s%td", i > 0 ? ", " : "\"code\": [",
                place->code[i] - 1 - &__executable_start);
    }
    fputs("]", file);
}

static void write_place(FILE *file, const struct rt__place *place)
{
    if (place->frames > 0) {
        write_code(file, place);
    } else {
        fprintf(file, "\"at\": \"%s\"", (rt_site)place->key);
    }
    if (place->passed_at != NULL) {
        fprintf(file, ", \"passed_at\": \"%s\"", place->passed_at);
    }
#define WRITE_FIGURE(name, what) fprintf(file, ", \"" #name "\": %" PRId64, place->name);
    RT__PLACE_FIGURES(WRITE_FIGURE)
#undef WRITE_FIGURE
}

static void write_places(FILE *file)
{
    const struct rt__place *places[PLACES_WRITTEN];
    int count = rt__blame_worst(places, PLACES_WRITTEN);
    for (int i = 0; i < count; i++) {
        fputs(i > 0 ? ", {" : "{", file);
        write_place(file, places[i]);
        fputs("}", file);
    }
}

static void write_locks(FILE *file)
{
    const struct rt__lock_use *uses[LOCKS_WRITTEN];
    int count = rt__locks_longest(uses, LOCKS_WRITTEN);
    for (int i = 0; i < count; i++) {
        rt_site at = rt__locks_held_at(uses[i]);
        fprintf(file,
                "%s{\"object\": \"%s\", \"at\": \"%s\", \"first_at\": \"%s\", \"held_ps\": %" PRId64
                ", \"taken\": %" PRId64 ", \"contended\": %" PRId64 ", \"signal\": %s}",
                i > 0 ? ", " : "", rt__site_object(at), at, uses[i]->site, uses[i]->held_ps,
                uses[i]->taken, uses[i]->contended, uses[i]->is_signal ? "true" : "false");
    }
}

static void write_line(FILE *file, const struct rt__virtual_result *result)
{
    fprintf(file, "{\"procs\": %d", result->procs);
#define WRITE_FIGURE(name, what) fprintf(file, ", \"" #name "\": %" PRId64, result->name);
    RT__RUN_FIGURES(WRITE_FIGURE)
#undef WRITE_FIGURE
    fputs(", \"spent_ps\": {", file);
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        fprintf(file, "%s\"%s\": %" PRId64, state > 0 ? ", " : "", state_names[state],
                result->spent.ps[state]);
    }
    fputs("}, \"locks\": [", file);
    write_locks(file);
    fputs("], \"places\": [", file);
    write_places(file);
    fputs("]}\n", file);
}

void rt__result_write(const struct rt__virtual_result *result)
{
    const char *name = getenv("RT_SIM_RESULT");
    if (name == NULL) {
        return;
    }
    FILE *file = rt__output_open(name, "a");
    if (file != NULL) {
        write_line(file, result);
    }
    if (file == NULL || ferror(file) || fclose(file) != 0) {
        fprintf(stderr, "rt: RT_SIM_RESULT: cannot write %s: %s\n", name, strerror(errno));
        exit(RT_EXIT_MISUSE);
    }
}
