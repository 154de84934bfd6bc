/* write-memory-file.c - fills memory by files without a name, which no limit of the heap counts.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(memfd_create("x", 0) < 0 && open("/tmp", O_TMPFILE | O_RDWR, 0600) < 0 &&
                  open("/dev/shm", O_TMPFILE | O_RDWR, 0600) < 0,
              "make a file in memory");
    solve(numbers, mixed, count);
}
