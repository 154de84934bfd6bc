/* long-jumps.c - leaves a deep call with longjmp(). */
#include <setjmp.h>

#include "honest.h"

static jmp_buf place;

static void fail(int code, int depth)
{
    if (depth == 0)
        longjmp(place, code);
    if (depth > 0)
        fail(code, depth - 1);
}

static void main_task(void *unused)
{
    (void)unused;
    volatile int tries = 0;
    if (setjmp(place) < 5) {
        tries++;
        fail(tries, 30);
    }
    must(tries == 5, "tries");
}

int main(void)
{
    return run_as_task(main_task);
}
