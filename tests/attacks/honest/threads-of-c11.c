/* threads-of-c11.c - uses <threads.h>, as C11 has it. */
#include <threads.h>
#include <time.h>

#include "honest.h"

static mtx_t lock;
static cnd_t ready;
static int is_set; /* lock */

static int set(void *unused)
{
    (void)unused;
    mtx_lock(&lock);
    is_set = 1;
    mtx_unlock(&lock);
    cnd_broadcast(&ready);
    return 42;
}

static void main_task(void *unused)
{
    (void)unused;
    thrd_t thread;
    int result;
    must(mtx_init(&lock, mtx_timed) == thrd_success && cnd_init(&ready) == thrd_success,
         "mtx_init");
    must(thrd_create(&thread, set, NULL) == thrd_success, "thrd_create");
    mtx_lock(&lock);
    while (!is_set)
        cnd_wait(&ready, &lock);
    mtx_unlock(&lock);
    must(thrd_join(thread, &result) == thrd_success && result == 42, "thrd_join");
    must(thrd_sleep(&(struct timespec){.tv_nsec = 1000}, NULL) == 0, "thrd_sleep");
    thrd_yield();
}

int main(void)
{
    return run_as_task(main_task);
}
