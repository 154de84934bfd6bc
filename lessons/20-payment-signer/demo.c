/* demo.c - lesson 20: a thousand payments to sign, by pools of several sizes and by a task for each payment.
 *
 *   1. what a signature, a session and a task cost on this machine;
 *   2. eight payments, by a pool with a worker for each proc and by a task for each payment, drawn on one scale;
 *   3. a thousand payments, in all ways: a table.
 *
 * The signatures are those of the exercise (winternitz.h), and some are verified at the end of each run, so nobody
 * is faster because he signs less. A session is the master key, unlocked by its PIN. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../exercises/20-payment-signer/winternitz.h"
#include "figure.h"
#include "rt.h"
#include "timeline.h"

#define PAYMENTS 1000
#define DRAWN 8
#define ROUNDS 5

/* Two hashes a round, and 570 for a signature: a session costs as much as two of them. */
#define UNLOCK_ROUNDS 570

/* Who signs: workers that keep their session, a task for each payment that opens one, or a task for each payment
 * that takes one of a few from a channel and puts it back. */
enum way { POOL, TASKS, TASKS_SHARING };

struct batch {
    enum way way;
    int count, workers;
    struct timeline *timeline;   /* NULL: not drawn */
    _Atomic(int) next;           /* POOL: the first payment that nobody has taken; relaxed */
    _Atomic(int) sessions;       /* opened so far; relaxed: read when all has ended */
    _Atomic(int64_t) most_tasks; /* the most that were seen; relaxed, as it only grows */
    rt_chan *free_sessions;      /* TASKS_SHARING */
    rt_wait_group done;
    struct signature signatures[PAYMENTS];
};

struct session {
    uint8_t master[SHA256_BYTES];
};

/* A worker, or one payment's task. */
struct signer {
    struct batch *batch;
    int payment; /* TASKS, TASKS_SHARING */
    struct timeline_row *row;
};

/* ---- Signing --------------------------------------------------------------------------------- */

static void count_tasks(struct batch *batch)
{
    int64_t now = rt_num_tasks();
    int64_t most = atomic_load_explicit(&batch->most_tasks, memory_order_relaxed);

    while (now > most &&
           !atomic_compare_exchange_weak_explicit(&batch->most_tasks, &most, now,
                                                  memory_order_relaxed, memory_order_relaxed))
        continue;
}

static void open_session(struct signer *signer, struct session *session)
{
    if (signer->row != NULL)
        timeline_mark(signer->row, 'k');
    atomic_fetch_add_explicit(&signer->batch->sessions, 1, memory_order_relaxed);
    key_from_pin("0000", "demo", UNLOCK_ROUNDS, session->master);
}

static void sign(struct signer *signer, const struct session *session, int payment)
{
    if (signer->row != NULL)
        timeline_mark(signer->row, (char)('1' + payment));
    count_tasks(signer->batch);
    sign_message(session->master, (uint64_t)payment, &payment, sizeof payment,
                 &signer->batch->signatures[payment]);
}

static void sign_until_none_is_left(struct signer *signer)
{
    struct batch *batch = signer->batch;
    struct session session;
    int i;

    open_session(signer, &session);
    while ((i = atomic_fetch_add_explicit(&batch->next, 1, memory_order_relaxed)) < batch->count)
        sign(signer, &session, i);
}

static void sign_with_own_session(struct signer *signer)
{
    struct session session;

    open_session(signer, &session);
    sign(signer, &session, signer->payment);
}

static void sign_with_free_session(struct signer *signer)
{
    struct session *session;

    rt_chan_recv(signer->batch->free_sessions, &session);
    sign(signer, session, signer->payment);
    rt_chan_send(signer->batch->free_sessions, &session);
}

static void run_signer(void *arg)
{
    static void (*const ways[])(struct signer *) = {
        [POOL] = sign_until_none_is_left,
        [TASKS] = sign_with_own_session,
        [TASKS_SHARING] = sign_with_free_session,
    };
    struct signer *signer = arg;

    if (signer->row != NULL)
        timeline_run(signer->row);
    ways[signer->batch->way](signer);
    if (signer->row != NULL)
        timeline_end(signer->row);
    rt_wait_group_done(&signer->batch->done);
}

/* ---- Batches --------------------------------------------------------------------------------- */

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "demo: %s\n", what);
    exit(1);
}

static void open_shared_sessions(struct batch *batch, struct session *sessions)
{
    struct signer opener = {.batch = batch};

    batch->free_sessions = rt_chan_new(sizeof(struct session *), (size_t)batch->workers);
    for (int i = 0; i < batch->workers; i++) {
        struct session *session = &sessions[i];
        open_session(&opener, session);
        rt_chan_send(batch->free_sessions, &session);
    }
}

/* Starts `batch->workers` workers, or a task for each payment, and waits for them. Returns how long that took. */
static int64_t sign_batch(struct batch *batch)
{
    static struct signer signers[PAYMENTS];
    static struct session shared[PAYMENTS];
    int count = batch->way == POOL ? batch->workers : batch->count;

    for (int i = 0; i < count; i++)
        signers[i] = (struct signer){
            batch, i,
            batch->timeline == NULL
                ? NULL
                : timeline_row(batch->timeline, batch->way == POOL ? "worker %d" : "payment %d",
                               i + 1)};
    if (batch->timeline != NULL)
        timeline_start(batch->timeline);
    int64_t start_ns = rt_now();
    if (batch->way == TASKS_SHARING)
        open_shared_sessions(batch, shared);
    rt_wait_group_add(&batch->done, count);
    for (int i = 0; i < count; i++) {
        if (signers[i].row != NULL)
            timeline_ready(signers[i].row);
        rt_go(run_signer, &signers[i]);
    }
    rt_wait_group_wait(&batch->done);
    int64_t took_ns = rt_now() - start_ns;
    rt_chan_free(batch->free_sessions);
    batch->free_sessions = NULL;
    return took_ns;
}

/* That a signature is right shows in the public key, which here is computed from the PIN again. */
static void verify(const struct batch *batch)
{
    struct session session;
    struct signature again;
    uint8_t key[SHA256_BYTES], expected[SHA256_BYTES];
    int payment = batch->count - 1, forged = payment + 1;

    key_from_pin("0000", "demo", UNLOCK_ROUNDS, session.master);
    sign_message(session.master, (uint64_t)payment, "", 0, &again);
    public_key_of(&again, "", 0, expected);
    public_key_of(&batch->signatures[payment], &payment, sizeof payment, key);
    must(memcmp(key, expected, sizeof key) == 0, "a signature is wrong");
    public_key_of(&batch->signatures[payment], &forged, sizeof forged, key);
    must(memcmp(key, expected, sizeof key) != 0, "a signature fits two payments");
}

/* ---- What is printed ------------------------------------------------------------------------- */

static double time_of(void (*fn)(void), int times)
{
    int64_t start_ns = rt_now();

    for (int i = 0; i < times; i++)
        fn();
    return (double)(rt_now() - start_ns) / times / RT_US;
}

static struct session scratch;

static void unlock(void)
{
    key_from_pin("0000", "demo", UNLOCK_ROUNDS, scratch.master);
}

static void sign_one(void)
{
    struct signature signature;

    sign_message(scratch.master, 1, "", 0, &signature);
}

static void nothing(void *arg)
{
    rt_wait_group_done(arg);
}

static void thousand_tasks(void)
{
    rt_wait_group done = {0};

    rt_wait_group_add(&done, PAYMENTS);
    for (int i = 0; i < PAYMENTS; i++)
        rt_go(nothing, &done);
    rt_wait_group_wait(&done);
}

/* The example of FIPS 180-4, so that what is measured is SHA-256. */
static void check_hash(void)
{
    static const uint8_t abc[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea};
    uint8_t hash[SHA256_BYTES];

    sha256("abc", 3, hash);
    must(memcmp(hash, abc, sizeof abc) == 0, "SHA-256 is wrong");
}

static void print_costs(void)
{
    double unlock_us = time_of(unlock, 100), sign_us = time_of(sign_one, 200);
    double task_us = time_of(thousand_tasks, 20) / PAYMENTS;

    printf("what things cost here\n");
    printf("  sign a payment                     %8.2f us\n", sign_us);
    printf("  open a session                     %8.2f us\n", unlock_us);
    printf("  start a task and wait for its end  %8.2f us\n\n", task_us);
    figure("session_in_signatures", unlock_us / sign_us);
}

static void draw(enum way way, int procs, int64_t *span_ns)
{
    static struct batch batch;

    batch = (struct batch){.way = way, .count = DRAWN, .workers = procs};
    batch.timeline = timeline_new("%d payments, %s, procs=%d", DRAWN,
                                  way == POOL ? "a pool" : "a task for each", procs);
    sign_batch(&batch);
    if (*span_ns == 0)
        *span_ns = timeline_span_ns(batch.timeline);
    else
        timeline_draw(batch.timeline, stdout, *span_ns), printf("\n");
    timeline_free(batch.timeline);
}

/* The first round finds out how long the longer one takes, for the scale. */
static void draw_both(int procs)
{
    int64_t span_ns = 0;

    draw(TASKS, procs, &span_ns);
    draw(POOL, procs, &span_ns);
    draw(TASKS, procs, &span_ns);
}

/* One line of the table. */
struct row {
    enum way way;
    int workers;
    const char *name;
    double best_ms;
    int sessions;
    int64_t most_tasks;
};

static void measure(struct row *row)
{
    static struct batch batch;

    batch = (struct batch){.way = row->way, .count = PAYMENTS, .workers = row->workers};
    double took_ms = (double)sign_batch(&batch) / RT_MS;
    verify(&batch);
    if (row->best_ms == 0 || took_ms < row->best_ms)
        row->best_ms = took_ms;
    row->sessions = atomic_load_explicit(&batch.sessions, memory_order_relaxed);
    row->most_tasks = atomic_load_explicit(&batch.most_tasks, memory_order_relaxed);
}

/* The best of some rounds, since other programs can only make one slower. */
static void print_table(int procs)
{
    enum { ONE, TWO, EIGHT, HUNDRED, EACH, SHARING, ROWS };
    struct row rows[ROWS] = {
        [ONE] = {.way = POOL, .workers = 1, .name = "pool of 1"},
        [TWO] = {.way = POOL, .workers = 2, .name = "pool of 2"},
        [EIGHT] = {.way = POOL, .workers = 8, .name = "pool of 8"},
        [HUNDRED] = {.way = POOL, .workers = 100, .name = "pool of 100"},
        [EACH] = {.way = TASKS, .name = "a task and a session for each"},
        [SHARING] = {.way = TASKS_SHARING, .workers = 2, .name = "a task for each, 2 sessions"},
    };

    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < ROWS; i++)
            measure(&rows[i]);
    printf("%d payments at procs=%d\n", PAYMENTS, procs);
    printf("  %-29s %10s %9s %10s %11s\n", "", "time", "speedup", "sessions", "most tasks");
    for (int i = 0; i < ROWS; i++)
        printf("  %-29s %7.1f ms %8.2fx %10d %11lld\n", rows[i].name, rows[i].best_ms,
               rows[ONE].best_ms / rows[i].best_ms, rows[i].sessions,
               (long long)rows[i].most_tasks);
    figure("pool_of_100_over_2", rows[HUNDRED].best_ms / rows[TWO].best_ms);
    figure("tasks_over_pool", rows[EACH].best_ms / rows[TWO].best_ms);
    figure("sharing_over_pool", rows[SHARING].best_ms / rows[TWO].best_ms);
}

static void demo(void *arg)
{
    (void)arg;
    check_hash();
    print_costs();
    draw_both(rt_procs(0));
    print_table(rt_procs(0));
}

int main(void)
{
    return rt_run(demo, NULL) == RT_OK ? 0 : 1;
}
