/* harness.c - has the submission of lesson 20 sign fresh payments, and answers with a digest of each signature.
 *
 * Input: `payments`, how many; `workers`, how many sessions may be open, where 0 means one for each proc; `unlock`, how
 * many rounds unlocking the key takes. A round is two hashes, and a signature some 570, so with 570 rounds a session
 * costs as much as two signatures. (Real keys take hundreds of thousands of rounds.)
 *
 * The signature of a payment depends on the bank's PIN and on the payment, not on who signs it when. So the
 * answer is the same for every schedule, and nobody can make a signature but by session_sign. */
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "exercise.h"
#include "signer.h"

/* The main task, and two that hand out payments or close a channel, besides the workers. */
#define OTHER_TASKS 3

/* Given back by free(), so that a session that is used after it was closed is a crash or a void signature. */
struct session {
    uint8_t master[SHA256_BYTES];
    _Atomic(bool)
        busy; /* somebody signs with it; acquire and release: working memory changes hands */
};

/* Set before the submission is called and only read afterwards. */
static char pin[24];
static int64_t unlock_rounds;
static int64_t most_tasks;

static _Atomic(int64_t) sessions; /* open now. Relaxed: read when all has ended */

struct session *session_open(void)
{
    struct session *session = calloc(1, sizeof *session);

    if (session == NULL)
        exit(EXERCISE_EXIT_LESSON);
    limit_tasks(most_tasks);
    atomic_fetch_add_explicit(&sessions, 1, memory_order_relaxed);
    key_from_pin(pin, "payments", unlock_rounds, session->master);
    return session;
}

void session_sign(struct session *session, const struct payment *payment,
                  struct signature *signature)
{
    limit_tasks(most_tasks);
    if (atomic_exchange_explicit(&session->busy, true, memory_order_acquire)) {
        memset(signature, 0, sizeof *signature);
        return;
    }
    rt_yield(); /* whoever shares a session is found out on one proc, too */
    sign_message(session->master, payment->number, payment, sizeof *payment, signature);
    if (!atomic_exchange_explicit(&session->busy, false, memory_order_release))
        memset(signature, 0, sizeof *signature);
}

void session_close(struct session *session)
{
    atomic_fetch_sub_explicit(&sessions, 1, memory_order_relaxed);
    free(session);
}

static struct payment draw_payment(int i)
{
    return (struct payment){.number = (uint64_t)i,
                            .cents = input_random_between(1, 10000000),
                            .from = input_random(),
                            .to = input_random()};
}

/* A number that changes with each bit. SHA-256 would do as well, but takes a sixteenth of what signing takes, in this
 * one task. */
static uint64_t digest(const struct signature *signature)
{
    uint64_t word, x = 0;

    for (size_t at = 0; at < sizeof *signature; at += sizeof word) {
        memcpy(&word, (const uint8_t *)signature->parts + at, sizeof word);
        x = (x ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        x ^= x >> 32;
    }
    return x;
}

/* The arrays are never freed: the tasks of a wrong submission may still use them when this ends. */
void harness(void)
{
    int count = (int)input_get("payments");
    int workers = (int)input_get("workers");
    struct payment *payments = calloc((size_t)count, sizeof *payments);
    struct signature *signatures = calloc((size_t)count, sizeof *signatures);

    if (payments == NULL || signatures == NULL)
        exit(EXERCISE_EXIT_LESSON);
    if (workers == 0)
        workers = rt_procs(0);
    unlock_rounds = input_get("unlock");
    most_tasks = workers + OTHER_TASKS;
    snprintf(pin, sizeof pin, "%" PRIu64, input_random());
    for (int i = 0; i < count; i++)
        payments[i] = draw_payment(i);

    sign_all(payments, signatures, count, workers);

    for (int i = 0; i < count; i++)
        answer_line("payment %3d  signature %016" PRIx64, i, digest(&signatures[i]));
    answer_line("sessions left open: %" PRId64,
                atomic_load_explicit(&sessions, memory_order_relaxed));
}
