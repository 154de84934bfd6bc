/* Writer and reader keep a phase under a lock. In phase 1, which the writer passes quickly, both believe that the
 * notes are theirs. Hard to hit: the reader has to look between two neighbouring critical sections; at any other time
 * it does not touch the notes. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static int phase, notes;
static rt_mutex lock;
static rt_wait_group done;

static void set_phase(int to)
{
    rt_mutex_lock(&lock);
    phase = to;
    rt_mutex_unlock(&lock);
}

static void write_notes(void *arg)
{
    (void)arg;
    set_phase(1);
    notes++;
    set_phase(2);
    rt_wait_group_done(&done);
}

static void read_notes(void *arg)
{
    (void)arg;
    rt_mutex_lock(&lock);
    int now = phase;
    rt_mutex_unlock(&lock);
    if (now == 1 && notes > 1)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(write_notes, NULL);
    rt_go(read_notes, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
