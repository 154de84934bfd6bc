/* ints.h - channels of int, for tests in which a value is just a number to recognise. */
#ifndef TESTS_INTS_H
#define TESTS_INTS_H

#include <stdlib.h>

#include "rt.h"

static inline rt_chan *ints_new(size_t capacity)
{
    rt_chan *c = rt_chan_new(sizeof(int), capacity);

    if (c == NULL)
        abort();
    return c;
}

static inline void ints_send(rt_chan *c, int value)
{
    rt_chan_send(c, &value);
}

/* The next value; 0 when the channel is closed and drained, as in Go. */
static inline int ints_recv(rt_chan *c)
{
    int value = -1;

    rt_chan_recv(c, &value);
    return value;
}

#endif
