/* recursion.c - computes by recursion, on a task's stack. */
#include <stdint.h>

#include "honest.h"

static int fibonacci(int n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static int ackermann(int m, int n)
{
    if (m == 0)
        return n + 1;
    return n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

/* Of the towers of Hanoi. */
static int moves(int disks)
{
    return disks == 0 ? 0 : moves(disks - 1) + 1 + moves(disks - 1);
}

static void main_task(void *unused)
{
    (void)unused;
    must(fibonacci(24) == 46368, "fibonacci");
    must(ackermann(2, 9) == 21, "ackermann");
    must(moves(12) == 4095, "moves");
}

int main(void)
{
    return run_as_task(main_task);
}
