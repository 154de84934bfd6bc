/* Wrong: a task for each station, and semaphores for the limits. No more of them read or compute at
 * once than may, but all of them are alive: a million stations would be a million tasks. */
#include "etl.h"

struct night {
    rt_semaphore lines, rooms;
    rt_mutex table;
    rt_wait_group tasks;
    rt_chan *stations; /* of int; the task that receives one brings it through */
};

static void bring_through(void *arg)
{
    struct night *night = arg;
    int station;

    rt_chan_recv(night->stations, &station);
    rt_semaphore_acquire(&night->lines);
    struct record record = read_record(station);
    rt_semaphore_release(&night->lines);
    rt_semaphore_acquire(&night->rooms);
    struct row row = transform(record);
    rt_semaphore_release(&night->rooms);
    rt_mutex_lock(&night->table);
    write_row(row);
    rt_mutex_unlock(&night->table);
    rt_wait_group_done(&night->tasks);
}

void run_pipeline(int count, int readers, int workers)
{
    struct night night = {
        .lines = {.permits = readers},
        .rooms = {.permits = workers},
        .stations = rt_chan_new(sizeof(int), 0),
    };

    rt_wait_group_add(&night.tasks, count);
    for (int station = 0; station < count; station++)
        rt_go(bring_through, &night);
    for (int station = 0; station < count; station++)
        rt_chan_send(night.stations, &station);
    rt_wait_group_wait(&night.tasks);
    rt_chan_free(night.stations);
}
