/* shop.h - exercise 02: a producer and a consumer joined by a channel. Read it, do not change it.
 *
 * You complete run_shop() in shop.c. The harness gives you take_order() and serve(). */
#ifndef SHOP_H
#define SHOP_H

#include <stdbool.h>

#include "rt.h"

/* What one customer wants. Small enough to be sent as it is: a channel copies it. */
struct order {
    int number;   /* 1 for the first customer, then counting up */
    int customer; /* who it is for */
    int drink;    /* what to make */
};

/* Takes the next customer's order at the counter: waits until the customer has made up his mind
 * (6 ms when the shape is measured), fills in `order` and returns true. Returns false, with nothing
 * in `order`, when no customer is left and the shop's door is shut. How many customers come is not
 * known before. Blocks the calling task; other tasks run meanwhile.
 *
 * There is one counter: only one task at a time may be in take_order(). */
bool take_order(struct order *order);

/* Makes the drink (6 ms when the shape is measured) and hands it out. The harness keeps a copy of
 * what is in `order`. Blocks the calling task; other tasks run meanwhile.
 *
 * There is one coffee machine: only one task at a time may be in serve(). It may be used while
 * another task is at the counter. */
void serve(const struct order *order);

/* You write this one.
 *
 * Runs the shop for a day: takes every order until the door is shut, serves each one once, in the
 * order in which the customers came, and returns when the last drink has been handed out. The next
 * order must be taken while the one before is being served. No task may be left behind. */
void run_shop(void);

#endif
