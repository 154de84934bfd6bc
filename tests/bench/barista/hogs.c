/* hogs.c - how late are tasks that wake up beside hogs: tasks that compute and never block?
 *
 * In four parts, with 1 to 4 hogs, many tasks sleep again and again for random times. Each wake-up is late by
 * some time; p999_ms_H is the 99.9th percentile of these delays with H hogs. */
#include <stdatomic.h>
#include <stdlib.h>

#include "barista.h"

struct sleeper {
    uint64_t random;
    int64_t wakes;
    int64_t *delays_ns; /* one for each wake-up */
    rt_wait_group *all;
};

static _Atomic(bool) stop_hogs;
static rt_wait_group hogs;

static void compute(void *arg)
{
    (void)arg;
    while (!atomic_load_explicit(&stop_hogs, memory_order_relaxed)) {
    }
    rt_wait_group_done(&hogs);
}

/* xorshift64: 0 to HOGS_SLEEP_MS, at any fraction of a slice. */
static int64_t draw_sleep_ns(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return (int64_t)(*random % (HOGS_SLEEP_MS * RT_MS));
}

static void sleep_often(void *arg)
{
    struct sleeper *me = arg;
    for (int64_t i = 0; i < me->wakes; i++) {
        int64_t sleep_ns = draw_sleep_ns(&me->random);
        int64_t due_ns = bench_now_ns() + sleep_ns;
        rt_sleep(sleep_ns);
        me->delays_ns[i] = bench_now_ns() - due_ns;
    }
    rt_wait_group_done(me->all);
}

static int compare(const void *a, const void *b)
{
    int64_t difference = *(const int64_t *)a - *(const int64_t *)b;
    return (difference > 0) - (difference < 0);
}

static void run_sleepers(struct sleeper *sleepers, int64_t wakes, int64_t *delays_ns)
{
    rt_wait_group all = {0};
    rt_wait_group_add(&all, HOGS_SLEEPERS);
    for (int i = 0; i < HOGS_SLEEPERS; i++) {
        sleepers[i] = (struct sleeper){(uint64_t)i + 1, wakes, delays_ns + i * wakes, &all};
        start_task(sleep_often, &sleepers[i]);
    }
    rt_wait_group_wait(&all);
}

/* One part. Returns how many woke up in time or late, but not early. */
static int64_t run_beside(int count, struct sleeper *sleepers, int64_t wakes, int64_t *delays_ns)
{
    static const char *const names[] = {"p999_ms_1", "p999_ms_2", "p999_ms_3", "p999_ms_4"};
    int64_t samples = wakes * HOGS_SLEEPERS, awake = 0;
    atomic_store_explicit(&stop_hogs, false, memory_order_relaxed);
    rt_wait_group_add(&hogs, count);
    for (int i = 0; i < count; i++) {
        start_task(compute, NULL);
    }
    run_sleepers(sleepers, wakes, delays_ns);
    atomic_store_explicit(&stop_hogs, true, memory_order_relaxed);
    rt_wait_group_wait(&hogs);

    for (int64_t i = 0; i < samples; i++) {
        awake += delays_ns[i] >= 0;
    }
    qsort(delays_ns, (size_t)samples, sizeof *delays_ns, compare);
    bench_note(names[count - 1], (double)delays_ns[samples * 999 / 1000] / (double)RT_MS);
    return awake;
}

/* n is how often each task wakes up in each part. */
int64_t run_hogs(int64_t n)
{
    struct sleeper *sleepers = new_array(HOGS_SLEEPERS, sizeof *sleepers);
    int64_t *delays_ns = new_array(n * HOGS_SLEEPERS, sizeof *delays_ns);
    int64_t awake = 0;
    for (int count = 1; count <= HOGS_MOST; count++) {
        awake += run_beside(count, sleepers, n, delays_ns);
    }
    free(delays_ns);
    free(sleepers);
    return awake;
}
