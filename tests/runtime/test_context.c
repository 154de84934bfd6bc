/* test_context.c - tests of the context switch (runtime/arch): what a task keeps to itself while
 * others run on the same thread, and while it moves from thread to thread. */
#include <check.h>
#include <errno.h>
#include <fenv.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "rt.h"
#include "run.h"

#define TASKS 16
#define ROUNDS 200

struct keepers {
    rt_wait_group group;
    _Atomic(int) lost;
};

struct keeper {
    struct keepers *keepers;
    int number;
};

static void run_keepers(struct keepers *keepers, void (*keep)(void *arg))
{
    struct keeper all[TASKS];

    rt_wait_group_add(&keepers->group, TASKS);
    for (int i = 0; i < TASKS; i++) {
        all[i] = (struct keeper){keepers, i};
        start(keep, &all[i]);
    }
    rt_wait_group_wait(&keepers->group);
}

static void finish(struct keeper *keeper, int lost)
{
    atomic_fetch_add(&keeper->keepers->lost, lost);
    rt_wait_group_done(&keeper->keepers->group);
}

/* ---- Registers ------------------------------------------------------------------------------- */

/* Many values that live across the pause: the compiler keeps them in all the registers that a call
 * preserves, and on the stack. */
static uint64_t mix(uint64_t n, void (*pause)(void))
{
    uint64_t a = n, b = 2 * n, c = 3 * n, d = 4 * n, e = 5 * n, f = 6 * n, g = 7 * n, h = 8 * n;
    double x = (double)n;

    for (int i = 0; i < ROUNDS; i++) {
        pause();
        a += b, b ^= c, c += d, d ^= e, e += f, f ^= g, g += h, h += n;
        x += 0.5 * (double)n;
    }
    return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ (uint64_t)x;
}

static void no_pause(void)
{
}

static void keep_registers(void *arg)
{
    struct keeper *keeper = arg;
    uint64_t n = (uint64_t)keeper->number + 1;

    finish(keeper, mix(n, rt_yield) != mix(n, no_pause));
}

static void run_register_keepers(void *arg)
{
    run_keepers(arg, keep_registers);
}

START_TEST(registers_and_locals_survive_a_yield)
{
    struct keepers keepers = {0};

    run_at(run_procs[_i], run_register_keepers, &keepers);
    ck_assert_int_eq(keepers.lost, 0);
}
END_TEST

/* ---- Rounding -------------------------------------------------------------------------------- */

static void keep_rounding(void *arg)
{
    static const int modes[] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    struct keeper *keeper = arg;
    int mode = modes[keeper->number % 4], lost = 0;

    fesetround(mode);
    for (int i = 0; i < ROUNDS; i++) {
        rt_yield();
        lost += fegetround() != mode;
    }
    fesetround(FE_TONEAREST);
    finish(keeper, lost);
}

static void run_rounding_keepers(void *arg)
{
    run_keepers(arg, keep_rounding);
}

START_TEST(each_task_has_its_own_rounding_mode)
{
    struct keepers keepers = {0};

    run_at(run_procs[_i], run_rounding_keepers, &keepers);
    ck_assert_int_eq(keepers.lost, 0);
}
END_TEST

/* ---- errno ----------------------------------------------------------------------------------- */

/* Not inlined: within one function the compiler may remember errno's address across the yield,
 * which is that of another thread's errno when the task has moved. */
static __attribute__((noinline)) void errno_set(int value)
{
    errno = value;
    __asm__ volatile("" ::: "memory");
}

static __attribute__((noinline)) int errno_get(void)
{
    __asm__ volatile("" ::: "memory");
    return errno;
}

static void keep_errno(void *arg)
{
    struct keeper *keeper = arg;
    int lost = 0;

    for (int i = 0; i < ROUNDS; i++) {
        errno_set(1000 + keeper->number);
        if (i % 10 == 0)
            rt_sleep(1);
        else
            rt_yield();
        lost += errno_get() != 1000 + keeper->number;
    }
    finish(keeper, lost);
}

static void run_errno_keepers(void *arg)
{
    run_keepers(arg, keep_errno);
}

START_TEST(each_task_has_its_own_errno)
{
    struct keepers keepers = {0};

    run_at(run_procs[_i], run_errno_keepers, &keepers);
    ck_assert_int_eq(keepers.lost, 0);
}
END_TEST

/* ---- Stack alignment ------------------------------------------------------------------------- */

/* Vector instructions fault on a stack that isn't aligned as the ABI says; printf of a double uses
 * them. */
static void use_aligned_locals(void *arg)
{
    struct keeper *keeper = arg;
    _Alignas(16) char local[16], *address = local;
    char text[64];

    snprintf(text, sizeof text, "%.3f", 1.0 + keeper->number);
    __asm__ volatile("" : "+r"(address)); /* the compiler knows it is aligned; look all the same */
    finish(keeper, (uintptr_t)address % 16 != 0 || atof(text) != 1.0 + keeper->number);
}

static void run_aligned(void *arg)
{
    run_keepers(arg, use_aligned_locals);
}

START_TEST(stacks_are_aligned)
{
    struct keepers keepers = {0};

    run_at(run_procs[_i], run_aligned, &keepers);
    ck_assert_int_eq(keepers.lost, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("context");

    tcase_add_loop_test(tests, registers_and_locals_survive_a_yield, 0, RUN_PROCS);
    tcase_add_loop_test(tests, each_task_has_its_own_rounding_mode, 0, RUN_PROCS);
    tcase_add_loop_test(tests, each_task_has_its_own_errno, 0, RUN_PROCS);
    tcase_add_loop_test(tests, stacks_are_aligned, 0, RUN_PROCS);
    return run_tests("context", tests);
}
