/* costs.c - the table of costs, and how a lesson changes it. */
#include "sim/costs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rt.h"

struct rt__costs rt__costs = {
#define COST_DEFAULT(name, value, what) .name = value,
    RT__COSTS(COST_DEFAULT)
#undef COST_DEFAULT
};

/* An hour, so that no sum of costs overflows. */
#define COST_MAX ((int64_t)3600 * 1000000000000)

static const struct {
    const char *name;
    int64_t *value;
} entries[] = {
#define COST_ENTRY(name, value, what) {#name, &rt__costs.name},
    RT__COSTS(COST_ENTRY)
#undef COST_ENTRY
};

static _Noreturn void wrong(const char *text, size_t length, const char *why)
{
    fprintf(stderr, "rt: RT_SIM_COSTS: `%.*s` %s; it takes NAME=PICOSECONDS,... of these names:",
            (int)length, text, why);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        fprintf(stderr, " %s", entries[i].name);
    }
    fputc('\n', stderr);
    exit(RT_EXIT_MISUSE);
}

static int64_t *find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        size_t its = strlen(entries[i].name);
        its -= entries[i].name[its - 1] == '_'; /* `switch` is a keyword of C */
        if (its == length && strncmp(entries[i].name, name, length) == 0) {
            return entries[i].value;
        }
    }
    return NULL;
}

static void set(const char *text, size_t length)
{
    const char *equals = memchr(text, '=', length);
    int64_t *cost = equals != NULL ? find(text, (size_t)(equals - text)) : NULL;
    if (cost == NULL) {
        wrong(text, length, "is not the name of a cost and a number");
    }
    char *end;
    errno = 0;
    long long value = strtoll(equals + 1, &end, 10);
    if (errno != 0 || end != text + length || value < 0 || value > COST_MAX) {
        wrong(text, length, "is not a number of picoseconds from 0 to an hour");
    }
    *cost = value;
}

void rt__costs_read(void)
{
    const char *text = getenv("RT_SIM_COSTS");
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, ",");
        set(text, length);
        text += length + (text[length] == ',');
    }
}
