/* handle.h - handles: what the runtime knows of a descriptor that tasks wait for.
 *
 * A user's rt_io is a value, the number of a place in a table and a generation. The place's
 * generation changes when the handle is closed; whoever comes with the old one - an operation, a
 * task that was parked, an event of the poller - finds that it is too late. So nobody can meet a
 * handle that is gone, and closing has to wait for nobody. Places are used again, and stay where
 * they are until the run ends. */
#ifndef RT_HANDLE_H
#define RT_HANDLE_H

#include <stdbool.h>
#include <stdint.h>

#include "lock.h"
#include "rt.h"
#include "wait.h"

/* The two things that can be waited for. */
enum rt__direction { RT__READ, RT__WRITE };

struct rt__side {
    bool ready;            /* a system call may find something to do */
    int64_t deadline_ns;   /* by rt_now(); negative: none */
    rt_site used_at;       /* an operation is under way; NULL: none */
    uint64_t used_by;      /* the task that does it */
    rt__wait_list waiters; /* that task, while it is parked */
};

/* What a descriptor is. */
enum rt__io_kind {
    RT__IO_FILE,   /* no socket: a pipe, a terminal, ... */
    RT__IO_SOCKET, /* a read may return less than has arrived: messages, passed descriptors */
    RT__IO_STREAM, /* TCP: it does not, as a rule (io.c) */
};

struct rt__handle {
    rt__lock lock;       /* protects all below but number and next_free */
    uint32_t generation; /* of the rt_io that is open; 0: none */
    int fd;              /* negative: closed */
    int calls;           /* system calls under way on fd */
    uint8_t kind;        /* enum rt__io_kind */
    bool suspect;        /* short reads mean nothing (io.c) */
    struct rt__side sides[2];

    uint32_t number;              /* its place in the table; never changes */
    struct rt__handle *next_free; /* the table's lock */
};

/* A handle for the descriptor, open: *io names it. NULL when out of memory. */
struct rt__handle *rt__handle_new(int fd, enum rt__io_kind kind, rt_io *io);

/* Gives the place back: generation is 0 and fd negative. */
void rt__handle_free(struct rt__handle *handle);

/* Locks and returns the handle that is named, or NULL if it has been closed. */
struct rt__handle *rt__handle_lock(rt_io io);

/* Whether the locked handle is still the one that is named. */
static inline bool rt__handle_is(const struct rt__handle *handle, rt_io io)
{
    return handle->generation == io.bits >> 32;
}

/* Closes the descriptors that are left, and frees the table. Nothing runs any more. */
void rt__handle_release_all(void);

#endif
