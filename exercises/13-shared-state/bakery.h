/* bakery.h - the exercise of lesson 13: a bakery with one shelf, one cash box and several tills.
 *
 * You read this file and complete bakery.c. The harness opens the bakery, starts a task for each
 * till and one for the inspector, and closes it when they are done. The tills call sell() and the
 * inspector calls audit(), all at the same time; open and close are called once, by the main task,
 * before the others start and after they have ended.
 *
 * You may take every allocation, rt_chan_new and rt_go to succeed. */
#ifndef BAKERY_H
#define BAKERY_H

#include <stdint.h>

#include "rt.h"

/* Packs so many cakes, 0 or more, and hands them to the customer. Given: it lies in harness.c. It
 * computes, the longer the more cakes there are, and any number of tasks may call it at once. */
void wrap(int cakes);

/* Opens the bakery with this many cakes on the shelf, at this price for one, in cents. The cash box
 * is empty. Yours to write, as are all that follow. */
void bakery_open(int cakes, int64_t price);

/* A customer wants this many cakes, at least 1. Sells them, or as many as are left if those are
 * fewer: takes them off the shelf, puts price x cakes into the cash box, wraps the cakes, and
 * returns how many they were. Any number of tasks may be in here at once, and none of them should
 * wait while another one wraps. */
int sell(int wanted);

/* Sets *left to the number of cakes on the shelf and *cash to the cents in the cash box, both of
 * one and the same moment: every cake is either on the shelf, or its price is in the box. Called
 * while the tills sell. */
void audit(int *left, int64_t *cash);

/* Closes the bakery. All calls of sell() and audit() have returned. Leaves no task behind. */
void bakery_close(void);

#endif
