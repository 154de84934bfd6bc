/* stack-trace.c - prints its own stack, as a debugging aid. */
#include <execinfo.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    void *frames[32];
    int count = backtrace(frames, 32);
    must(count > 0, "backtrace");
    char **names = backtrace_symbols(frames, count);
    must(names != NULL, "backtrace_symbols");
    for (int i = 0; i < count; i++)
        puts(names[i]);
    free(names);
}

int main(void)
{
    return run_as_task(main_task);
}
