/* test_wait.c - tests of runtime/wait.h and wait.c: the list of waiters alone, against an array as
 * the model, and who wins the right to wake a task that several could wake. (Parking on a list is
 * tested with the objects that have one.) */
#include <check.h>
#include <string.h>

#include "rt.h"
#include "run.h"
#include "wait.h"

#define WAITERS 20
#define STEPS 20000

/* ---- Order ----------------------------------------------------------------------------------- */

struct world {
    rt__wait_list list;
    struct rt__waiter waiters[WAITERS];
    struct rt__waiter *model[WAITERS]; /* those on the list, first to last */
    int count;
    uint64_t random;
};

static int draw_below(struct world *world, int limit)
{
    world->random = world->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((world->random >> 33) % (uint64_t)limit);
}

static void insert_in_model(struct world *world, int place, struct rt__waiter *waiter)
{
    memmove(&world->model[place + 1], &world->model[place],
            sizeof world->model[0] * (size_t)(world->count - place));
    world->model[place] = waiter;
    world->count++;
}

static void remove_from_model(struct world *world, int place)
{
    world->count--;
    memmove(&world->model[place], &world->model[place + 1],
            sizeof world->model[0] * (size_t)(world->count - place));
}

static void enter(struct world *world, struct rt__waiter *waiter)
{
    bool first = draw_below(world, 2) == 0;

    if (first)
        rt__wait_list_prepend(&world->list, waiter);
    else
        rt__wait_list_append(&world->list, waiter);
    insert_in_model(world, first ? 0 : world->count, waiter);
}

static void leave_any(struct world *world)
{
    int place = draw_below(world, world->count);

    rt__wait_list_remove(&world->list, world->model[place]);
    ck_assert(!world->model[place]->listed);
    remove_from_model(world, place);
}

static void leave_first(struct world *world)
{
    struct rt__waiter *expected = world->count > 0 ? world->model[0] : NULL;

    ck_assert_ptr_eq(rt__wait_list_pop(&world->list), expected);
    if (expected != NULL)
        remove_from_model(world, 0);
}

/* Both ways along the list. */
static void assert_as_in_model(const struct world *world)
{
    struct rt__waiter *forth = world->list.first, *back = world->list.last;

    for (int i = 0; i < world->count; i++) {
        ck_assert_ptr_eq(forth, world->model[i]);
        ck_assert_ptr_eq(back, world->model[world->count - 1 - i]);
        ck_assert(forth->listed);
        forth = forth->next;
        back = back->previous;
    }
    ck_assert_ptr_null(forth);
    ck_assert_ptr_null(back);
}

START_TEST(list_keeps_the_order_of_the_model)
{
    static struct world world;

    world.random = (uint64_t)_i;
    for (int step = 0; step < STEPS; step++) {
        struct rt__waiter *waiter = &world.waiters[draw_below(&world, WAITERS)];

        if (!waiter->listed)
            enter(&world, waiter);
        else if (draw_below(&world, 2) == 0)
            leave_any(&world);
        else
            leave_first(&world);
        if (step % 100 == 0)
            assert_as_in_model(&world);
    }
    while (world.count > 0)
        leave_first(&world);
    ck_assert_ptr_null(rt__wait_list_pop(&world.list));
    ck_assert_ptr_null(world.list.last);
}
END_TEST

/* ---- Claims ---------------------------------------------------------------------------------- */

/* Three waiters of three tasks; the one in the middle is contested. */
struct trio {
    rt__wait_list list;
    struct rt__task tasks[3];
    struct rt__waiter waiters[3];
};

static void set_up(struct trio *trio)
{
    *trio = (struct trio){.list = {NULL, NULL}};
    for (int i = 0; i < 3; i++) {
        trio->waiters[i] = (struct rt__waiter){.task = &trio->tasks[i], .contested = i == 1};
        atomic_store(&trio->tasks[i].claim, RT__CLAIM_OPEN);
        rt__wait_list_append(&trio->list, &trio->waiters[i]);
    }
}

START_TEST(claim_is_won_once)
{
    struct rt__task task = {.woken_by = NULL};
    struct rt__waiter waiter = {.task = &task}, other = {.task = &task};

    ck_assert(rt__claim(&task, &waiter));
    ck_assert_ptr_eq(task.woken_by, &waiter);
    ck_assert(!rt__claim(&task, &other));
    ck_assert(!rt__claim(&task, NULL));
    ck_assert_ptr_eq(task.woken_by, &waiter);
}
END_TEST

START_TEST(pop_claims_a_contested_waiter)
{
    struct trio trio;

    set_up(&trio);
    ck_assert_ptr_eq(rt__wait_list_pop(&trio.list), &trio.waiters[0]);
    ck_assert_ptr_eq(rt__wait_list_pop(&trio.list), &trio.waiters[1]);
    ck_assert(!rt__claim(&trio.tasks[1], NULL));
    ck_assert_ptr_eq(trio.tasks[1].woken_by, &trio.waiters[1]);
}
END_TEST

START_TEST(pop_passes_over_a_waiter_that_another_has_claimed)
{
    struct trio trio;

    set_up(&trio);
    ck_assert(rt__claim(&trio.tasks[1], NULL)); /* its time ran out, say */
    ck_assert_ptr_eq(rt__wait_list_pop(&trio.list), &trio.waiters[0]);
    ck_assert_ptr_eq(rt__wait_list_pop(&trio.list), &trio.waiters[2]);
    ck_assert_ptr_null(rt__wait_list_pop(&trio.list));
    ck_assert(!trio.waiters[1].listed);
    ck_assert_ptr_null(trio.tasks[1].woken_by);
}
END_TEST

START_TEST(pop_all_returns_the_tasks_in_order_without_those_claimed_by_others)
{
    struct trio trio;
    struct rt__task *first;

    set_up(&trio);
    ck_assert(rt__claim(&trio.tasks[1], NULL));
    first = rt__wait_list_pop_all(&trio.list);
    ck_assert_ptr_eq(first, &trio.tasks[0]);
    ck_assert_ptr_eq(first->link, &trio.tasks[2]);
    ck_assert_ptr_null(first->link->link);
    ck_assert_ptr_null(trio.list.first);
    ck_assert_ptr_null(rt__wait_list_pop_all(&trio.list));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("wait");

    tcase_add_loop_test(tests, list_keeps_the_order_of_the_model, 0, 5);
    tcase_add_test(tests, claim_is_won_once);
    tcase_add_test(tests, pop_claims_a_contested_waiter);
    tcase_add_test(tests, pop_passes_over_a_waiter_that_another_has_claimed);
    tcase_add_test(tests, pop_all_returns_the_tasks_in_order_without_those_claimed_by_others);
    return run_tests("wait", tests);
}
