/* replay.c - see replay.h. */
#include "explore/replay.h"

#include <inttypes.h>
#include <stdlib.h>

#include "explore/memory.h"
#include "explore/places.h"
#include "explore/strategy.h"

static const struct rt__switches *given;
static FILE *telling;
static int told;

void rt__replay_begin(const struct rt__switches *switches)
{
    given = switches;
    told = 0;
}

rt__actor_id rt__replay_next(rt__actor_id who, uint32_t step)
{
    for (int i = 0; given != NULL && i < given->count; i++) {
        if (given->list[i].who == who && given->list[i].step == step) {
            return given->list[i].next;
        }
    }
    return RT__NOBODY;
}

/* ---- The story ------------------------------------------------------------------------------- */

/* ", before `jobs`": what it was about to do there. */
static void tell_object(rt__place place)
{
    const char *object = rt__place_object(place);
    if (*object != '\0') {
        fprintf(telling, " (`%s`)", object);
    }
}

static void tell(const struct rt__switch *it, bool stopped)
{
    fprintf(telling, "    %d. ", ++told);
    if (it->who == RT__NOBODY || it->who == RT__CLOCK) {
        fprintf(telling, "%s goes on first\n", rt__actor_text(it->next));
        return;
    }
    const struct rt__actor *who = &rt__actors[it->who];
    if (stopped) {
        fprintf(telling, "%s is stopped before %s", rt__actor_text(it->who),
                rt__place_text(who->place));
    } else {
        fprintf(telling, "%s %s at %s", rt__actor_text(it->who),
                who->task == NULL ? "ends, last seen" : "waits", rt__place_text(who->place));
    }
    tell_object(who->place);
    if (it->next == RT__CLOCK) {
        fputs(";\n       time passes, until a sleep or a timeout is over\n", telling);
        return;
    }
    const struct rt__actor *next = &rt__actors[it->next];
    fprintf(telling, ";\n       %s %s", rt__actor_text(it->next),
            next->steps == 0 ? "begins" : "goes on");
    if (next->place != 0) {
        fprintf(telling, " at %s", rt__place_text(next->place));
        tell_object(next->place);
    }
    fputc('\n', telling);
}

void rt__replay_tell(FILE *to)
{
    telling = to;
}

void rt__replay_taken(const struct rt__switch *it, bool stopped)
{
    if (telling != NULL) {
        bool was_open = rt__memory_pause();
        tell(it, stopped);
        rt__memory_resume(was_open);
    }
}

/* ---- In writing ------------------------------------------------------------------------------ */

void rt__replay_write(FILE *to, const struct rt__plan *plan, const struct rt__switches *switches)
{
    fprintf(to, "%s%" PRIu64, plan->ignore_locks ? "o" : "", plan->seed);
    for (int i = 0; i < switches->count; i++) {
        const struct rt__switch *it = &switches->list[i];
        fputs(i > 0 ? "," : ":", to);
        if (it->who != RT__NOBODY) {
            fprintf(to, "%" PRIu32 ".%" PRIu32, it->who, it->step);
        }
        fprintf(to, "-%" PRIu32, it->next);
    }
}

static bool read_number(const char **text, uint64_t *number)
{
    char *end;
    if (**text < '0' || **text > '9') {
        return false;
    }
    *number = strtoull(*text, &end, 10);
    *text = end;
    return true;
}

static bool read_char(const char **text, char wanted)
{
    if (**text != wanted) {
        return false;
    }
    ++*text;
    return true;
}

static bool read_switch(const char **text, struct rt__switch *it)
{
    uint64_t who = RT__NOBODY, step = 0, next;
    if (**text != '-' &&
        !(read_number(text, &who) && read_char(text, '.') && read_number(text, &step))) {
        return false;
    }
    if (!read_char(text, '-') || !read_number(text, &next)) {
        return false;
    }
    *it = (struct rt__switch){(rt__actor_id)who, (uint32_t)step, (rt__actor_id)next};
    return true;
}

bool rt__replay_read(const char *text, struct rt__plan *plan, struct rt__switches *switches)
{
    *plan = (struct rt__plan){.strategy = RT__REPLAY, .replay = switches};
    plan->ignore_locks = read_char(&text, 'o');
    if (!read_number(&text, &plan->seed)) {
        return false;
    }
    for (char separator = ':'; *text != '\0'; separator = ',') {
        struct rt__switch it;
        if (!read_char(&text, separator) || !read_switch(&text, &it)) {
            return false;
        }
        rt__switches_add(switches, it);
    }
    return true;
}
