/* events.h - exercise 10: the part of a web shop that handles events. Read it, do not change it.
 *
 * You complete process_events() in events.c. The harness gives you handle(), and sends the events. You may
 * take every allocation, rt_chan_new and rt_go to succeed. */
#ifndef EVENTS_H
#define EVENTS_H

#include "rt.h"

/* The most handlers that process_events() is ever asked for. */
#define HANDLERS_MAX 16

/* Something that a customer has done on the web page. Small enough to be sent as it is. */
struct event {
    int order; /* the number of the order: above 0; orders that are under way have numbers next to each other */
    int step; /* 1 for the first event of that order, then counting up */
    int item; /* what it is about */
};

/* Handles an event: asks the database, and waits for it (5 ms when the shape is measured). Blocks the
 * calling task; other tasks run meanwhile.
 *
 * Events of the same order must be handled one at a time, in the order of their steps: a cup can't be taken
 * out of the basket before it was put in. Events of different orders may be handled at the same time.
 *
 * It also keeps watch: if it finds more than `handlers` + 4 tasks alive - the main task, the harness's, your
 * handlers, and two helpers - it ends the program with a report. */
void handle(const struct event *event);

/* You write this one.
 *
 * Receives struct event from `events`, until that is closed, and has each one handled, once, by one of
 * `handlers` tasks (1 to HANDLERS_MAX); so up to that many are in handle() at the same time. Returns when
 * the last event has been handled, and no task is left.
 *
 * Events come in bursts: often several of the same order in a row. `room` (at least 1) events may wait for
 * each handler, and should, so that one that is busy holds up nobody else. But not more: while all places
 * are taken, no event is received, and the customers outside wait. So at no time are more than
 * handlers x (room + 2) events inside - one in the hands of each handler, `room` waiting, and one on the way.
 *
 * `events` belongs to the harness, which closes it. Do not free it: somebody may still look at it. */
void process_events(rt_chan *events, int handlers, int room);

#endif
