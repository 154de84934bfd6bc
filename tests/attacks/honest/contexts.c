/* contexts.c - switches between contexts of its own (ucontext). */
#include <ucontext.h>

#include "honest.h"

static ucontext_t back, other;
static int steps;

static void step(void)
{
    for (;;) {
        steps++;
        swapcontext(&other, &back);
    }
}

int main(void)
{
    static char stack[65536];
    must(getcontext(&other) == 0, "getcontext");
    other.uc_stack.ss_sp = stack;
    other.uc_stack.ss_size = sizeof stack;
    other.uc_link = &back;
    makecontext(&other, step, 0);
    for (int i = 0; i < 3; i++)
        must(swapcontext(&back, &other) == 0, "swapcontext");
    must(steps == 3, "steps");
    return 0;
}
