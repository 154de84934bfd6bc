/* futex.c - the two futex system calls. */
#include "futex.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "perturb.h"

#define NS_PER_SECOND 1000000000

void rt__futex_wait(_Atomic(uint32_t) *word, uint32_t expected, int64_t timeout_ns)
{
    int saved = errno;
    struct timespec timeout = {.tv_sec = timeout_ns / NS_PER_SECOND,
                               .tv_nsec = timeout_ns % NS_PER_SECOND};
    rt__perturb_delay();
    syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, expected, timeout_ns < 0 ? NULL : &timeout, NULL,
            0);
    errno = saved;
}

void rt__futex_wake(_Atomic(uint32_t) *word, int count)
{
    int saved = errno;
    rt__perturb_delay();
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL, NULL, 0);
    errno = saved;
}
