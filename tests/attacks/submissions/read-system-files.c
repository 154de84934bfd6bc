/* read-system-files.c - reads files of the system.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    static const char *const paths[] = {"/etc/passwd",       "/etc/shadow",       "/etc/hostname",
                                        "/root/.ssh/id_rsa", "/proc/1/environ",   "/proc/kallsyms",
                                        "/sys/kernel/notes", "/var/log/dpkg.log", "/dev/mem",
                                        "/dev/kmsg",         "/dev/tty"};
    const char *opened = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        opened = open(paths[i], O_RDONLY, 0600) < 0 ? opened : paths[i];
    must_fail(!opened, opened ? opened : "open one of the files");
    solve(numbers, mixed, count);
}
