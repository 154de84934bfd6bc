/* wrap.c - the C library's clock and sleeps, by the policy's clock.
 *
 * A program that is simulated or explored is linked with --wrap=NAME for each of these, so that a
 * call of NAME comes here. As in a real run, they block the proc and not only the task. */
#include <errno.h>
#include <sys/time.h>
#include <time.h>

#include "one_thread/one_thread.h"
#include "rt.h"

int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_gettimeofday(struct timeval *now, void *zone);
time_t __wrap_time(time_t *now);
int __wrap_nanosleep(const struct timespec *wish, struct timespec *left);
int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *wish,
                           struct timespec *left);
int __wrap_usleep(unsigned microseconds);
unsigned __wrap_sleep(unsigned seconds);

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    (void)clock;
    int64_t ns = rt_now();
    *now = (struct timespec){.tv_sec = ns / RT_SECOND, .tv_nsec = ns % RT_SECOND};
    return 0;
}

int __wrap_gettimeofday(struct timeval *now, void *zone)
{
    (void)zone;
    int64_t ns = rt_now();
    *now = (struct timeval){.tv_sec = ns / RT_SECOND, .tv_usec = ns % RT_SECOND / RT_US};
    return 0;
}

time_t __wrap_time(time_t *now)
{
    time_t seconds = rt_now() / RT_SECOND;
    if (now != NULL) {
        *now = seconds;
    }
    return seconds;
}

int __wrap_nanosleep(const struct timespec *wish, struct timespec *left)
{
    if (wish->tv_sec < 0 || wish->tv_nsec < 0 || wish->tv_nsec >= RT_SECOND) {
        errno = EINVAL;
        return -1;
    }
    if (left != NULL) {
        *left = (struct timespec){0};
    }
    rt__policy_block(wish->tv_sec * RT_SECOND + wish->tv_nsec, __builtin_frame_address(0));
    return 0;
}

int __wrap_clock_nanosleep(clockid_t clock, int flags, const struct timespec *wish,
                           struct timespec *left)
{
    (void)clock;
    struct timespec relative = *wish;
    if (flags & TIMER_ABSTIME) {
        int64_t ns = wish->tv_sec * RT_SECOND + wish->tv_nsec - rt_now();
        ns = ns > 0 ? ns : 0;
        relative = (struct timespec){.tv_sec = ns / RT_SECOND, .tv_nsec = ns % RT_SECOND};
    }
    return __wrap_nanosleep(&relative, left) == 0 ? 0 : EINVAL;
}

int __wrap_usleep(unsigned microseconds)
{
    rt__policy_block((int64_t)microseconds * RT_US, __builtin_frame_address(0));
    return 0;
}

unsigned __wrap_sleep(unsigned seconds)
{
    rt__policy_block((int64_t)seconds * RT_SECOND, __builtin_frame_address(0));
    return 0;
}
