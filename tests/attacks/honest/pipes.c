/* pipes.c - sends itself bytes through pipes. */
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    int ends[2];
    char bytes[16] = "";
    struct iovec parts[2] = {{"one ", 4}, {"two", 3}};
    must(pipe(ends) == 0 && writev(ends[1], parts, 2) == 7, "pipe");
    must(read(ends[0], bytes, sizeof bytes) == 7 && strcmp(bytes, "one two") == 0, "read");
    int copy = dup(ends[1]);
    must(copy >= 0 && dup2(copy, ends[1]) == ends[1] && write(copy, "x", 1) == 1, "dup");
    must(close(copy) == 0 && close(ends[1]) == 0 && close(ends[0]) == 0, "close");
}

int main(void)
{
    return run_as_task(main_task);
}
