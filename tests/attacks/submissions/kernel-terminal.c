/* kernel-terminal.c - puts words into the terminal that the grader was started from.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    must_fail(ioctl(0, TIOCSTI, "x") < 0 && ioctl(1, TIOCSTI, "x") < 0 &&
                  ioctl(2, TIOCSCTTY, 1) < 0 && open("/dev/tty", O_RDWR) < 0 &&
                  open("/dev/console", O_RDWR) < 0,
              "reach a terminal");
    solve(numbers, mixed, count);
}
