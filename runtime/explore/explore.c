/* explore.c - the search: which schedules to try, when to stop, and what to say. See explore.h. */
#include "explore/explore.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/ending.h"
#include "explore/found.h"
#include "explore/memory.h"
#include "explore/minimise.h"
#include "explore/output.h"
#include "explore/places.h"
#include "explore/program.h"
#include "explore/replay.h"
#include "explore/strategy.h"
#include "rt.h"

#define SCHEDULES_USUAL 2000
#define SEED_USUAL 1

/* When something is found, the search goes on for as long again, and for at least this many
 * schedules: perhaps a worse thing is wrong, of which this is a part. */
#define SCHEDULES_MORE 500

int __wrap_main(int argc, char **argv, char **environment);
_Noreturn void __real_exit(int status);

/* ---- The environment ------------------------------------------------------------------------- */

static uint64_t number_from(const char *name, uint64_t usual)
{
    const char *text = getenv(name);
    if (text == NULL || *text == '\0') {
        return usual;
    }
    char *end;
    uint64_t number = strtoull(text, &end, 10);
    if (*end != '\0' || *text == '-') {
        fprintf(rt__report_file, "rt: %s is '%s', and must be a number\n", name, text);
        exit(RT_EXIT_MISUSE);
    }
    return number;
}

/* ---- The portfolio --------------------------------------------------------------------------- */

/* The plain schedule first, the one that everybody tried. Then each strategy in turn; every fourth
 * round may stop tasks at accesses to plain memory, too, and one schedule in five looks at the
 * order of locks. (Five and eight have no common factor: each strategy gets its share.) */
static struct rt__plan plan_of(uint64_t number, uint64_t seed)
{
    uint64_t round = number / RT__PORTFOLIO;
    return (struct rt__plan){
        .strategy = (int)(number % RT__PORTFOLIO),
        .reach = round % 8 == 7   ? RT__REACH_ALL
                 : round % 4 == 3 ? RT__REACH_ACCESSES
                                  : RT__REACH_SHARED,
        .seed = number == 0 ? 0 : rt__mix(seed << 32 ^ number) >> 32,
        .ignore_locks = number % 5 == 1,
    };
}

static bool goes_on(const struct rt__exploration *exploration)
{
    const struct rt__finding *worst = rt__found_worst();
    if (exploration->tried >= exploration->schedules) {
        return false;
    }
    if (worst == NULL) {
        return true;
    }
    uint64_t more = worst->schedule > SCHEDULES_MORE ? worst->schedule : SCHEDULES_MORE;
    return worst->kind != RT__FOUND_RACE && exploration->tried < worst->schedule + more;
}

static void search(struct rt__exploration *exploration)
{
    while (goes_on(exploration)) {
        struct rt__plan plan = plan_of(exploration->tried, exploration->seed);
        rt__found_schedule(exploration->tried);
        rt__program_run(&plan);
        exploration->tried++;
        exploration->given_up += rt__schedule.given_up;
        exploration->steps += rt__schedule.steps;
    }
}

/* ---- What is said ---------------------------------------------------------------------------- */

/* The schedule in writing; owned. */
static char *in_writing(const struct rt__finding *finding)
{
    char *text = NULL;
    size_t bytes;
    FILE *file = open_memstream(&text, &bytes);
    if (file != NULL) {
        rt__replay_write(file, &finding->plan, &finding->switches);
        fclose(file);
    }
    return text;
}

/* Runs the schedule once more, telling the switches on the way, and then what came of them. False:
 * nothing. */
static bool tell_story(FILE *to, const struct rt__finding *finding)
{
    fprintf(to, "rt: %s: %s\n", rt__found_code(finding->kind), rt__found_text(finding->kind));
    if (finding->switches.count > 0) {
        fprintf(to, "  how it comes to that:\n");
    } else {
        fprintf(to, "  it takes no special schedule\n");
    }
    rt__replay_tell(to);
    char *details = rt__shows(finding, &finding->plan, &finding->switches);
    rt__replay_tell(NULL);
    if (details != NULL) {
        fputs(details, to);
    }
    free(details);
    return details != NULL;
}

static void tell(FILE *to, struct rt__finding *finding, const struct rt__exploration *exploration)
{
    const char *again = getenv("RT_EXPLORE_AGAIN");
    bool repeats = rt__minimise(finding);
    char *schedule = in_writing(finding);
    if (repeats) {
        tell_story(to, finding);
        fprintf(to, "  to see it again: %s%s\n",
                again != NULL ? again : "RT_EXPLORE_REPLAY=", schedule);
    } else {
        fprintf(to, "rt: %s: %s\n%s", rt__found_code(finding->kind), rt__found_text(finding->kind),
                finding->details);
        fputs("  and it did not show again in the same schedule: the program depends on something "
              "else, too,\n  as on a variable that was never set\n",
              to);
    }
    rt__exploration_write(exploration, finding, schedule);
    free(schedule);
}

static int explore(void)
{
    struct rt__exploration exploration = {
        .schedules = number_from("RT_EXPLORE_SCHEDULES", SCHEDULES_USUAL),
        .seed = number_from("RT_EXPLORE_SEED", SEED_USUAL),
    };
    FILE *to = rt__report_file;
    rt__exploration_ready();
    search(&exploration);
    fprintf(to, "rt: %" PRIu64 " schedules tried, %" PRIu64 " steps", exploration.tried,
            exploration.steps);
    if (exploration.given_up > 0) {
        fprintf(to, ", %" PRIu64 " of them without an end", exploration.given_up);
    }
    fputc('\n', to);
    struct rt__finding *worst = (struct rt__finding *)rt__found_worst();
    if (worst == NULL) {
        rt__exploration_write(&exploration, NULL, NULL);
        rt__exploration_answer();
        return 0;
    }
    tell(to, worst, &exploration);
    rt__exploration_answer();
    return getenv("RT_EXPLORE_RESULT") != NULL ? 0 : 1;
}

/* ---- Again ----------------------------------------------------------------------------------- */

static bool same(const struct rt__finding *one, const struct rt__finding *other)
{
    return one->kind == other->kind && one->key == other->key;
}

static int replay(const char *text)
{
    struct rt__switches switches = {0};
    struct rt__plan plan;
    uint64_t times = number_from("RT_EXPLORE_TIMES", 1), shown = 0;
    struct rt__finding first = {0};
    if (!rt__replay_read(text, &plan, &switches)) {
        fprintf(rt__report_file, "rt: '%s' is no schedule; it looks like 0:2.5-3,1.7-2\n", text);
        return RT_EXIT_MISUSE;
    }
    struct rt__plan plain = plan_of(0, 0);
    rt__program_run(&plain); /* the answer that others should have, too */
    for (uint64_t time = 0; time < times; time++) {
        rt__findings_count = 0;
        rt__program_run(&plan);
        const struct rt__finding *worst = rt__found_worst();
        if (time == 0 && worst != NULL) {
            first = *worst;
            first.plan = plan;
            rt__switches_copy(&first.switches, &switches);
        }
        shown += worst != NULL && same(worst, &first);
    }
    if (shown == 0) {
        fprintf(rt__report_file, "rt: nothing is wrong in this schedule\n");
        return 0;
    }
    tell_story(rt__report_file, &first);
    if (times > 1) {
        fprintf(rt__report_file, "  the same %" PRIu64 " times out of %" PRIu64 "\n", shown, times);
    }
    return shown == times ? 1 : RT_EXIT_MISUSE;
}

/* In the place of the program's main(). */
int __wrap_main(int argc, char **argv, char **environment)
{
    (void)environment;
    setenv("RT_LEAKS", "1", 1);
    rt__places_start();
    rt__program_start(argc, argv);
    const char *schedule = getenv("RT_EXPLORE_REPLAY");
    int status = schedule != NULL && *schedule != '\0' ? replay(schedule) : explore();
    fflush(rt__report_file);
    __real_exit(status);
}
