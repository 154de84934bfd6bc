/* thread.c - see thread.h for why these are functions, and why they are alone here. */
#include "thread.h"

#include <errno.h>
#include <stddef.h>

_Thread_local struct rt__worker *rt__worker_here;

_Thread_local volatile uint32_t rt__critical;

void rt__worker_set(struct rt__worker *worker)
{
    rt__worker_here = worker;
}

int *rt__errno_location(void)
{
    return &errno;
}

bool rt__critical_wish(void)
{
    if (rt__critical == 0) {
        return false;
    }
    rt__critical |= RT__CRITICAL_WANTED;
    return true;
}

bool rt__critical_grant(void)
{
    if (rt__critical != RT__CRITICAL_WANTED) {
        return false;
    }
    rt__critical = RT__CRITICAL_ONE;
    return true;
}

#if !defined(__x86_64__)

struct rt__worker *rt__worker(void)
{
    return rt__worker_here;
}

#endif

#if !defined(__x86_64__) && !defined(RT__ONE_THREAD)

void rt__critical_begin(void)
{
    rt__critical += RT__CRITICAL_ONE;
}

/* A signal between the load and the store of the subtraction could lose its wish: the monitor asks
 * again after its next look. */
bool rt__critical_end(void)
{
    rt__critical -= RT__CRITICAL_ONE;
    return rt__critical != 0;
}

#endif
