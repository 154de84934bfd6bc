/* write-links.c - makes links and nodes that lead out.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(symlink("/etc/passwd", "/tmp/barista-attack") < 0 &&
                  link("/etc/passwd", "/tmp/barista-attack") < 0 &&
                  mkfifo("/tmp/barista-attack", 0600) < 0 &&
                  mkdir("/tmp/barista-attack", 0700) < 0 &&
                  mknod("/tmp/barista-attack", S_IFBLK | 0600, makedev(8, 0)) < 0,
              "make a link, a folder or a node");
    solve(numbers, mixed, count);
}
