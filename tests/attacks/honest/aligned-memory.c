/* aligned-memory.c - asks for memory that is aligned. */
#include <malloc.h>
#include <stdint.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    void *line, *block = aligned_alloc(64, 640);
    must(posix_memalign(&line, 128, 1000) == 0 && (uintptr_t)line % 128 == 0, "posix_memalign");
    must(block && (uintptr_t)block % 64 == 0 && malloc_usable_size(block) >= 640, "aligned_alloc");
    free(line);
    free(block);
    malloc_trim(0);
}

int main(void)
{
    return run_as_task(main_task);
}
