/* Adds up the files below eleven folders, a task for each folder. One of them holds more than all
 * others together, so its task works on alone for most of the time. A task for each file, or for some
 * files, would do. */
/* expect: imbalance */
#include <stdint.h>
#include <stdlib.h>

#include "rt.h"

#define FOLDERS 11
#define GIANT 4
#define FILE_LENGTH 60000
#define ANSWER 2770016992U /* as it is without tasks */

static uint32_t sums[FOLDERS];
static rt_wait_group done;

static uint32_t files_in(uint32_t folder)
{
    return folder == GIANT ? 1800 : 40 + folder * 8;
}

static uint32_t sum_of_file(uint32_t folder, uint32_t file)
{
    uint32_t x = folder * 4096 + file, sum = 0;

    for (int i = 0; i < FILE_LENGTH; i++) {
        x = x * UINT32_C(1664525) + UINT32_C(1013904223);
        sum += x >> 24;
    }
    return sum;
}

static void add_up(void *arg)
{
    uint32_t folder = (uint32_t)(uintptr_t)arg;

    for (uint32_t file = 0; file < files_in(folder); file++)
        sums[folder] += sum_of_file(folder, file);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    uint32_t sum = 0;

    (void)arg;
    rt_wait_group_add(&done, FOLDERS);
    for (uintptr_t folder = 0; folder < FOLDERS; folder++)
        rt_go(add_up, (void *)folder); /* here */
    rt_wait_group_wait(&done);
    for (int folder = 0; folder < FOLDERS; folder++)
        sum += sums[folder];
    if (sum != ANSWER)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
