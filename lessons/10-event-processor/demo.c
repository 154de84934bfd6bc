/* demo.c - lesson 10: a web shop's event processor. procs is 1, but for one line at the end.
 *
 *   1. 20 events of 10 ms, four of each of five orders in a row: by one handler, by five that nothing can
 *      wait for, and by five with room for 20 events each. Drawn on one scale; a letter is the moment when a
 *      handler begins with an event, and says of which order.
 *   2. the same with more and more room: how long it takes, and who waits for how long.
 *   3. 100 events that come faster than they can be handled, with more and more room.
 *
 * The front receives the customers' events and passes them on; all events of an order go to one handler. */
#include <stdio.h>

#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define HANDLERS_MAX 5
#define ROOM 20 /* for each of five: 100 */
#define WAIT_NS (10 * RT_MS)

struct event {
    int order;         /* from 0 */
    int64_t inside_ns; /* when the front received it */
};

struct handler {
    rt_chan *queue; /* of struct event */
    struct timeline_row *row;
    int64_t longest_ns; /* that an event has waited inside */
    rt_wait_group *all;
};

/* A day in the shop: the plan, and what has become of it. */
struct day {
    int handlers, room;
    int events, in_a_row; /* how many, and how many of the same order one after the other */
    int64_t every_ns;     /* a customer sends one; 0: all are there at once */
    int64_t took_ns;
    int64_t held_up_ns; /* the front stood before a full queue */
    int64_t longest_ns; /* that an event has waited inside */
};

static void run_handler(void *arg)
{
    struct handler *handler = arg;
    struct event event;

    timeline_block(handler->row, "idle");
    while (rt_chan_recv(handler->queue, &event) == RT_OK) {
        int64_t waited_ns = rt_now() - event.inside_ns;
        if (waited_ns > handler->longest_ns)
            handler->longest_ns = waited_ns;
        timeline_wait(handler->row, NULL);
        timeline_mark(handler->row, (char)('A' + event.order));
        rt_sleep(WAIT_NS);
        timeline_block(handler->row, "idle");
    }
    timeline_end(handler->row);
    rt_wait_group_done(handler->all);
}

/* Receives the events - here they come by the clock - and passes them on. */
static void run_front(struct day *day, struct handler *handlers, struct timeline_row *row)
{
    int64_t start_ns = rt_now();

    for (int i = 0; i < day->events; i++) {
        timeline_wait(row, NULL);
        if (start_ns + i * day->every_ns > rt_now())
            rt_sleep(start_ns + i * day->every_ns - rt_now());
        struct event event = {i / day->in_a_row % HANDLERS_MAX, rt_now()};
        timeline_block(row, "full");
        rt_chan_send(handlers[event.order % day->handlers].queue, &event);
        day->held_up_ns += rt_now() - event.inside_ns;
    }
    timeline_end(row);
}

/* Spends the day. Its timeline is the caller's to draw and to free. */
static struct timeline *run_day(struct day *day)
{
    struct timeline *timeline = timeline_new("%d handler%s, room for %d", day->handlers,
                                             day->handlers == 1 ? "" : "s", day->room);
    struct timeline_row *front = timeline_row(timeline, "front");
    struct handler handlers[HANDLERS_MAX];
    rt_wait_group all = {0};

    rt_wait_group_add(&all, day->handlers);
    for (int i = 0; i < day->handlers; i++) {
        handlers[i] = (struct handler){
            .queue = rt_chan_new(sizeof(struct event), (size_t)day->room),
            .row = timeline_row(timeline, "handler %d", i + 1),
            .all = &all,
        };
        rt_go(run_handler, &handlers[i]);
    }
    timeline_start(timeline);
    run_front(day, handlers, front);
    for (int i = 0; i < day->handlers; i++)
        rt_chan_close(handlers[i].queue);
    rt_wait_group_wait(&all);
    day->took_ns = timeline_span_ns(timeline);
    for (int i = 0; i < day->handlers; i++) {
        if (handlers[i].longest_ns > day->longest_ns)
            day->longest_ns = handlers[i].longest_ns;
        rt_chan_free(handlers[i].queue);
    }
    return timeline;
}

static void draw_days(void)
{
    struct day one = {.handlers = 1, .room = ROOM, .events = 20, .in_a_row = 4};
    struct day no_room = {.handlers = 5, .room = 0, .events = 20, .in_a_row = 4};
    struct day all = {.handlers = 5, .room = ROOM, .events = 20, .in_a_row = 4};
    struct day *days[] = {&one, &no_room, &all};

    for (int i = 0; i < 3; i++) {
        struct timeline *timeline = run_day(days[i]);
        timeline_draw(timeline, stdout, i == 0 ? 0 : one.took_ns);
        timeline_free(timeline);
        printf("\n");
    }
    figure("five_ms", (double)all.took_ns / RT_MS);
    figure("no_room_ms", (double)no_room.took_ns / RT_MS);
}

/* Prints what becomes of a day with that much room. */
static int64_t print_day(struct day day)
{
    timeline_free(run_day(&day));
    printf("  %4d %9.1f ms %11.1f ms %14.1f ms", day.room, (double)day.took_ns / RT_MS,
           (double)day.held_up_ns / RT_MS, (double)day.longest_ns / RT_MS);
    printf(rt_procs(0) > 1 ? "  procs=%d\n" : "\n", rt_procs(0));
    return day.took_ns;
}

static void print_head(const char *title)
{
    printf("%s\n  room         took  front held up  longest inside\n", title);
}

static void demo(void *arg)
{
    static const int rooms[] = {0, 1, 2, 4, ROOM};
    int all_procs = rt_procs(1);
    struct day burst = {.handlers = 5, .events = 20, .in_a_row = 4};
    struct day flood = {.handlers = 5, .events = 100, .in_a_row = 1, .every_ns = RT_MS};

    (void)arg;
    draw_days();
    print_head("20 events at once, an order's in a row, five handlers");
    for (int i = 0; i < 5; i++) {
        burst.room = rooms[i];
        print_day(burst);
    }
    rt_procs(all_procs);
    print_day(burst);
    rt_procs(1);
    print_head("\n100 events, one every 1 ms; five handlers finish one every 2 ms");
    for (int i = 0; i < 5; i++) {
        flood.room = rooms[i];
        int64_t took_ns = print_day(flood);
        if (rooms[i] == 0)
            figure("flood_no_room_ms", (double)took_ns / RT_MS);
        if (rooms[i] == ROOM)
            figure("flood_ms", (double)took_ns / RT_MS);
    }
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
