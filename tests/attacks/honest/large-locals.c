/* large-locals.c - has large arrays on the stack, of fixed and of variable length. */
#include <alloca.h>
#include <string.h>

#include "honest.h"

static int sum(size_t count)
{
    char fixed[8192], variable[count];
    char *more = alloca(count);
    memset(fixed, 1, sizeof fixed);
    memset(variable, 1, count);
    memset(more, 1, count);
    int total = 0;
    for (size_t i = 0; i < count; i++)
        total += variable[i] + more[i] * fixed[i % sizeof fixed];
    return total;
}

static void main_task(void *unused)
{
    (void)unused;
    for (int i = 1; i < 20; i++)
        must(sum((size_t)i * 500) == i * 1000, "sum");
}

int main(void)
{
    return run_as_task(main_task);
}
