/* stress.c - a billion channel operations, of which none may be lost. `make stress` runs it.
 *
 *     stress OPERATIONS [SEED]
 *
 * It goes in rounds, each a run of its own with other numbers of procs, tasks and channels, drawn
 * from the seed. In each round numbered values go through two stages:
 *
 *     producers --send, select with timeout--> channels --select--> relays --> one channel --> consumers
 *               (now and then a sleep)          any capacity                   any capacity   (a mutex)
 *
 * Accounted for are: each value, which must arrive once; each operation on both stages, of which
 * sends and receives must agree; and what was counted under the mutex. A wake-up that is lost
 * leaves a task parked: the round then ends in the runtime's report of a deadlock, or not at all.
 * In that case the program lists all tasks with their stacks, as on SIGQUIT.
 *
 * Exit status: 0 all is accounted for; 1 something is not; 2 wrong usage; 101 a deadlock. */
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rt.h"

/* A round's values, each of which takes two sends and two receives. A round takes a fraction of a
 * second. */
#define VALUES 500000

/* A round that takes this long hangs, on the slowest machine and under any sanitizer. */
#define HANGS_AFTER_S 120

#define CHANS_MAX 8
#define PRODUCERS_MAX 32
#define RELAYS_MAX 8
#define CONSUMERS_MAX 16

/* Each PROGRESS_PERCENT of the way a line is printed. */
#define PROGRESS_PERCENT 5

/* ---- Random numbers -------------------------------------------------------------------------- */

/* splitmix64: each task has a stream of its own. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static int draw_below(uint64_t *state, int limit)
{
    return (int)(draw(state) % (uint64_t)limit);
}

static bool draw_once_in(uint64_t *state, int times)
{
    return draw_below(state, times) == 0;
}

/* ---- A round --------------------------------------------------------------------------------- */

/* What one task did; added up at the end. */
struct count {
    int64_t sent[2], received[2]; /* in each stage */
    int64_t locked, timed_out;
    int64_t doubled, foreign; /* values that had arrived already, or that nobody sent */
};

struct round {
    int procs, chans, producers, relays, consumers;
    uint64_t random;
    rt_chan *first[CHANS_MAX], *second;
    rt_wait_group producing, relaying, consuming;
    _Atomic(uint32_t) next_value; /* below VALUES: to be sent by whoever takes it */

    /* A byte, not a bit, for each value: only the consumer that got the value touches it. */
    unsigned char arrived[VALUES];

    rt_mutex mutex;
    int64_t locked; /* protected by mutex */

    struct count sum; /* protected by mutex */
};

static void must(bool worked, const char *what)
{
    if (!worked) {
        fprintf(stderr, "stress: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

static void add_up(struct round *round, const struct count *count)
{
    rt_mutex_lock(&round->mutex);
    for (int stage = 0; stage < 2; stage++) {
        round->sum.sent[stage] += count->sent[stage];
        round->sum.received[stage] += count->received[stage];
    }
    round->sum.locked += count->locked;
    round->sum.timed_out += count->timed_out;
    round->sum.doubled += count->doubled;
    round->sum.foreign += count->foreign;
    rt_mutex_unlock(&round->mutex);
}

/* Each task's stream begins where the round's seed and the task's number say. */
static uint64_t stream_of_task(const struct round *round)
{
    return round->random ^ rt_task_id() << 32;
}

/* ---- Its tasks ------------------------------------------------------------------------------- */

/* To any channel that takes it first, or again after the time is over. */
static void send_by_select(struct round *round, uint32_t value, struct count *count,
                           uint64_t *random)
{
    rt_case cases[CHANS_MAX];
    for (int i = 0; i < round->chans; i++) {
        cases[i] = RT_SEND(round->first[i], &value);
    }
    int64_t timeout_ns = draw_below(random, 50) * RT_US + 1;
    while (rt_select(cases, round->chans, timeout_ns) < 0) {
        count->timed_out++;
    }
}

static void produce(void *arg)
{
    struct round *round = arg;
    struct count count = {0};
    uint64_t random = stream_of_task(round);
    uint32_t value;
    while ((value = atomic_fetch_add_explicit(&round->next_value, 1, memory_order_relaxed)) <
           VALUES) {
        if (draw_once_in(&random, 16)) {
            send_by_select(round, value, &count, &random);
        } else {
            rt_chan_send(round->first[draw_below(&random, round->chans)], &value);
        }
        count.sent[0]++;
        if (draw_once_in(&random, 512)) {
            rt_sleep(draw_below(&random, 20) * RT_US);
        }
    }
    add_up(round, &count);
    rt_wait_group_done(&round->producing);
}

/* From any channel that has a value, until all are closed. */
static void relay(void *arg)
{
    struct round *round = arg;
    struct count count = {0};
    rt_case cases[CHANS_MAX];
    uint32_t value;
    for (int i = 0; i < round->chans; i++) {
        cases[i] = RT_RECV(round->first[i], &value);
    }
    for (int open = round->chans; open > 0;) {
        int chosen = rt_select(cases, round->chans, RT_FOREVER);
        if (cases[chosen].status == RT_OK) {
            count.received[0]++;
            rt_chan_send(round->second, &value);
            count.sent[1]++;
        } else {
            cases[chosen].chan = NULL;
            open--;
        }
    }
    add_up(round, &count);
    rt_wait_group_done(&round->relaying);
}

static void account_for(struct round *round, uint32_t value, struct count *count)
{
    count->received[1]++;
    if (value >= VALUES) {
        count->foreign++;
    } else if (round->arrived[value]++ != 0) {
        count->doubled++;
    }
}

static void consume(void *arg)
{
    struct round *round = arg;
    struct count count = {0};
    uint64_t random = stream_of_task(round);
    uint32_t value;
    while (rt_chan_recv(round->second, &value) == RT_OK) {
        account_for(round, value, &count);
        if (draw_once_in(&random, 8)) {
            rt_mutex_lock(&round->mutex);
            round->locked++;
            rt_mutex_unlock(&round->mutex);
            count.locked++;
        }
    }
    add_up(round, &count);
    rt_wait_group_done(&round->consuming);
}

static void start_all(struct round *round, int tasks, rt_wait_group *group, void (*fn)(void *arg))
{
    rt_wait_group_add(group, tasks);
    for (int i = 0; i < tasks; i++) {
        must(rt_go(fn, round) == RT_OK, "no memory for a task");
    }
}

static rt_chan *new_chan(uint64_t *random)
{
    static const size_t capacities[] = {0, 0, 1, 2, 16, 128};
    rt_chan *chan = rt_chan_new(sizeof(uint32_t), capacities[draw_below(random, 6)]);
    must(chan != NULL, "no memory for a channel");
    return chan;
}

static void run_round(void *arg)
{
    struct round *round = arg;
    for (int i = 0; i < round->chans; i++) {
        round->first[i] = new_chan(&round->random);
    }
    round->second = new_chan(&round->random);
    start_all(round, round->consumers, &round->consuming, consume);
    start_all(round, round->relays, &round->relaying, relay);
    start_all(round, round->producers, &round->producing, produce);

    rt_wait_group_wait(&round->producing);
    for (int i = 0; i < round->chans; i++) {
        rt_chan_close(round->first[i]);
    }
    rt_wait_group_wait(&round->relaying);
    rt_chan_close(round->second);
    rt_wait_group_wait(&round->consuming);
    for (int i = 0; i < round->chans; i++) {
        rt_chan_free(round->first[i]);
    }
    rt_chan_free(round->second);
}

/* ---- All rounds ------------------------------------------------------------------------------ */

struct totals {
    int64_t rounds, operations, timed_out, locked;
    int64_t lost, doubled, foreign, uncounted; /* what must be 0 */
};

static void draw_round(struct round *round, uint64_t *random)
{
    static const int procs[] = {1, 2, 3, 4, 8};
    memset(round, 0, sizeof *round);
    round->procs = procs[draw_below(random, 5)];
    round->chans = 1 + draw_below(random, CHANS_MAX);
    round->producers = 1 + draw_below(random, PRODUCERS_MAX);
    round->relays = 1 + draw_below(random, RELAYS_MAX);
    round->consumers = 1 + draw_below(random, CONSUMERS_MAX);
    round->random = draw(random);
}

static int64_t difference(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

static void account_for_round(const struct round *round, struct totals *totals)
{
    const struct count *sum = &round->sum;
    for (int i = 0; i < VALUES; i++) {
        totals->lost += round->arrived[i] == 0;
    }
    totals->doubled += sum->doubled;
    totals->foreign += sum->foreign;
    totals->uncounted += difference(round->locked, sum->locked);
    for (int stage = 0; stage < 2; stage++) {
        totals->uncounted += difference(sum->sent[stage], VALUES);
        totals->uncounted += difference(sum->received[stage], VALUES);
        totals->operations += sum->sent[stage] + sum->received[stage];
    }
    totals->timed_out += sum->timed_out;
    totals->locked += sum->locked;
    totals->rounds++;
}

static bool all_is_well(const struct totals *totals)
{
    return totals->lost + totals->doubled + totals->foreign + totals->uncounted == 0;
}

static void print_line(const struct totals *totals, int64_t began_ns)
{
    double seconds = (double)(rt_now() - began_ns) / (double)RT_SECOND;
    printf("%8.1f million operations in %" PRId64 " rounds, %.0f s; %" PRId64 " time-outs, %" PRId64
           " locks; lost %" PRId64 ", doubled %" PRId64 ", foreign %" PRId64 ", uncounted %" PRId64
           "\n",
           (double)totals->operations / 1e6, totals->rounds, seconds, totals->timed_out,
           totals->locked, totals->lost, totals->doubled, totals->foreign, totals->uncounted);
    fflush(stdout);
}

/* The runtime lists all tasks on SIGQUIT, and ends the program. */
static void on_alarm(int signal)
{
    static const char text[] = "stress: this round hangs\n";
    (void)signal;
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    raise(SIGQUIT);
}

static void run_all(int64_t operations, uint64_t seed)
{
    static struct round round;
    struct totals totals = {0};
    int64_t began_ns = rt_now(), step = operations * PROGRESS_PERCENT / 100, next = step;
    while (totals.operations < operations && all_is_well(&totals)) {
        draw_round(&round, &seed);
        alarm(HANGS_AFTER_S);
        rt_procs(round.procs);
        must(rt_run(run_round, &round) == RT_OK, "rt_run failed");
        account_for_round(&round, &totals);
        if (totals.operations >= next) {
            print_line(&totals, began_ns);
            next += step;
        }
    }
    if (!all_is_well(&totals)) {
        print_line(&totals, began_ns);
        printf("The last round: procs=%d, %d channels, %d producers, %d relays, %d consumers\n",
               round.procs, round.chans, round.producers, round.relays, round.consumers);
        exit(EXIT_FAILURE);
    }
    printf("All is accounted for.\n");
}

int main(int argc, char **argv)
{
    double operations = argc >= 2 ? strtod(argv[1], NULL) : 0; /* so that 1e9 can be said */
    if (argc < 2 || argc > 3 || !(operations >= 1) || operations > 1e15) {
        fputs("usage: stress OPERATIONS [SEED]\n", stderr);
        return 2;
    }
    uint64_t seed = argc == 3 ? strtoull(argv[2], NULL, 10) : (uint64_t)rt_now() % 1000000007;
    printf("seed %" PRIu64 "\n", seed);
    signal(SIGALRM, on_alarm);
    run_all((int64_t)operations, seed);
    return 0;
}
