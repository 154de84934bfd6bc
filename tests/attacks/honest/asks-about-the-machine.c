/* asks-about-the-machine.c - asks how many CPUs and how much memory there are. */
#include <sched.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    struct sysinfo info;
    struct utsname names;
    struct rlimit limit;
    cpu_set_t cpus;
    char host[256];
    must(sysconf(_SC_NPROCESSORS_ONLN) >= 1 && sysconf(_SC_PAGESIZE) >= 4096, "sysconf");
    must(get_nprocs() >= 1 && get_nprocs_conf() >= 1 && rt_num_cpu() >= 1, "get_nprocs");
    must(sched_getaffinity(0, sizeof cpus, &cpus) == 0 && CPU_COUNT(&cpus) >= 1, "affinity");
    must(sched_getcpu() >= 0 && sysinfo(&info) == 0 && uname(&names) == 0, "sysinfo");
    must(getrlimit(RLIMIT_STACK, &limit) == 0 && getrlimit(RLIMIT_NOFILE, &limit) == 0,
         "getrlimit");
    must(gethostname(host, sizeof host) == 0 && getpid() > 0 && getppid() >= 0, "gethostname");
    printf("user %d, group %d\n", (int)getuid(), (int)getgid());
}

int main(void)
{
    return run_as_task(main_task);
}
