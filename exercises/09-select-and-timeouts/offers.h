/* offers.h - exercise 09: ask several suppliers at once. Read it, do not change it.
 *
 * You complete best_offer() in offers.c. The harness gives you call(). You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef OFFERS_H
#define OFFERS_H

#include "rt.h"

/* The most suppliers that best_offer() is ever asked to call. Fewer than RT_SELECT_MAX. */
#define SUPPLIERS_MAX 16

/* What comes out of the receiver. */
struct offer {
    int supplier; /* who says it */
    int cents;    /* the price of a kilogram of beans; 0: "one moment please", which is no offer */
};

/* Calls a supplier and returns at once, with a channel of struct offer: his line. What he says comes out
 * of it, and when he has no more to say, he closes it. A supplier
 *   - makes an offer, or lowers it soon after to keep you (the last word of each is his best), or
 *   - has nothing left, and closes the line without an offer, or
 *   - never picks up: nothing comes, and the line stays open, or
 *   - puts you on hold: "one moment please", again and again.
 * Whoever has not closed his line by himself stays on it until *you* hang up: until `hang_up` is closed,
 * which ends all calls at once. It is an rt_chan_new(0, 0) on which nothing is ever sent.
 *
 * You own `hang_up` and close it, but do not free it: suppliers look at it until they have put the
 * receiver down. The lines belong to the harness. Call each supplier once; any task may. */
rt_chan *call(int supplier, rt_chan *hang_up);

/* You write this one.
 *
 * Calls the suppliers 0 .. count-1, all at once, and returns the cheapest offer that any of them makes
 * within `patience_ns` from the beginning. Returns when that time is over, or as soon as all lines are
 * closed: then there is nothing left to wait for. Offers that come later do not count, however cheap.
 * At least one supplier makes an offer in time, no two offers are equal, and `count` is from 1 to
 * SUPPLIERS_MAX.
 *
 * Afterwards all calls are over: no supplier is left on the line, and no task of yours is left waiting.
 * While there is nothing to do, nothing is done: waiting takes no computing. */
struct offer best_offer(int count, int64_t patience_ns);

#endif
