/* channel.h - the inside of a channel, shared by the plain operations (channel.c) and select
 * (select.c). */
#ifndef RT_CHANNEL_H
#define RT_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "lock.h"
#include "rt.h"
#include "wait.h"

struct rt_chan {
    rt__lock lock; /* protects all below but what never changes */
    bool closed;
    size_t elem_size, capacity; /* never change */
    size_t count;               /* values in the buffer */
    size_t head;                /* index of the oldest */
    rt__wait_list senders, receivers;
    rt_site closed_at;
    uint64_t closed_by; /* task */
    rt_site made_at;    /* never changes */
    unsigned char buffer[];
};

/* Try the operation under the channel's lock. RT_OK: done, and *wake is a task that the caller must
 * ready once it has released the lock, or NULL. RT_EAGAIN: it would have to wait; nothing has
 * changed. RT_ECLOSED: closed (receive: and drained; elem is zeroed). */
int rt__chan_send_locked(rt_chan *c, const void *elem, struct rt__task **wake);
int rt__chan_recv_locked(rt_chan *c, void *elem, struct rt__task **wake);

/* The report for a send on a closed channel. */
_Noreturn void rt__chan_send_closed(rt_chan *c, rt_site here);

#endif
