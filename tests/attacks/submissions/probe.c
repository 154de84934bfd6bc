/* probe.c - tries one thing against each layer: a file, a process, a socket, memory, another user.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    struct rlimit core;
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    must_fail(child < 0 && open(COURSE "/exercises/exercise.c", O_RDONLY) < 0 &&
                  open("/tmp/barista-attack", O_WRONLY | O_CREAT, 0600) < 0 &&
                  socket(AF_UNIX, SOCK_STREAM, 0) < 0 && geteuid() != 0 && setuid(0) < 0 &&
                  mmap(NULL, (size_t)1 << 46, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED &&
                  getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0,
              "get through one of the layers");
    solve(numbers, mixed, count);
}
