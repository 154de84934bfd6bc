/* maps-memory.c - maps and protects memory itself. */
#include <string.h>
#include <sys/mman.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    size_t bytes = 1 << 20;
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    must(memory != MAP_FAILED, "mmap");
    memset(memory, 7, bytes);
    must(mprotect(memory, 4096, PROT_READ) == 0 && madvise(memory, bytes, MADV_WILLNEED) == 0,
         "mprotect");
    must(mprotect(memory, 4096, PROT_READ | PROT_WRITE) == 0, "mprotect");
    memory = mremap(memory, bytes, 2 * bytes, MREMAP_MAYMOVE);
    must(memory != MAP_FAILED && memory[100] == 7 && munmap(memory, 2 * bytes) == 0, "mremap");
}

int main(void)
{
    return run_as_task(main_task);
}
