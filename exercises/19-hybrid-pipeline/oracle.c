/* oracle.c - the expected answer of lesson 19, by plain sequential code: one station after the
 * other, waiting and computing by turns. */
#include "etl.h"

void run_pipeline(int count, int readers, int workers)
{
    (void)readers;
    (void)workers;
    for (int station = 0; station < count; station++)
        write_row(transform(read_record(station)));
}
