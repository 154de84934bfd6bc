/* asserts.c - is full of assertions, which hold. */
#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    static_assert(sizeof(int) >= 4, "int");
    for (int i = 0; i < 1000; i++)
        assert(i * i >= i && alignof(double) >= 4);
    bool all_well = true;
    assert(all_well);
    must(all_well, "all");
}

int main(void)
{
    return run_as_task(main_task);
}
