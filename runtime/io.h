/* io.h - what the operations on handles stand on. Theory in io.c. */
#ifndef RT_IO_H
#define RT_IO_H

#include <stdbool.h>
#include <stdint.h>

#include "handle.h"
#include "poller.h"
#include "rt.h"
#include "task.h"

/* An operation: something that is tried while the descriptor may be ready, until it is done. Lies
 * in a struct of its own kind, as the first member. */
struct rt__io_call {
    /* Makes the system call. False if it would have to block; else it has set `result`: 0 or more,
     * or a negative errno. A read sets `drained` if it took all that had arrived. */
    bool (*attempt)(struct rt__io_call *call, int fd);
    enum rt__direction direction;
    enum rt__wait wait;
    const char *name; /* of the public function */
    rt_site here;
    enum rt__io_kind kind; /* of the descriptor; set before attempt */
    int64_t result;
    bool drained;
};

/* Performs it, between a begin and its end. Returns the result, or an error code and errno. */
int64_t rt__io_perform(rt_io io, struct rt__io_call *call);

/* Makes a handle for a non-blocking descriptor. 0 or an errno; then the descriptor is as before. */
int rt__io_register(int fd, enum rt__io_kind kind, rt_io *io);

/* Sets errno and returns the error code that goes with it. */
int rt__io_fail(int error);

/* The poller: something happened to the descriptor of a handle. Adds the tasks that waited for
 * it. */
void rt__io_ready(rt_io io, uint32_t events, struct rt__ready_tasks *ready);

#endif
