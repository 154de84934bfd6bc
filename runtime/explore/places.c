/* places.c - see places.h. */
#include "explore/places.h"

#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

#include "explore/dwarf.h"
#include "explore/memory.h"
#include "explore/program.h"
#include "report.h"

#define TEXT_BYTES 512
#define TEXTS 4

static bool known; /* the program's file could be read */

/* Texts for callers that need a few at a time. */
static char *next_text(void)
{
    static char texts[TEXTS][TEXT_BYTES];
    static int next;
    return texts[next++ % TEXTS];
}

void rt__places_start(void)
{
    /* In a sandbox without /proc, the path by which it was started. */
    known = rt__dwarf_open("/proc/self/exe") || rt__dwarf_open((const char *)getauxval(AT_EXECFN));
}

/* The place behind a call; one byte earlier lies the call. */
static bool code_line(rt__place place, char *file, unsigned *line)
{
    return known && rt__dwarf_line(rt__program_offset(place) - 1, file, TEXT_BYTES - 16, line);
}

const char *rt__place_text(rt__place place)
{
    char file[TEXT_BYTES - 16];
    unsigned line;
    if (place == 0) {
        return "?";
    }
    if (!rt__program_is_code(place)) {
        return (rt_site)place;
    }
    char *text = next_text();
    if (code_line(place, file, &line)) {
        snprintf(text, TEXT_BYTES, "%s:%u", file, line);
    } else {
        snprintf(text, TEXT_BYTES, "code at +0x%zx", (size_t)rt__program_offset(place));
    }
    return text;
}

const char *rt__place_object(rt__place place)
{
    return place == 0 || rt__program_is_code(place) ? "" : rt__site_object((rt_site)place);
}

const char *rt__place_source(rt__place place)
{
    static char line[TEXT_BYTES];
    char name[TEXT_BYTES];
    snprintf(name, sizeof name, "%s", rt__place_text(place));
    char *colon = strrchr(name, ':');
    unsigned number;
    if (colon == NULL || sscanf(colon + 1, "%u", &number) != 1) {
        return "";
    }
    *colon = '\0';
    FILE *file = fopen(name, "re");
    line[0] = '\0';
    for (unsigned at = 1; file != NULL && at <= number; at++) {
        if (fgets(line, sizeof line, file) == NULL) {
            line[0] = '\0';
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    line[strcspn(line, "\n")] = '\0';
    return line + strspn(line, " \t");
}

const char *rt__memory_text(uintptr_t address)
{
    static char text[TEXT_BYTES];
    uint64_t offset;
    rt__place allocated = rt__heap_allocated(address);
    const char *variable = known ? rt__dwarf_variable(rt__program_offset(address), &offset) : NULL;
    if (allocated != 0) {
        snprintf(text, sizeof text, "memory that was allocated at %s", rt__place_text(allocated));
    } else if (variable != NULL && offset > 0) {
        snprintf(text, sizeof text, "`%s`, %zu bytes from its start", variable, (size_t)offset);
    } else if (variable != NULL) {
        snprintf(text, sizeof text, "`%s`", variable);
    } else {
        snprintf(text, sizeof text, "a variable on a task's stack");
    }
    return text;
}

const char *rt__actor_text(rt__actor_id id)
{
    const struct rt__actor *actor = &rt__actors[id];
    if (id == RT__CLOCK) {
        return "the clock";
    }
    char *text = next_text();
    const char *name = actor->name != NULL ? actor->name : rt__site_object(actor->spawned_at);
    snprintf(text, TEXT_BYTES, *name != '\0' ? "task %u (%s)" : "task %u", id, name);
    return text;
}
