/* at-exit.c - has functions called when it ends, and ends by exit(). */
#include <unistd.h>

#include "honest.h"

static void say_goodbye(void)
{
    puts("goodbye");
}

static void say_more(void)
{
    puts("and thanks");
}

static void main_task(void *unused)
{
    (void)unused;
    rt_yield();
}

int main(void)
{
    must(atexit(say_goodbye) == 0 && atexit(say_more) == 0, "atexit");
    must(run_as_task(main_task) == 0, "rt_run");
    exit(0);
    return 0;
}
