/* found.c - see found.h. */
#include "explore/found.h"

#include <stdlib.h>

#include "explore/accesses.h"
#include "explore/memory.h"
#include "explore/places.h"
#include "explore/program.h"
#include "explore/strategy.h"

struct rt__finding rt__findings[RT__FINDINGS_MAX];
int rt__findings_count;

static uint64_t schedule;
static const struct rt__finding *wanted; /* NULL: this is a search, not a hunt */
static char *caught;

const char *rt__found_code(enum rt__found_kind kind)
{
    static const char *const codes[] = {
#define CODE(name, code, text) code,
        RT__FOUND(CODE)
#undef CODE
    };
    return codes[kind];
}

const char *rt__found_text(enum rt__found_kind kind)
{
    static const char *const texts[] = {
#define TEXT(name, code, text) text,
        RT__FOUND(TEXT)
#undef TEXT
    };
    return texts[kind];
}

void rt__found_schedule(uint64_t number)
{
    schedule = number;
}

void rt__hunt(const struct rt__finding *it)
{
    wanted = it;
}

char *rt__hunt_caught(void)
{
    char *details = caught;
    caught = NULL;
    return details;
}

/* The text belongs to the exploration, not to the program: memory that stays. */
static char *details_of(void (*write)(FILE *to, const void *what), const void *what)
{
    char *text = NULL;
    size_t bytes = 0;
    bool was_open = rt__memory_pause();
    FILE *file = open_memstream(&text, &bytes);
    if (file != NULL) {
        write(file, what);
        fclose(file);
    }
    rt__memory_resume(was_open);
    return text != NULL ? text : rt__kept_realloc(NULL, 1);
}

static bool is_known(enum rt__found_kind kind, uint64_t key)
{
    for (int i = 0; i < rt__findings_count; i++) {
        if (rt__findings[i].kind == kind && rt__findings[i].key == key) {
            return true;
        }
    }
    return false;
}

void rt__found(enum rt__found_kind kind, uint64_t key, void (*write)(FILE *to, const void *what),
               const void *what)
{
    if (wanted != NULL) {
        if (wanted->kind == kind && wanted->key == key && caught == NULL) {
            caught = details_of(write, what);
            rt__program_leave(RT__LEFT_CAUGHT, 0);
        }
        return;
    }
    if (is_known(kind, key) || rt__findings_count == RT__FINDINGS_MAX) {
        return;
    }
    struct rt__finding *finding = &rt__findings[rt__findings_count++];
    *finding = (struct rt__finding){
        .kind = kind, .key = key, .plan = rt__schedule.plan, .schedule = schedule};
    rt__switches_copy(&finding->switches, &rt__schedule.switches);
    finding->details = details_of(write, what);
}

const struct rt__finding *rt__found_worst(void)
{
    const struct rt__finding *worst = NULL;
    for (int i = 0; i < rt__findings_count; i++) {
        if (worst == NULL || rt__findings[i].kind < worst->kind) {
            worst = &rt__findings[i];
        }
    }
    return worst;
}

/* ---- Races ----------------------------------------------------------------------------------- */

static void write_race(FILE *to, const void *what)
{
    const struct rt__race *race = what;
    fprintf(to, "  nothing orders these two uses of %s:\n", rt__memory_text(race->address));
    for (int i = 0; i < 2; i++) {
        unsigned how = race->sides[i].how;
        fprintf(to, "    %s %s%s it at %s\n", rt__actor_text(race->sides[i].actor),
                (how & RT__WRITES) != 0 ? "writes" : "reads",
                (how & RT__ATOMIC) != 0 ? " (atomically)" : "",
                rt__place_text(race->sides[i].place));
        const char *source = rt__place_source(race->sides[i].place);
        if (*source != '\0') {
            fprintf(to, "      | %s\n", source);
        }
    }
}

/* The same two places are the same race, whoever comes first. */
void rt__found_race(const struct rt__race *race)
{
    uint64_t key = rt__mix(rt__program_offset(race->sides[0].place)) +
                   rt__mix(rt__program_offset(race->sides[1].place));
    rt__found(RT__FOUND_RACE, key, write_race, race);
}
