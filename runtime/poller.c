/* poller.c - the poller. */
#include "poller.h"

#include <stddef.h>

bool rt__poller_is_open(void)
{
    return false;
}

int64_t rt__poller_waiting(void)
{
    return 0;
}

struct rt__task *rt__poller_wait(int64_t timeout_ns, struct rt__task **last, uint32_t *count)
{
    (void)timeout_ns;
    *last = NULL;
    *count = 0;
    return NULL;
}

void rt__poller_interrupt(void)
{
}

void rt__poller_release(void)
{
}
