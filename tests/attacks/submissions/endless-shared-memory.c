/* endless-shared-memory.c - fills memory that it shares with nobody, and lets go of its pages,
 * but not of the memory.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/mman.h>

#include "attacked.h"

#define CHUNK ((size_t)1 << 20)
#define CHUNKS 600

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    int filled = 0;
    char *memory =
        mmap(NULL, CHUNKS * CHUNK, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    for (; memory != MAP_FAILED && filled < CHUNKS; filled++) {
        for (size_t i = 0; i < CHUNK; i += 4096)
            memory[filled * CHUNK + i] = 1;
        madvise(memory + filled * CHUNK, CHUNK, MADV_DONTNEED);
    }
    for (int i = 0; i < filled; i++)
        if (memory[i * CHUNK] != 1)
            filled = 0;
    must_fail(filled < CHUNKS, "fill more memory than it may");
    solve(numbers, mixed, count);
}
