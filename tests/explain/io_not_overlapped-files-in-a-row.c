/* Six reports are made of four files each. A report has a task, and reads its files with rt_blocking -
 * which would let other tasks go on - but main waits for each report before it orders the next one, and
 * the report reads one file after the other. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "rt.h"

#define REPORTS 6
#define FILES 4
#define ANSWER 1816578303U /* as it is without tasks */

struct file {
    uint32_t name, content;
};

static rt_chan *reports;

/* As slow as a disk that has to turn first. */
static void read_file(void *arg)
{
    struct file *file = arg;
    const struct timespec turn = {.tv_nsec = 9 * RT_MS};

    nanosleep(&turn, NULL); /* here */
    file->content = file->name * UINT32_C(2246822519);
}

static void make_report(void *arg)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < FILES; i++) {
        struct file file = {.name = (uint32_t)(uintptr_t)arg * FILES + i};
        rt_blocking(read_file, &file); /* here */
        sum += file.content >> 3;
    }
    rt_chan_send(reports, &sum);
}

static void main_task(void *arg)
{
    uint32_t report, sum = 0;

    (void)arg;
    reports = rt_chan_new(sizeof(uint32_t), 0);
    for (uintptr_t i = 0; i < REPORTS; i++) {
        rt_go(make_report, (void *)i);
        rt_chan_recv(reports, &report);
        sum += report;
    }
    if (sum != ANSWER)
        abort();
    rt_chan_free(reports);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
