/* etl.h - the exercise of lesson 19: extract, transform, load, with a knob for each stage.
 *
 * You read this file and complete etl.c. Every night the reports of all weather stations are read
 * over slow lines, turned into rows, and written into one table:
 *
 *     read_record  -->  transform  -->  write_row
 *       waits           computes        one at a time
 *     `readers`        `workers`            one
 *
 * Each stage has a limit of its own, and the harness keeps watch over all of them. What it finds is
 * a line of the answer:
 *
 *     at most `readers` calls of read_record() at once   so many lines there are
 *     at most `workers` calls of transform() at once     so much room the computing needs
 *     one call of write_row() at a time                  there is one table
 *     at most 2 x (`readers` + `workers`) records under way, from the begin of their reading to the
 *         end of their writing: however long the night, memory is bounded
 *     at most `readers` + `workers` + 5 tasks: the main task, and up to four that hand out
 *         numbers, close a channel or write
 *
 * The harness runs run_pipeline() once, in the main task. You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef ETL_H
#define ETL_H

#include <stdint.h>

#include "rt.h"

/* A station's report as it was read, and what became of it. Both say whose they are, and both are
 * values: copy them, send them through channels. */
struct record {
    int station;
    uint64_t report;
};

struct row {
    int station;
    uint64_t weather;
};

/* Reads the report of one station. Given: it lies in harness.c, as do the next two. It waits for
 * the line, as rt_sleep does, and hardly computes. */
struct record read_record(int station);

/* Makes a row of a record. It computes for a while and waits for nobody. */
struct row transform(struct record record);

/* Puts a row into the table. It takes next to no time. */
void write_row(struct row row);

/* Brings the stations 0 .. count - 1 through the three stages, each of them once, in any order.
 * Yours to write. It reads from up to `readers` stations at once, so that their waits overlap, and
 * transforms up to `workers` records at once, so that that many procs are busy. It returns when the
 * last row is written, and leaves no task waiting.
 *
 * All three are at least 1. */
void run_pipeline(int count, int readers, int workers);

#endif
