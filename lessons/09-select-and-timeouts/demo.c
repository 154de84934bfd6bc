/* demo.c - lesson 09: the owner of the coffee bar is on the telephone; procs is 1 all the time.
 *
 *   1. three suppliers, one of whom never picks up: called in turn, and all at once with a select;
 *   2. one who says "one moment please" again and again: a limit that begins anew with each word, and one
 *      that does not;
 *   3. how often a loop turns that looks instead of waiting, and one that listens to a closed line.
 *
 * In the pictures a letter is the moment when the owner hears a word, and whose. */
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define SUPPLIERS 3
#define PATIENCE_NS (60 * RT_MS)

struct supplier {
    char name;
    int64_t pause_ns; /* before each word */
    int words;        /* then the line is closed; 0: never picks up, and never says anything */
    struct timeline_row *row;
    rt_chan *line; /* of char: his name is all he says */
    rt_chan *hang_up;
    rt_wait_group *talking;
};

/* ---- Suppliers ------------------------------------------------------------------------------- */

/* Waits, then says a word. Returns false when the owner has hung up. */
static bool say_word(struct supplier *supplier)
{
    rt_case hung_up = RT_RECV(supplier->hang_up, NULL);
    rt_case cases[] = {RT_SEND(supplier->line, &supplier->name), hung_up};

    timeline_wait(supplier->row, "thinks");
    if (rt_select(&hung_up, 1, supplier->pause_ns) != RT_ETIMEDOUT)
        return false;
    timeline_block(supplier->row, NULL);
    return rt_select(cases, 2, RT_FOREVER) == 0;
}

static void talk(void *arg)
{
    struct supplier *supplier = arg;
    bool listening = true;

    for (int word = 0; listening && word < supplier->words; word++)
        listening = say_word(supplier);
    if (supplier->words == 0) {
        timeline_wait(supplier->row, "rings");
        rt_chan_recv(supplier->hang_up, NULL);
    }
    timeline_end(supplier->row);
    rt_chan_close(supplier->line);
    rt_wait_group_done(supplier->talking);
}

static void call(struct supplier *supplier, rt_chan *hang_up, rt_wait_group *talking)
{
    supplier->line = rt_chan_new(sizeof(char), 0);
    supplier->hang_up = hang_up;
    supplier->talking = talking;
    rt_wait_group_add(talking, 1);
    rt_go(talk, supplier);
}

/* ---- The owner ------------------------------------------------------------------------------- */

/* Listens to all lines until they are closed, or until the patience is over: from the first moment on, or,
 * if it begins anew, from the last word on. */
static void listen_to(struct supplier *suppliers, int count, bool anew, struct timeline_row *owner)
{
    rt_case cases[SUPPLIERS];
    char word;
    int open = count;
    int64_t until_ns = rt_now() + PATIENCE_NS;

    for (int i = 0; i < count; i++)
        cases[i] = RT_RECV(suppliers[i].line, &word);
    while (open > 0) {
        int64_t left_ns = anew ? PATIENCE_NS : until_ns - rt_now();
        timeline_block(owner, "listens");
        int i = left_ns > 0 ? rt_select(cases, count, left_ns) : RT_ETIMEDOUT;
        timeline_run(owner);
        if (i == RT_ETIMEDOUT)
            break;
        if (cases[i].status == RT_ECLOSED) {
            cases[i].chan = NULL;
            open--;
        } else {
            timeline_mark(owner, word);
        }
    }
}

/* Calls them, listens, hangs up, and waits until all have put the receiver down. */
static void call_and_listen(struct supplier *suppliers, int count, bool anew,
                            struct timeline_row *owner)
{
    rt_chan *hang_up = rt_chan_new(0, 0);
    rt_wait_group talking = {0};

    for (int i = 0; i < count; i++)
        call(&suppliers[i], hang_up, &talking);
    listen_to(suppliers, count, anew, owner);
    rt_chan_close(hang_up);
    rt_wait_group_wait(&talking);
    for (int i = 0; i < count; i++)
        rt_chan_free(suppliers[i].line);
    rt_chan_free(hang_up);
}

/* Draws a round of calls. `at_once` of them at a time. Returns how long it took. */
static int64_t show(const char *title, struct supplier *suppliers, int count, int at_once,
                    bool anew, int64_t span_ns)
{
    struct timeline *timeline = timeline_new("%s", title);
    struct timeline_row *owner = timeline_row(timeline, "owner");
    int64_t took_ns;

    for (int i = 0; i < count; i++)
        suppliers[i].row = timeline_row(timeline, "%c", suppliers[i].name);
    for (int i = 0; i < count; i += at_once)
        call_and_listen(suppliers + i, at_once, anew, owner);
    timeline_end(owner);
    took_ns = timeline_span_ns(timeline);
    timeline_draw(timeline, stdout, span_ns);
    timeline_free(timeline);
    printf("\n");
    return took_ns;
}

static void in_turn_and_at_once(void)
{
    struct supplier suppliers[SUPPLIERS] = {
        {.name = 'A', .pause_ns = 30 * RT_MS, .words = 1},
        {.name = 'B', .pause_ns = 10 * RT_MS, .words = 1},
        {.name = 'C', .words = 0},
    };
    int64_t turn_ns = show("three calls in turn", suppliers, SUPPLIERS, 1, false, 0);
    int64_t once_ns =
        show("three calls at once, a select", suppliers, SUPPLIERS, SUPPLIERS, false, turn_ns);

    figure("in_turn_ms", (double)turn_ns / RT_MS);
    figure("at_once_ms", (double)once_ns / RT_MS);
}

static void one_moment_please(void)
{
    struct supplier hold = {.name = 'D', .pause_ns = 25 * RT_MS, .words = 8};
    int64_t anew_ns = show("one on hold, 60 ms from each word on", &hold, 1, 1, true, 0);

    show("one on hold, 60 ms in all", &hold, 1, 1, false, anew_ns);
    figure("anew_ms", (double)anew_ns / RT_MS);
}

/* ---- Loops that do not wait ------------------------------------------------------------------ */

/* How often a loop turns until an alarm clock that is set to 10 ms has rung. It waits for that long at most
 * each time. */
static int64_t turns_until_alarm(int64_t timeout_ns)
{
    rt_ticker *alarm = rt_ticker_new(10 * RT_MS);
    rt_case rings = RT_RECV(rt_ticker_chan(alarm), NULL);
    int64_t turns = 1;

    for (; rt_select(&rings, 1, timeout_ns) != 0; turns++)
        rt_yield();
    rt_ticker_free(alarm);
    return turns;
}

/* How often, in 10 ms, a select chooses a line that is closed. */
static int64_t listen_to_nobody(void)
{
    rt_chan *closed = rt_chan_new(sizeof(char), 0);
    rt_case line = RT_RECV(closed, NULL);
    int64_t until_ns = rt_now() + 10 * RT_MS;
    int64_t times = 0;

    rt_chan_close(closed);
    while (rt_now() < until_ns && rt_select(&line, 1, 10 * RT_MS) == 0)
        times++;
    rt_chan_free(closed);
    return times;
}

static void main_task(void *arg)
{
    (void)arg;
    in_turn_and_at_once();
    one_moment_please();

    int64_t waits = turns_until_alarm(RT_FOREVER);
    int64_t looks = turns_until_alarm(RT_NO_WAIT);
    int64_t times = listen_to_nobody();
    printf("in 10 ms, turns of a loop that\n");
    printf("  waits (RT_FOREVER)                 %8lld\n", (long long)waits);
    printf("  looks (RT_NO_WAIT)                 %8lld\n", (long long)looks);
    printf("  waits, with a closed line in it    %8lld\n", (long long)times);
    figure("looks", (double)looks);
}

int main(void)
{
    rt_procs(1);
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
