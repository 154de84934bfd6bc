/* Wrong: the readers count themselves out, and the last one closes the records. But they count in a
 * plain int. If two of them take one off at the same moment, one of the two is lost: nobody is the
 * last, and the workers wait for ever. That hardly ever happens. */
#include "etl.h"

struct pipeline {
    int count;
    rt_chan *stations; /* of int; closed by hand_out */
    rt_chan *records;  /* of struct record; closed by close_records */
    rt_chan *rows;     /* of struct row; closed by close_rows */
    int readers;       /* that have not ended */
    rt_wait_group workers;
};

static void hand_out(void *arg)
{
    struct pipeline *pipeline = arg;

    for (int station = 0; station < pipeline->count; station++)
        rt_chan_send(pipeline->stations, &station);
    rt_chan_close(pipeline->stations);
}

static void read_some(void *arg)
{
    struct pipeline *pipeline = arg;
    int station;

    while (rt_chan_recv(pipeline->stations, &station) == RT_OK) {
        struct record record = read_record(station);
        rt_chan_send(pipeline->records, &record);
    }
    if (--pipeline->readers == 0)
        rt_chan_close(pipeline->records);
}

static void transform_some(void *arg)
{
    struct pipeline *pipeline = arg;
    struct record record;

    while (rt_chan_recv(pipeline->records, &record) == RT_OK) {
        struct row row = transform(record);
        rt_chan_send(pipeline->rows, &row);
    }
    rt_wait_group_done(&pipeline->workers);
}

static void close_rows(void *arg)
{
    struct pipeline *pipeline = arg;

    rt_wait_group_wait(&pipeline->workers);
    rt_chan_close(pipeline->rows);
}

void run_pipeline(int count, int readers, int workers)
{
    struct pipeline pipeline = {
        .count = count,
        .readers = readers,
        .stations = rt_chan_new(sizeof(int), 0),
        .records = rt_chan_new(sizeof(struct record), 0),
        .rows = rt_chan_new(sizeof(struct row), 0),
    };
    struct row row;

    rt_wait_group_add(&pipeline.workers, workers);
    rt_go(hand_out, &pipeline);
    for (int i = 0; i < readers; i++)
        rt_go(read_some, &pipeline);
    for (int i = 0; i < workers; i++)
        rt_go(transform_some, &pipeline);
    rt_go(close_rows, &pipeline);
    while (rt_chan_recv(pipeline.rows, &row) == RT_OK)
        write_row(row);
    rt_chan_free(pipeline.stations);
    rt_chan_free(pipeline.records);
    rt_chan_free(pipeline.rows);
}
