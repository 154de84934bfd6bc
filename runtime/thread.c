/* thread.c - see thread.h for why these are functions, and why they are alone here. */
#include "thread.h"

#include <errno.h>

static _Thread_local struct rt__worker *current;

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
