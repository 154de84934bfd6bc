/* result.c - writes results. No library for so little: this code is linked into students' programs. */
#include "sim/result.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Addresses are counted from where the program was loaded, as in its debug information. */
static void write_places(FILE *file)
{
    extern const char __executable_start;
    const struct rt__place *places[PLACES_WRITTEN];
    int count = rt__blame_worst(places, PLACES_WRITTEN);
    for (int i = 0; i < count; i++) {
        const struct rt__place *place = places[i];
        fputs(i > 0 ? ", {" : "{", file);
        if (place->is_code) {
            fprintf(file, "\"code\": %td", (const char *)place->key - &__executable_start);
        } else {
            fprintf(file, "\"at\": \"%s\"", (rt_site)place->key);
        }
        fprintf(file,
                ", \"overhead_ps\": %" PRId64 ", \"alone_ps\": %" PRId64 ", \"wait_ps\": %" PRId64
                ", \"computed_ps\": %" PRId64 ", \"chained_ps\": %" PRId64 ", \"spawned\": %" PRId64
                ", \"runnable_most\": %d, \"work_ps\": %" PRId64 ", \"work_most_ps\": %" PRId64 "}",
                place->overhead_ps, place->alone_ps, place->wait_ps, place->computed_ps,
                place->chained_ps, place->spawned, place->runnable_most, place->work_ps,
                place->work_most_ps);
    }
}

static void write_line(FILE *file, const struct rt__virtual_result *result)
{
    fprintf(file, "{\"procs\": %d, \"time_ps\": %" PRId64 ", \"spent_ps\": {", result->procs,
            result->time_ps);
    for (int state = 0; state < RT__STATES_COUNT; state++) {
        fprintf(file, "%s\"%s\": %" PRId64, state > 0 ? ", " : "", state_names[state],
                result->spent.ps[state]);
    }
    fprintf(file,
            "}, \"span_ps\": %" PRId64 ", \"slept_ps\": %" PRId64 ", \"any_slept_ps\": %" PRId64
            ", \"tasks\": %" PRId64 ", \"switches\": %" PRId64 ", \"steals\": %" PRId64
            ", \"stops\": %" PRId64 ", \"locks\": [",
            result->span_ps, result->slept_ps, result->any_slept_ps, result->tasks,
            result->switches, result->steals, result->stops);
    const struct rt__lock_use *uses[LOCKS_WRITTEN];
    int count = rt__locks_longest(uses, LOCKS_WRITTEN);
    for (int i = 0; i < count; i++) {
        fprintf(file,
                "%s{\"object\": \"%s\", \"at\": \"%s\", \"held_ps\": %" PRId64
                ", \"taken\": %" PRId64 ", \"contended\": %" PRId64 ", \"signal\": %s}",
                i > 0 ? ", " : "", rt__site_object(uses[i]->site), uses[i]->site, uses[i]->held_ps,
                uses[i]->taken, uses[i]->contended, uses[i]->is_signal ? "true" : "false");
    }
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
    bool is_number = *name != '\0' && name[strspn(name, "0123456789")] == '\0';
    FILE *file = is_number ? fdopen(atoi(name), "a") : fopen(name, "ae");
    if (file != NULL) {
        write_line(file, result);
    }
    if (file == NULL || ferror(file) || fclose(file) != 0) {
        fprintf(stderr, "rt: RT_SIM_RESULT: cannot write %s: %s\n", name, strerror(errno));
        exit(RT_EXIT_MISUSE);
    }
}
