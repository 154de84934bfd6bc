/* Wrong: a plain loop. It keeps to every limit, and waits while it could compute. */
#include "etl.h"

void run_pipeline(int count, int readers, int workers)
{
    (void)readers;
    (void)workers;
    for (int station = 0; station < count; station++)
        write_row(transform(read_record(station)));
}
