/* harness.c - the customers of exercise 10, and the database; notes which events were handled, and how.
 *
 * Input: `orders`, how many; `least` and `most`, events of an order; `mixed`, of how many orders events come
 * in turn (1: all events of an order in a row); `handlers`; `room`; `wait_us`, of the database.
 *
 * Items are drawn from the seed, so they can only come from the channel. What is noted of an order does not
 * depend on which handler was faster, as long as its events are handled one at a time and in order.
 *
 * All of it outlives harness(): a submission that returns before its tasks are done must get a wrong answer,
 * not a crash. For the same reason what several tasks write is atomic; relaxed is enough, since a correct
 * submission has waited for its tasks before anything is read. */
#include <stdatomic.h>
#include <stdlib.h>

#include "events.h"
#include "exercise.h"

/* More than any check asks for. */
#define ORDERS_MAX 64
#define STEPS_MAX 8

/* The main task, the one that sends, and two helpers, besides the handlers. */
#define OTHER_TASKS 4

/* What has become of an order. */
struct order {
    int steps; /* that it has */
    int items[STEPS_MAX];
    _Atomic(bool) busy;          /* one of its events is being handled */
    _Atomic(bool) crowded;       /* two of them were, at the same time */
    _Atomic(int) handled;        /* how many were, and which, in the order of their beginnings */
    _Atomic(int) log[STEPS_MAX]; /* as 100 x step + item */
};

static struct order orders[ORDERS_MAX];
static int orders_count, first_order, mixed;
static int handlers, room;
static int64_t wait_ns;

static _Atomic(int) sent, done;   /* events */
static _Atomic(int) in_hands;     /* events in handle() now */
static _Atomic(bool) too_many;    /* tasks were in handle() at once */
static _Atomic(bool) overcrowded; /* events were inside */

/* ---- The database ---------------------------------------------------------------------------- */

static void note(struct order *order, const struct event *event)
{
    int place = atomic_fetch_add_explicit(&order->handled, 1, memory_order_relaxed);

    if (place < STEPS_MAX)
        atomic_store_explicit(&order->log[place], 100 * event->step + event->item,
                              memory_order_relaxed);
}

void handle(const struct event *event)
{
    struct event copy = *event; /* the caller's may change while we wait, if the caller is wrong */
    int number = copy.order - first_order;
    struct order *order = &orders[number >= 0 && number < orders_count ? number : ORDERS_MAX - 1];

    limit_tasks(handlers + OTHER_TASKS);
    if (atomic_fetch_add_explicit(&in_hands, 1, memory_order_relaxed) >= handlers)
        atomic_store_explicit(&too_many, true, memory_order_relaxed);
    if (atomic_exchange_explicit(&order->busy, true, memory_order_relaxed))
        atomic_store_explicit(&order->crowded, true, memory_order_relaxed);
    note(order, &copy);
    rt_sleep(wait_ns);
    atomic_store_explicit(&order->busy, false, memory_order_relaxed);
    atomic_fetch_sub_explicit(&in_hands, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&done, 1, memory_order_relaxed);
}

/* ---- Customers ------------------------------------------------------------------------------- */

/* Sends the next event of an order; counts those that are inside, this one included. */
static void send_event(rt_chan *events, int number, int step)
{
    struct event event = {first_order + number, step, orders[number].items[step - 1]};

    rt_chan_send(events, &event);
    int inside = atomic_fetch_add_explicit(&sent, 1, memory_order_relaxed) + 1 -
                 atomic_load_explicit(&done, memory_order_relaxed);
    if (inside > handlers * (room + 2))
        atomic_store_explicit(&overcrowded, true, memory_order_relaxed);
}

/* Orders come in groups of `mixed`; within a group, events of its orders come in turn. */
static void send_all(void *arg)
{
    rt_chan *events = arg;

    for (int group = 0; group < orders_count; group += mixed) {
        for (int step = 1; step <= STEPS_MAX; step++) {
            for (int i = group; i < group + mixed && i < orders_count; i++) {
                if (step <= orders[i].steps)
                    send_event(events, i, step);
            }
        }
    }
    rt_chan_close(events);
}

/* ---- The day --------------------------------------------------------------------------------- */

static int input_up_to(const char *name, int most)
{
    int64_t value = input_get(name);

    return value < 1 ? 1 : value > most ? most : (int)value;
}

static void draw_orders(void)
{
    int least = input_up_to("least", STEPS_MAX), most = input_up_to("most", STEPS_MAX);

    first_order = (int)input_random_between(1000, 9000);
    for (int i = 0; i < orders_count; i++) {
        orders[i].steps = (int)input_random_between(least, most);
        for (int step = 0; step < orders[i].steps; step++)
            orders[i].items[step] = (int)input_random_between(10, 99);
    }
}

static void answer_order(int number, struct order *order)
{
    int handled = atomic_load_explicit(&order->handled, memory_order_relaxed);

    for (int i = 0; i < handled && i < STEPS_MAX; i++) {
        int entry = atomic_load_explicit(&order->log[i], memory_order_relaxed);
        answer_line("order %d: step %d, item %d", number, entry / 100, entry % 100);
    }
    if (atomic_load_explicit(&order->crowded, memory_order_relaxed))
        answer_line("order %d: two events were handled at once", number);
}

void harness(void)
{
    rt_chan *events = rt_chan_new(sizeof(struct event), 0);

    orders_count = input_up_to("orders", ORDERS_MAX - 1);
    mixed = input_up_to("mixed", ORDERS_MAX);
    handlers = input_up_to("handlers", HANDLERS_MAX);
    room = input_up_to("room", 100);
    wait_ns = input_get("wait_us") * RT_US;
    draw_orders();
    rt_go(send_all, events);

    process_events(events, handlers, room);

    answer_line("%d events", atomic_load_explicit(&done, memory_order_relaxed));
    for (int i = 0; i < orders_count; i++)
        answer_order(first_order + i, &orders[i]);
    if (atomic_load_explicit(&too_many, memory_order_relaxed))
        answer_line("more than %d tasks were in handle() at once", handlers);
    if (atomic_load_explicit(&overcrowded, memory_order_relaxed))
        answer_line("more than %d events were inside", handlers * (room + 2));
}
