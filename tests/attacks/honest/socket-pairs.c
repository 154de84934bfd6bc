/* socket-pairs.c - talks with itself over a pair of sockets. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    int ends[2];
    char bytes[8] = "";
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "socketpair");
    must(write(ends[0], "hello", 5) == 5 && read(ends[1], bytes, 5) == 5, "write");
    must(strcmp(bytes, "hello") == 0 && close(ends[0]) == 0 && close(ends[1]) == 0, "read");
}

int main(void)
{
    return run_as_task(main_task);
}
