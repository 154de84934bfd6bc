/* looks-at-its-own-process.c - reads of /proc and /sys what it can get, and lives with what it can't. */
#include <string.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    static const char *const files[] = {"/proc/self/status", "/proc/cpuinfo", "/proc/meminfo",
                                        "/sys/devices/system/cpu/online", "/etc/hostname"};
    char line[256];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file = fopen(files[i], "r");
        if (!file)
            perror(files[i]);
        else if (fgets(line, sizeof line, file))
            fputs(line, stdout);
        if (file)
            fclose(file);
    }
}

int main(void)
{
    return run_as_task(main_task);
}
