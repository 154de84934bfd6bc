/* signer.h - the exercise of lesson 20: sign a batch of payments, with as few sessions as it takes.
 *
 * You read this file and complete signer.c. Whoever signs needs a *session*: the bank's master key, unlocked by
 * its PIN. Unlocking is slow on purpose, so that trying all PINs is slow, too. But one session signs as many
 * payments as you like, one after the other.
 *
 * Signatures are real ones; winternitz.h, beside this file, has them. You need not read it, nor call it.
 *
 * The harness runs sign_all() once, in the main task. You may take every allocation, rt_chan_new and rt_go to
 * succeed, and session_open() too. */
#ifndef SIGNER_H
#define SIGNER_H

#include <stdint.h>

#include "rt.h"
#include "winternitz.h"

struct payment {
    uint64_t number;
    int64_t cents;
    uint64_t from, to; /* accounts */
};

struct session;

/* Unlocks the master key: computes for twice as long as one signature takes. Given, as are the next two:
 * they lie in harness.c. */
struct session *session_open(void);

/* Signs one payment: computes for some tenths of a millisecond. A session has one set of working memory, so one
 * task at a time may sign with it: if two do, both signatures are void. Several tasks may sign at once, with a
 * session each. It gives other tasks a turn half-way.
 *
 * It also keeps watch: if it finds more than `workers` + 3 tasks alive - the main task, the workers, and two
 * helpers - it ends the program with a report. */
void session_sign(struct session *session, const struct payment *payment,
                  struct signature *signature);

/* Locks the key again and frees the session. A session that is left open is a key that lies about: the harness
 * counts them at the end, and there must be none. */
void session_close(struct session *session);

/* Signs payments[0] .. payments[count - 1]: afterwards signatures[i] is that of payments[i]. Yours to
 * write. It keeps `workers` procs busy, opens at most one session for each of them, closes all of them, and leaves no
 * task waiting when it returns.
 *
 * `count` and `workers` are at least 1. The caller owns both arrays and keeps them alive. */
void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers);

#endif
