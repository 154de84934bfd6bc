/* print-debugging.c - prints from all tasks, to both streams, buffered and not. */
#include "honest.h"

static void speak(void *number)
{
    must(printf("DEBUG: task %d was here\n", (int)(intptr_t)number) > 0, "printf");
    must(fprintf(stderr, "x = %f, p = %p\n", 1.5, number) > 0, "fprintf");
    fflush(stdout);
}

static void main_task(void *unused)
{
    (void)unused;
    setvbuf(stderr, NULL, _IOLBF, 1024);
    for (intptr_t i = 0; i < 20; i++)
        must(rt_go(speak, (void *)i) == RT_OK, "rt_go");
    rt_sleep(RT_MS);
    must(puts("DEBUG: main ends") >= 0 && fflush(NULL) == 0, "fflush");
}

int main(void)
{
    return run_as_task(main_task);
}
