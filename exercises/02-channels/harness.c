/* harness.c - exercise 02: customers, a counter and a coffee machine; notes who was served what.
 *
 * Customers and drinks are drawn from the seed, so they can only come from take_order(). Every
 * order that serve() gets is kept as it is: the answer shows orders that are lost, doubled, made up
 * or out of order. Counter and machine notice a second task; order of service is part of the task,
 * so the answer is the same for every correct schedule.
 *
 * All of it outlives harness(): a submission that returns before its tasks are done must get a
 * wrong answer, not a crash. For the same reason what is counted is atomic; relaxed is enough,
 * since a correct submission has waited for its tasks before anything is read. */
#include <stdatomic.h>

#include "exercise.h"
#include "shop.h"

/* The most customers of a day: more than any check asks for. */
#define CUSTOMERS_MAX 256

/* A place at which one task at a time may be. */
struct place {
    int64_t wait_ns;
    _Atomic(bool) taken;   /* a task is there */
    _Atomic(bool) crowded; /* a second task was, at the same time */
};

static struct place counter, machine;

static int customers;
static struct order wishes[CUSTOMERS_MAX];
static _Atomic(int) taken; /* how many orders have been taken */

static struct order served[CUSTOMERS_MAX];
static _Atomic(int) served_count;

static void enter(struct place *place)
{
    if (atomic_exchange_explicit(&place->taken, true, memory_order_relaxed))
        atomic_store_explicit(&place->crowded, true, memory_order_relaxed);
    rt_sleep(place->wait_ns);
}

static void leave(struct place *place)
{
    atomic_store_explicit(&place->taken, false, memory_order_relaxed);
}

bool take_order(struct order *order)
{
    int next = atomic_load_explicit(&taken, memory_order_relaxed);
    if (next >= customers)
        return false;
    enter(&counter);
    *order = wishes[next];
    atomic_store_explicit(&taken, next + 1, memory_order_relaxed);
    leave(&counter);
    return true;
}

void serve(const struct order *order)
{
    enter(&machine);
    int place = atomic_fetch_add_explicit(&served_count, 1, memory_order_relaxed);
    if (place < CUSTOMERS_MAX)
        served[place] = *order;
    leave(&machine);
}

static void make_customers(void)
{
    for (int i = 0; i < customers; i++)
        wishes[i] = (struct order){
            .number = i + 1,
            .customer = (int)input_random_between(100, 999),
            .drink = (int)input_random_between(0, 3),
        };
}

static const char *drink_name(int drink)
{
    static const char *const names[] = {"espresso", "flat white", "cappuccino", "tea"};
    return drink >= 0 && drink < 4 ? names[drink] : "something that is not on the menu";
}

static void answer_day(void)
{
    int count = atomic_load_explicit(&served_count, memory_order_relaxed);
    for (int i = 0; i < count && i < CUSTOMERS_MAX; i++)
        answer_line("order %d: %s for customer %d", served[i].number, drink_name(served[i].drink),
                    served[i].customer);
    answer_line("drinks: %d, customers: %d", count, customers);
    if (atomic_load_explicit(&counter.crowded, memory_order_relaxed))
        answer_line("two tasks were in take_order() at once");
    if (atomic_load_explicit(&machine.crowded, memory_order_relaxed))
        answer_line("two tasks were in serve() at once");
}

void harness(void)
{
    int64_t wanted = input_get("customers");
    customers = wanted < CUSTOMERS_MAX ? (int)wanted : CUSTOMERS_MAX;
    counter.wait_ns = input_get("take_us") * RT_US;
    machine.wait_ns = input_get("serve_us") * RT_US;
    make_customers();
    run_shop();
    answer_day();
}
