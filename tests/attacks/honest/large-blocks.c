/* large-blocks.c - asks for tens of MiB, which malloc takes from the kernel. */
#include <string.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    for (int i = 0; i < 5; i++) {
        char *block = calloc(20, 1 << 20);
        must(block != NULL, "calloc");
        memset(block, i, 20 << 20);
        block = realloc(block, 30 << 20);
        must(block != NULL && block[19 << 20] == i, "realloc");
        free(block);
    }
}

int main(void)
{
    return run_as_task(main_task);
}
