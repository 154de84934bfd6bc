/* no-temporary-file.c - wants to write a file, is told that it can't, and goes on. */
#include <errno.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    FILE *file = fopen("/tmp/results.txt", "w"), *log = fopen("debug.log", "a");
    if (!file)
        perror("results.txt");
    if (!log)
        perror("debug.log");
    must(!fopen("no-such-file.txt", "r") && errno != 0, "fopen");
    if (file)
        fclose(file);
    if (log)
        fclose(log);
    remove("/tmp/results.txt"); /* in tier D they could be written */
    remove("debug.log");
}

int main(void)
{
    return run_as_task(main_task);
}
