/* write-devices.c - writes to devices, or fills a disk by one.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(open("/dev/sda", O_RDONLY) < 0 && open("/dev/vda", O_RDONLY) < 0 &&
                  open("/dev/mem", O_RDWR) < 0 && open("/dev/fuse", O_RDWR) < 0 &&
                  open("/dev/ptmx", O_RDWR) < 0 && open("/dev/kvm", O_RDWR) < 0,
              "open a device");
    solve(numbers, mixed, count);
}
