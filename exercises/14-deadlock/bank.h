/* bank.h - the exercise of lesson 14: a bank whose tellers transfer money between accounts.
 *
 * You read this file and complete bank.c. Every account has a lock of its own, so that transfers
 * between different accounts can go on at the same time. The harness makes the accounts, starts a
 * task for each teller and one for an auditor, and waits for them: the tellers call transfer() and
 * the auditor calls total(), all at once. */
#ifndef BANK_H
#define BANK_H

#include <stdint.h>

#include "rt.h"

/* An account. The harness makes them, `number` is its place in their array. */
struct account {
    int number;
    rt_mutex lock;
    int64_t cents; /* `lock` guards it, and what book() writes about this account */
};

/* Writes a transfer into the books of both accounts. Given: it lies in harness.c. It takes a while,
 * and meanwhile nobody else may change either account: both their locks must be held. Any number of
 * tasks may call it at once for different accounts. */
void book(struct account *from, struct account *to, int64_t cents);

/* Moves this many cents from one account to the other, and books it, once. Yours to write, as is
 * total(). Nobody can see an account between the two halves of it: whoever has the locks of all
 * accounts finds all the money there. Any number of tasks may be in here at once; it comes to its
 * end whatever they do, and those with other accounts need not wait.
 *
 * `from` and `to` may be the same account: then it is booked, and no money moves. There is no
 * limit to what an account may owe. */
void transfer(struct account *from, struct account *to, int64_t cents);

/* The cents on all accounts together, at one and the same moment. Called while transfers go on. */
int64_t total(struct account *accounts, int count);

#endif
