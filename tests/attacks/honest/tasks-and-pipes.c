/* tasks-and-pipes.c - has a task wait for a pipe that another one writes to. */
#include <unistd.h>

#include "honest.h"

static rt_io in, out;

static void send_one(void *unused)
{
    (void)unused;
    rt_sleep(RT_MS);
    must(rt_io_write(out, "x", 1) == RT_OK, "rt_io_write");
}

static void main_task(void *unused)
{
    (void)unused;
    int ends[2];
    char byte;
    must(pipe(ends) == 0, "pipe");
    must(rt_io_new(ends[0], &in) == RT_OK && rt_io_new(ends[1], &out) == RT_OK, "rt_io_new");
    must(rt_go(send_one, NULL) == RT_OK, "rt_go");
    must(rt_io_read(in, &byte, 1) == 1 && byte == 'x', "rt_io_read");
}

int main(void)
{
    return run_as_task(main_task);
}
