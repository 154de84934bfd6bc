/* A bounded shelf with a lock and two conditions: three cooks put plates on it, two waiters take them. */
#include "program.h"

#define COOKS 3
#define WAITERS 2
#define ROOM 4

static rt_mutex lock;
static rt_cond not_full, not_empty;
static uint64_t shelf[ROOM]; /* lock, and all below */
static int plates, cooked, served, all;
static uint64_t sums[WAITERS];
static rt_wait_group done;

static void cook(void *arg)
{
    (void)arg;
    for (;;) {
        rt_mutex_lock(&lock);
        int number = cooked++;
        rt_mutex_unlock(&lock);
        if (number >= all) {
            break;
        }
        uint64_t plate = chain((uint64_t)number, 12000);
        rt_mutex_lock(&lock);
        while (plates == ROOM) {
            rt_cond_wait(&not_full, &lock);
        }
        shelf[plates++] = plate;
        rt_cond_signal(&not_empty);
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void waiter(void *arg)
{
    uint64_t *sum = arg;
    for (;;) {
        rt_mutex_lock(&lock);
        if (served == all) {
            rt_mutex_unlock(&lock);
            break;
        }
        served++;
        while (plates == 0) {
            rt_cond_wait(&not_empty, &lock);
        }
        uint64_t plate = shelf[--plates];
        rt_cond_signal(&not_full);
        rt_mutex_unlock(&lock);
        *sum += chain(plate, 8000);
    }
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    all = 70 * percent;
    rt_wait_group_add(&done, COOKS + WAITERS);
    for (int i = 0; i < COOKS; i++) {
        rt_go(cook, NULL);
    }
    for (int i = 0; i < WAITERS; i++) {
        rt_go(waiter, &sums[i]);
    }
    rt_wait_group_wait(&done);
    return sums[0] + sums[1];
}
