/* harness.c - the suppliers of exercise 09: who says what and when, and what became of it.
 *
 * Input: `suppliers`, how many; `patience_ms`; `word_ms`, how long a supplier thinks before he says
 * something.
 *
 * Two mornings. On the first, one supplier never picks up, and one has us on hold: he says "one moment
 * please" until long after our patience is over, and makes an offer that is cheaper than all others then.
 * So whoever begins to wait anew with each word he hears takes an offer that comes too late. On the second
 * morning all suppliers close their lines soon.
 *
 * What is in time and what is too late is far apart: two words against the whole patience, or the patience
 * against LATE times as long. Only a machine so busy that tasks wake up late by a good part of the patience
 * could change the answer. Suppliers notice that, and such a morning is called off and begun again.
 *
 * What tasks look at outlives harness(): those of a wrong submission may still be there then. Numbers that
 * several of them write are atomic; relaxed is enough, for they are read after all has been said, or stand
 * for themselves. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "exercise.h"
#include "offers.h"

/* When the supplier who has us on hold makes his offer, in patiences. */
#define LATE 3

/* How many times he says "one moment please" within a patience. */
#define MOMENTS 6

/* A morning is begun anew if a word comes later than it should by a fourth of the patience; this many times. */
#define LATENESS(patience_ns) ((patience_ns) / 4)
#define ATTEMPTS 5

/* More computing than this in one morning, and something does not wait: who waits computes for some milliseconds at
 * most, who looks again and again for as long as the patience lasts - or a tenth of it, on a busy machine. */
#define COMPUTING_NS (20 * RT_MS)

enum kind { OFFERS_ONCE, OFFERS_TWICE, SOLD_OUT, NEVER_PICKS_UP, ON_HOLD };

struct supplier {
    enum kind kind;
    int cents; /* the first offer; who makes a second one, goes down by a half */
};

/* One morning on the telephone. */
struct morning {
    struct supplier suppliers[SUPPLIERS_MAX];
    _Atomic(int) calls[SUPPLIERS_MAX];
    int count;
    int64_t patience_ns, word_ns;
    _Atomic(bool) disturbed; /* the machine was so busy that the morning does not count */
};

struct line {
    struct morning *morning;
    int supplier;
    rt_chan *line, *hang_up;
    char name[16]; /* of the task, in pictures and reports */
};

static _Atomic(struct morning *) today; /* set before best_offer() is called */

/* ---- Suppliers ------------------------------------------------------------------------------- */

/* Waits. Returns whether the caller has hung up meanwhile. */
static bool think(const struct line *line, int64_t ns)
{
    int64_t due_ns = rt_now() + ns;
    rt_case hung_up = RT_RECV(line->hang_up, NULL);
    bool alone = rt_select(&hung_up, 1, ns) != RT_ETIMEDOUT;

    if (!alone && rt_now() - due_ns > LATENESS(line->morning->patience_ns))
        atomic_store_explicit(&line->morning->disturbed, true, memory_order_relaxed);
    return alone;
}

/* Thinks and speaks. Returns whether the caller has hung up meanwhile. */
static bool say(const struct line *line, int64_t after_ns, int cents)
{
    struct offer offer = {line->supplier, cents};
    rt_case cases[] = {RT_SEND(line->line, &offer), RT_RECV(line->hang_up, NULL)};

    return think(line, after_ns) || rt_select(cases, 2, RT_FOREVER) != 0;
}

static void keep_on_hold(const struct line *line, int cents)
{
    for (int i = 0; i < LATE * MOMENTS; i++) {
        if (say(line, line->morning->patience_ns / MOMENTS, 0))
            return;
    }
    say(line, line->morning->word_ns, cents);
}

static void answer_the_phone(void *arg)
{
    const struct line *line = arg;
    const struct supplier *supplier = &line->morning->suppliers[line->supplier];
    int64_t word_ns = line->morning->word_ns;

    rt_set_name(line->name);
    switch (supplier->kind) {
    case OFFERS_ONCE:
        say(line, word_ns, supplier->cents);
        break;
    case OFFERS_TWICE:
        if (!say(line, word_ns, supplier->cents))
            say(line, word_ns, supplier->cents / 2);
        break;
    case SOLD_OUT:
        think(line, word_ns);
        break;
    case NEVER_PICKS_UP:
        rt_chan_recv(line->hang_up, NULL);
        break;
    case ON_HOLD:
        keep_on_hold(line, supplier->cents);
        break;
    }
    rt_chan_close(line->line);
}

rt_chan *call(int supplier, rt_chan *hang_up)
{
    struct morning *morning = atomic_load_explicit(&today, memory_order_relaxed);
    struct line *line = calloc(1, sizeof *line);

    if (line == NULL)
        exit(EXERCISE_EXIT_LESSON);
    *line = (struct line){morning, supplier, rt_chan_new(sizeof(struct offer), 0), hang_up, ""};
    snprintf(line->name, sizeof line->name, "supplier %d", supplier);
    if (supplier < 0 || supplier >= morning->count) {
        rt_chan_close(line->line); /* wrong number */
        return line->line;
    }
    atomic_fetch_add_explicit(&morning->calls[supplier], 1, memory_order_relaxed);
    rt_go(answer_the_phone, line);
    return line->line;
}

/* ---- Mornings -------------------------------------------------------------------------------- */

/* Who is of which kind, in a random order. The best offer is always a second one: half of the dearest is
 * less than the cheapest. No two are equal: their last digits are the supplier's own. */
static void draw_suppliers(struct morning *morning, bool all_answer)
{
    for (int i = 0; i < morning->count; i++) {
        morning->suppliers[i] = (struct supplier){
            .kind = i % 3 == 0 ? OFFERS_TWICE : OFFERS_ONCE,
            .cents = 2 * (100 * (int)input_random_between(10, 19) + i),
        };
    }
    morning->suppliers[1].kind = SOLD_OUT;
    if (!all_answer) {
        morning->suppliers[2].kind = NEVER_PICKS_UP;
        morning->suppliers[3] = (struct supplier){ON_HOLD, 99};
    }
    for (int i = morning->count - 1; i > 0; i--) {
        int other = (int)input_random_between(0, i);
        struct supplier supplier = morning->suppliers[i];
        morning->suppliers[i] = morning->suppliers[other];
        morning->suppliers[other] = supplier;
    }
}

static struct morning *copy(const struct morning *plan)
{
    struct morning *morning = calloc(1, sizeof *morning);

    if (morning == NULL)
        exit(EXERCISE_EXIT_LESSON);
    morning->count = plan->count;
    morning->patience_ns = plan->patience_ns;
    morning->word_ns = plan->word_ns;
    for (int i = 0; i < plan->count; i++)
        morning->suppliers[i] = plan->suppliers[i];
    return morning;
}

/* What all threads have computed so far. Not by the clock of tasks, which is virtual time in a simulation. */
static int64_t computed_ns(void)
{
    return (int64_t)clock() * (RT_SECOND / CLOCKS_PER_SEC);
}

static void spend_morning(const struct morning *plan, const char *name)
{
    struct morning *morning;
    struct offer best;
    int64_t cpu_ns;
    int attempts = 0;

    do {
        morning = copy(plan);
        atomic_store_explicit(&today, morning, memory_order_relaxed);
        cpu_ns = computed_ns();
        best = best_offer(morning->count, morning->patience_ns);
        cpu_ns = computed_ns() - cpu_ns;
    } while (atomic_load_explicit(&morning->disturbed, memory_order_relaxed) &&
             ++attempts < ATTEMPTS);

    answer_line("%s: %d cents, of supplier %d", name, best.cents, best.supplier);
    for (int i = 0; i < morning->count; i++) {
        int calls = atomic_load_explicit(&morning->calls[i], memory_order_relaxed);
        if (calls != 1)
            answer_line("%s: supplier %d was called %d times", name, i, calls);
    }
    if (cpu_ns > COMPUTING_NS)
        answer_line("%s: it computed where it should have waited", name);
}

void harness(void)
{
    struct morning plan = {
        .patience_ns = input_get("patience_ms") * RT_MS,
        .word_ns = input_get("word_ms") * RT_MS,
    };
    int64_t count = input_get("suppliers");

    plan.count = count < 5 ? 5 : count > SUPPLIERS_MAX ? SUPPLIERS_MAX : (int)count;
    draw_suppliers(&plan, false);
    spend_morning(&plan, "monday");
    draw_suppliers(&plan, true);
    spend_morning(&plan, "tuesday");
}
