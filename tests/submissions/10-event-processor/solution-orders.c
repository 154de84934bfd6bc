/* A right answer to exercise 10 without a channel for each handler: what waits lies in one list, under a lock.
 * A handler takes the first event whose order nobody has in hand, so it never stands before a busy one, and
 * orders need not have numbers that spread well.
 *
 * Invariant, whenever the lock is free: busy[i] is the order that handler i has in hand, or 0. */
#include <string.h>

#include "events.h"

#define INSIDE_MAX 512

struct house {
    rt_mutex lock; /* protects all below */
    rt_cond changed;
    struct event waiting[INSIDE_MAX]; /* in the order of their arrival */
    int count, most;
    int busy[HANDLERS_MAX];
    int handlers;
    bool closed; /* no more will come */
    rt_wait_group all;
};

struct handler {
    struct house *house;
    int number;
};

static bool is_busy(const struct house *house, int order)
{
    for (int i = 0; i < house->handlers; i++)
        if (house->busy[i] == order)
            return true;
    return false;
}

/* Takes the first event that may be handled now. Returns whether there is one. */
static bool take(struct house *house, struct event *event)
{
    for (int i = 0; i < house->count; i++) {
        if (is_busy(house, house->waiting[i].order))
            continue;
        *event = house->waiting[i];
        house->count--;
        memmove(&house->waiting[i], &house->waiting[i + 1],
                (size_t)(house->count - i) * sizeof house->waiting[0]);
        return true;
    }
    return false;
}

static void run_handler(void *arg)
{
    struct handler *handler = arg;
    struct house *house = handler->house;
    struct event event;

    rt_mutex_lock(&house->lock);
    while (!house->closed || house->count > 0) {
        if (!take(house, &event)) {
            rt_cond_wait(&house->changed, &house->lock);
            continue;
        }
        house->busy[handler->number] = event.order;
        rt_mutex_unlock(&house->lock);
        handle(&event);
        rt_mutex_lock(&house->lock);
        house->busy[handler->number] = 0;
        rt_cond_broadcast(&house->changed); /* there is room, and this order is free */
    }
    rt_mutex_unlock(&house->lock);
    rt_wait_group_done(&house->all);
}

static void take_in(struct house *house, rt_chan *events)
{
    struct event event;

    while (rt_chan_recv(events, &event) == RT_OK) {
        rt_mutex_lock(&house->lock);
        while (house->count == house->most)
            rt_cond_wait(&house->changed, &house->lock);
        house->waiting[house->count++] = event;
        rt_mutex_unlock(&house->lock);
        rt_cond_broadcast(&house->changed);
    }
    rt_mutex_lock(&house->lock);
    house->closed = true;
    rt_mutex_unlock(&house->lock);
    rt_cond_broadcast(&house->changed);
}

void process_events(rt_chan *events, int handlers, int room)
{
    static struct house house; /* large for the stack of a task */
    struct handler handler[HANDLERS_MAX];
    int most = handlers * room;

    house.handlers = handlers;
    house.most = most < INSIDE_MAX ? most : INSIDE_MAX;
    rt_wait_group_add(&house.all, handlers);
    for (int i = 0; i < handlers; i++) {
        handler[i] = (struct handler){&house, i};
        rt_go(run_handler, &handler[i]);
    }
    take_in(&house, events);
    rt_wait_group_wait(&house.all);
}
