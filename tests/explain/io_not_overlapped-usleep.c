/* A task for each of twelve downloads - but they wait with usleep(), which stops the whole thread, and
 * not with rt_sleep(), which only the task would wait in. So no more downloads go on at a time than
 * there are procs. */
/* expect: io_not_overlapped */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "rt.h"

#define DOWNLOADS 12
#define ANSWER 1519992702U /* as it is without tasks */

static uint32_t checksums[DOWNLOADS];
static rt_wait_group done;

static uint32_t wait_for_server(uint32_t address)
{
    usleep(20000); /* here */
    return address * UINT32_C(2654435761);
}

static void download(void *arg)
{
    uint32_t address = (uint32_t)(uintptr_t)arg;
    uint32_t sum = wait_for_server(address);

    for (int i = 0; i < 100000; i++)
        sum = sum * 31 + (sum >> 27);
    checksums[address] = sum;
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, DOWNLOADS);
    for (uintptr_t address = 0; address < DOWNLOADS; address++)
        rt_go(download, (void *)address);
    rt_wait_group_wait(&done);
    for (int i = 0; i < DOWNLOADS; i++)
        sum += checksums[i];
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
