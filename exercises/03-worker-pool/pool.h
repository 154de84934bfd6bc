/* pool.h - the exercise of lesson 03: sign payments with a pool of workers.
 *
 * You read this file and complete pool.c. A bank signs every payment that it sends. Signing is pure
 * computing, the batch is long, and the machine has a few CPUs: so a few tasks, the *workers*,
 * share the batch, and each takes the next payment when it has finished the last.
 *
 * Only you and the harness call these functions; the harness runs sign_all() once, in the main
 * task. You may take every allocation, rt_chan_new and rt_go to succeed. */
#ifndef POOL_H
#define POOL_H

#include <stdint.h>

#include "rt.h"

/* Signs one payment. Given: it lies in harness.c. It computes, never waits, and takes one to eight
 * times as long for one payment as for another. Any number of tasks may call it at the same time.
 *
 * It also keeps watch: if it finds more than `workers` + 3 tasks alive - the main task, the
 * workers, and two helpers, for instance one that hands out jobs and one that closes a channel - it
 * ends the program with a report. */
uint64_t sign(uint64_t payment);

/* Signs payments[0] .. payments[count - 1]: afterwards signatures[i] is sign(payments[i]) for each
 * i. Yours to write. It starts `workers` tasks that share the payments, and returns when every
 * signature is in its place. The order in which payments are signed does not matter, the place of
 * each signature does. No task may be left waiting for something that will never come.
 *
 * `count` and `workers` are at least 1. The caller owns both arrays and keeps them alive. */
void sign_all(const uint64_t *payments, uint64_t *signatures, int count, int workers);

#endif
