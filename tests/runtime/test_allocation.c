/* test_allocation.c - tests of runtime/allocation.c: no hog is stopped inside malloc, where it
 * would keep a heap from the others, from the runtime, and from the program after rt_run; and what
 * comes through the runtime's malloc is as good as libc's.
 *
 * All threads share one heap here, which is what they come to on their own when there are many. */
#include <check.h>
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hogs.h"
#include "rt.h"
#include "run.h"
#include "sanitizer.h"
#include "scheduler.h"

/* ---- As good as libc's ----------------------------------------------------------------------- */

START_TEST(memory_is_what_the_standard_says)
{
    char *block = malloc(1000), *zeros = calloc(100, 100);
    void *aligned = aligned_alloc(256, 512), *also_aligned = NULL;

    memset(block, 7, 1000);
    block = realloc(block, 200000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(block[i], 7);
    for (int i = 0; i < 100 * 100; i++)
        ck_assert_int_eq(zeros[i], 0);
    ck_assert_uint_eq((uintptr_t)aligned % 256, 0);
    ck_assert_int_eq(posix_memalign(&also_aligned, 4096, 100), 0);
    ck_assert_uint_eq((uintptr_t)also_aligned % 4096, 0);
    free(block);
    free(zeros);
    free(aligned);
    free(also_aligned);
    free(NULL);
}
END_TEST

/* As runtime/allocation.c. Elsewhere malloc is not the runtime's, but libc's or a tool's: hogs are
 * stopped within it, and a tool reports a request that can't be fulfilled. */
#if defined(__GLIBC__) && !defined(RT__WATCHED)
#define MALLOC_IS_OURS 1

static void share_one_heap(void)
{
    mallopt(M_ARENA_MAX, 1);
}

/* Blocks that are too large for a thread's own cache, so that most calls take the heap's lock. */
static void allocate_and_free(void)
{
    for (int i = 0; i < 50; i++) {
        char *volatile block = malloc((size_t)(2000 + 64 * i));
        char *volatile other = calloc(1, 5000);

        block[0] = 1;
        block = realloc(block, 9000);
        free(other);
        free(block);
    }
}

/* ---- Hogs ------------------------------------------------------------------------------------ */

#define HOGS 24
#define TURNS 3

static _Atomic(int) next_hog, turn, full;
static _Atomic(bool) stop;

static void allocate_in_turns(void *arg)
{
    int me = atomic_fetch_add(&next_hog, 1) + 1, turns = 0;

    (void)arg;
    while (!atomic_load(&stop)) {
        if (atomic_exchange(&turn, me) != me && ++turns == TURNS)
            atomic_fetch_add(&full, 1);
        allocate_and_free();
    }
}

/* Channels and tasks need memory too, and stopped hogs need more and more threads. */
static void run_hogs_that_allocate(void *arg)
{
    for (int i = 0; i < HOGS; i++)
        start(allocate_in_turns, arg);
    while (atomic_load(&full) < HOGS) {
        rt_chan *chan = rt_chan_new(8, 1000);

        rt_yield();
        rt_chan_free(chan);
    }
    atomic_store(&stop, true);
    yield_until_tasks(1);
}

START_TEST(hogs_that_allocate_keep_nobody_waiting)
{
    share_one_heap();
    run_at(run_procs[_i], run_hogs_that_allocate, NULL);
}
END_TEST

static void allocate_for_ever(void *arg)
{
    atomic_fetch_add((_Atomic(int) *)arg, 1);
    for (;;)
        allocate_and_free();
}

static void end_beside_hogs_that_allocate(void *arg)
{
    static _Atomic(int) running;

    atomic_store(&running, 0);
    (void)arg;
    for (int i = 0; i < 3; i++)
        start(allocate_for_ever, &running);
    yield_until(&running, 1);
}

START_TEST(heap_is_free_after_a_run_that_ended_beside_hogs)
{
    share_one_heap();
    for (int i = 0; i < 20; i++) {
        run_at(run_procs[_i], end_beside_hogs_that_allocate, NULL);
        allocate_and_free();
    }
}
END_TEST

/* ---- A wish while the task is inside malloc -------------------------------------------------- */

/* The linker puts this in the place of libc's malloc, within the runtime's (see the Makefile). */
void *__real___libc_malloc(size_t size);
void *__wrap___libc_malloc(size_t size);

static _Atomic(bool) wait_in_malloc;

/* The task stays in there until the monitor wants to stop it, for another that waits. */
void *__wrap___libc_malloc(size_t size)
{
    if (atomic_exchange(&wait_in_malloc, false)) {
        while (!(rt__critical & RT__CRITICAL_WANTED))
            spin(100);
        ck_assert(!came);
    }
    return __real___libc_malloc(size);
}

static void be_wanted_in_malloc(void *arg)
{
    pid_t thread = gettid();
    void *volatile memory;

    start(come, arg);
    atomic_store(&wait_in_malloc, true);
    memory = malloc(100);
    ck_assert(came);
    ck_assert_int_eq(stops_now(), 1);
    ck_assert_int_eq(gettid(), thread); /* the caller may hold a lock of libc's */
    free(memory);
}

START_TEST(hog_in_malloc_stops_when_it_leaves)
{
    run_at(1, be_wanted_in_malloc, NULL);
}
END_TEST

static void be_wanted_in_malloc_inside_the_runtime(void *arg)
{
    void *volatile memory;

    start(come, arg);
    rt__critical_begin();
    atomic_store(&wait_in_malloc, true);
    memory = malloc(100);
    ck_assert(!came);
    rt__call_end();
    ck_assert(came);
    ck_assert_int_eq(stops_now(), 0);
    free(memory);
}

START_TEST(hog_in_malloc_inside_the_runtime_gives_way_when_it_leaves_that)
{
    run_at(1, be_wanted_in_malloc_inside_the_runtime, NULL);
}
END_TEST

/* ---- What can't be had ----------------------------------------------------------------------- */

START_TEST(what_can_not_be_had_is_refused)
{
    volatile size_t too_much = PTRDIFF_MAX; /* compilers know that this can't be had */
    void *block = NULL;

    errno = 0;
    ck_assert_ptr_null(malloc(too_much));
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_ptr_null(calloc(too_much, 4));
    ck_assert_ptr_null(realloc(NULL, too_much));
    ck_assert_int_eq(posix_memalign(&block, 64, too_much), ENOMEM);
    ck_assert_int_eq(posix_memalign(&block, 3 * sizeof(void *), 1), EINVAL);
    ck_assert_int_eq(posix_memalign(&block, 4, 1), EINVAL);
    ck_assert_int_eq(posix_memalign(&block, 0, 1), EINVAL);
    ck_assert_ptr_null(block);
}
END_TEST

#endif

int main(void)
{
    TCase *tests = tcase_create("allocation");

    tcase_add_test(tests, memory_is_what_the_standard_says);
#if defined(MALLOC_IS_OURS)
    tcase_add_test(tests, what_can_not_be_had_is_refused);
    tcase_add_loop_test(tests, hogs_that_allocate_keep_nobody_waiting, 0, RUN_PROCS);
    tcase_add_loop_test(tests, heap_is_free_after_a_run_that_ended_beside_hogs, 0, RUN_PROCS);
    tcase_add_test(tests, hog_in_malloc_stops_when_it_leaves);
    tcase_add_test(tests, hog_in_malloc_inside_the_runtime_gives_way_when_it_leaves_that);
#endif
    return run_tests("allocation", tests);
}
