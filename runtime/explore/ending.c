/* ending.c - see ending.h.
 *
 * When all tasks wait, the runtime reports a deadlock, or, after main's end, leaks. What kind of
 * mistake that is can be told from the history of what they wait for: a wake-up was *lost* if it
 * was given and the task that needs it was not there to take it - a condition was signaled,
 * somebody tried to send, or a value came after the task had looked. */
#include "explore/ending.h"

#include <inttypes.h>
#include <string.h>

#include "channel.h"
#include "explore/found.h"
#include "explore/locks.h"
#include "explore/memory.h"
#include "explore/objects.h"
#include "explore/output.h"
#include "explore/places.h"
#include "report.h"
#include "task.h"

static struct rt__text first_answer;

const char *rt__ending_answer(void)
{
    return first_answer.bytes;
}

/* ---- Who waits for whom ---------------------------------------------------------------------- */

static bool waits(rt__actor_id id)
{
    return rt__actors[id].task != NULL && rt__actors[id].task->state == RT__TASK_WAITING;
}

/* Whom a task waits for: who holds its lock. RT__NOBODY if that isn't a question of one lock. */
static rt__actor_id waits_for(rt__actor_id id)
{
    if (!waits(id)) {
        return RT__NOBODY;
    }
    const void *lock = rt__actors[id].task->wait_object;
    for (rt__actor_id other = 0; lock != NULL && other < rt__actors_count; other++) {
        if (rt__lock_held_by(other, lock) != NULL) {
            return other;
        }
    }
    return RT__NOBODY;
}

/* A task on a circle of such waits, RT__NOBODY if there is none. */
static rt__actor_id on_circle(void)
{
    for (rt__actor_id id = 1; id < rt__actors_count; id++) {
        rt__actor_id at = id;
        for (rt__actor_id steps = 0; at != RT__NOBODY && steps < rt__actors_count; steps++) {
            at = waits_for(at);
            if (at == id) {
                return id;
            }
        }
    }
    return RT__NOBODY;
}

static void write_circle(FILE *to, rt__actor_id first)
{
    fputs("  a circle of waits:\n", to);
    rt__actor_id id = first;
    do {
        const struct rt__task *task = rt__actors[id].task;
        rt__actor_id next = waits_for(id);
        const struct rt__held *held = rt__lock_held_by(next, task->wait_object);
        fprintf(to, "    %s waits at %s for `%s`,\n", rt__actor_text(id), task->wait_site,
                rt__site_object(task->wait_site));
        fprintf(to, "      which %s has had since %s\n", next == id ? "it" : rt__actor_text(next),
                held->site);
        id = next;
    } while (id != first);
}

/* All that wait, with what they hold: somebody may need it. */
static void write_waits(FILE *to)
{
    fputs("  who waits for what:\n", to);
    for (rt__actor_id id = 1; id < rt__actors_count; id++) {
        if (!waits(id)) {
            continue;
        }
        const struct rt__task *task = rt__actors[id].task;
        const char *object = rt__site_object(task->wait_site);
        fprintf(to, "    %s: %s%s%s%s at %s\n", rt__actor_text(id), rt__wait_text(task->wait),
                *object != '\0' ? " `" : "", object, *object != '\0' ? "`" : "", task->wait_site);
        for (const struct rt__held *held = rt__actors[id].held; held != NULL; held = held->next) {
            fprintf(to, "      and has `%s`, since %s\n", rt__site_object(held->site), held->site);
        }
    }
}

/* ---- Lost wake-ups --------------------------------------------------------------------------- */

/* What would have woken a task, had it been there. */
struct lost {
    rt__actor_id task, by;
    rt__place at;
    const char *what;
};

static bool lost_by_waiting_for(rt__actor_id id, const struct rt__task *task, struct lost *lost)
{
    const struct rt__object *object =
        task->wait_object != NULL ? rt__object_find(task->wait_object) : NULL;
    if (object == NULL) {
        return false;
    }
    if (task->wait == RT__WAIT_COND && object->signaled_by != RT__NOBODY) {
        *lost = (struct lost){id, object->signaled_by, (rt__place)object->signaled_at,
                              "signaled the condition, and did not wake it"};
        return true;
    }
    if ((task->wait == RT__WAIT_CHAN_RECV || task->wait == RT__WAIT_CHAN_SEND) &&
        object->tried_by != RT__NOBODY && object->tried_by != id) {
        *lost = (struct lost){id, object->tried_by, object->tried_at,
                              "tried the other end of the channel, in vain"};
        return true;
    }
    return false;
}

/* It looked into a channel, found nothing, and waits for something else; now there is something. */
static bool lost_by_looking_early(rt__actor_id id, struct lost *lost)
{
    const rt_chan *channel = rt__actors[id].in_vain;
    if (channel == NULL || (channel->count == 0 && channel->senders.first == NULL)) {
        return false;
    }
    *lost = (struct lost){id, id, rt__object_find(channel)->tried_at,
                          "looked there, and what it looked for came afterwards"};
    return true;
}

static bool find_lost(struct lost *lost)
{
    for (rt__actor_id id = 1; id < rt__actors_count; id++) {
        if (waits(id) && (lost_by_waiting_for(id, rt__actors[id].task, lost) ||
                          lost_by_looking_early(id, lost))) {
            return true;
        }
    }
    return false;
}

static void write_lost(FILE *to, const void *what)
{
    const struct lost *lost = what;
    fprintf(to, "  %s waits for ever; at %s,\n", rt__actor_text(lost->task),
            rt__place_text(lost->at));
    fprintf(to, "    %s %s\n", rt__actor_text(lost->by), lost->what);
    write_waits(to);
}

/* ---- Each kind of end ------------------------------------------------------------------------ */

static void write_asleep(FILE *to, const void *unused)
{
    (void)unused;
    rt__actor_id first = on_circle();
    if (first != RT__NOBODY) {
        write_circle(to, first);
    }
    write_waits(to);
}

static void judge_asleep(bool main_has_ended)
{
    struct lost lost;
    if (main_has_ended) {
        rt__found(RT__FOUND_LEAK, 0, write_asleep, NULL);
    } else if (on_circle() == RT__NOBODY && find_lost(&lost)) {
        rt__found(RT__FOUND_LOST_WAKE_UP, 0, write_lost, &lost);
    } else {
        rt__found(RT__FOUND_DEADLOCK, 0, write_asleep, NULL);
    }
}

/* The report that the runtime printed. */
static void write_report(FILE *to, const void *unused)
{
    (void)unused;
    const char *text = rt__output_errors()->bytes;
    const char *report = strstr(text, "rt: ");
    for (report = report != NULL ? report : text; *report != '\0';) {
        size_t length = strcspn(report, "\n");
        fprintf(to, "  %.*s\n", (int)length, report);
        report += length + (report[length] == '\n');
    }
}

static void write_crash(FILE *to, const void *what)
{
    const struct rt__ending *ending = what;
    fprintf(to, "  %s %s at %s\n",
            ending->actor != RT__NOBODY ? rt__actor_text(ending->actor) : "the program",
            ending->message, rt__place_text(ending->place));
}

static void write_status(FILE *to, const void *what)
{
    const struct rt__ending *ending = what;
    fprintf(to, "  the program ends with status %d\n", ending->status);
    write_report(to, NULL);
}

/* The first line in which two texts differ. */
static void write_difference(FILE *to, const void *unused)
{
    (void)unused;
    const char *first = first_answer.bytes, *now = rt__output_answer()->bytes;
    for (int line = 1;; line++) {
        size_t first_length = strcspn(first, "\n"), now_length = strcspn(now, "\n");
        if (first_length != now_length || memcmp(first, now, now_length) != 0 || *now == '\0' ||
            *first == '\0') {
            fprintf(to, "  line %d of the answer is \"%.*s\" in this schedule,\n", line,
                    (int)now_length, now);
            fprintf(to, "    and \"%.*s\" in another\n", (int)first_length, first);
            return;
        }
        first += first_length + (first[first_length] == '\n');
        now += now_length + (now[now_length] == '\n');
    }
}

static void judge_answer(void)
{
    const struct rt__text *answer = rt__output_answer();
    if (first_answer.bytes == NULL) {
        first_answer.count = answer->count;
        first_answer.bytes = rt__kept_realloc(NULL, answer->count + 1);
        memcpy(first_answer.bytes, answer->bytes, answer->count + 1);
    } else if (answer->count != first_answer.count ||
               memcmp(answer->bytes, first_answer.bytes, answer->count) != 0) {
        rt__found(RT__FOUND_SCHEDULE_DEPENDENT, 0, write_difference, NULL);
    }
}

static void judge_status(const struct rt__ending *ending)
{
    switch (ending->status) {
    case 0:
        judge_answer();
        break;
    case RT_EXIT_DEADLOCK:
        judge_asleep(false);
        break;
    case RT_EXIT_LEAK:
        judge_asleep(true);
        break;
    case RT_EXIT_MISUSE:
        rt__found(RT__FOUND_MISUSE, 0, write_report, NULL);
        break;
    default:
        rt__found(RT__FOUND_WRONG_ANSWER, (uint64_t)ending->status, write_status, ending);
    }
}

void rt__ending_judge(const struct rt__ending *ending)
{
    switch (ending->how) {
    case RT__LEFT_ENDED:
        judge_status(ending);
        break;
    case RT__LEFT_ABORTED:
        rt__found(RT__FOUND_WRONG_ANSWER, 0, write_crash, ending);
        break;
    case RT__LEFT_CRASHED:
        rt__found(RT__FOUND_CRASH, 0, write_crash, ending);
        break;
    case RT__LEFT_GIVEN_UP:
    case RT__LEFT_CAUGHT:
        break;
    }
}
