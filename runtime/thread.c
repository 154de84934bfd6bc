/* thread.c - see thread.h for why these are functions, and why they are alone here. */
#include "thread.h"

#include <errno.h>
#include <stddef.h>

static _Thread_local struct rt__worker *current;

_Thread_local volatile uint32_t rt__critical;

struct rt__worker *rt__worker(void)
{
    return current;
}

void rt__worker_set(struct rt__worker *worker)
{
    current = worker;
}

int rt__errno_get(void)
{
    return errno;
}

void rt__errno_set(int value)
{
    errno = value;
}

#if !defined(__x86_64__)

void rt__critical_begin(void)
{
    rt__critical += RT__CRITICAL_ONE;
}

/* A signal between the load and the store of the subtraction could lose its wish: the monitor asks again
 * after its next look. */
bool rt__critical_end(void)
{
    rt__critical -= RT__CRITICAL_ONE;
    return rt__critical != 0;
}

#endif
