/* test_steal.c - tests of runtime/steal.c: what a search for work learns about the procs that it
 * finds nothing at. */
#include <check.h>
#include <stdatomic.h>
#include <stdint.h>

#include "rt.h"
#include "run.h"
#include "worker.h"

/* A worker of ours looks at all procs but the one that runs this task. The other is idle: its tick
 * stands still, but where we let it go on as if its tasks took turns. */
struct search {
    struct rt__worker worker;
    struct rt__proc *victim;
    uint32_t ticks_seen[RT_MAX_PROCS];
    int rounds;
};

static void search_begin(struct search *search)
{
    struct rt__proc *ours = rt__worker()->proc;

    *search = (struct search){.worker = {.proc = ours, .random = 1}};
    search->victim = rt__sched.procs_all[ours == rt__sched.procs_all[0]];
}

static void search_round(struct search *search)
{
    ck_assert_ptr_null(rt__steal_round(&search->worker, search->ticks_seen, search->rounds++));
}

static void victim_goes_on(struct search *search)
{
    atomic_fetch_add(&search->victim->tick, 1);
}

static void find_silence(void *arg)
{
    struct search search;

    (void)arg;
    search_begin(&search);
    victim_goes_on(&search);
    for (int i = 0; i < RT__SEARCH_ROUNDS; i++)
        search_round(&search);
    ck_assert(!search.worker.talk); /* what was before the first round is not seen */
}

START_TEST(a_search_that_sees_no_task_change_has_heard_no_talk)
{
    run_at(2, find_silence, NULL);
}
END_TEST

static void find_talk(void *arg)
{
    struct search search;

    (void)arg;
    search_begin(&search);
    search_round(&search);
    search_round(&search);
    victim_goes_on(&search);
    search_round(&search);
    ck_assert(search.worker.talk);
    search_round(&search);
    ck_assert(search.worker.talk); /* once in a search is enough */
    search.rounds = 0;
    search_round(&search);
    ck_assert(!search.worker.talk); /* the next one knows nothing of it */
}

START_TEST(a_search_that_sees_tasks_take_turns_has_heard_a_talk)
{
    run_at(2, find_talk, NULL);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("steal");

    tcase_add_test(tests, a_search_that_sees_no_task_change_has_heard_no_talk);
    tcase_add_test(tests, a_search_that_sees_tasks_take_turns_has_heard_a_talk);
    return run_tests("steal", tests);
}
