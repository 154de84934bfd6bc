/* Finds everything as it was at first, however often it has run in this process before: variables with and without a value,
 * and where memory is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rt.h"

static int zero, seven = 7, large[1000];
static char text[] = "as it was";

static void main_task(void *arg)
{
    (void)arg;
    int *block = malloc(sizeof *block);
    for (int i = 0; i < 1000; i++)
        if (large[i]++ != 0)
            abort();
    if (zero++ != 0 || seven-- != 7 || strcmp(text, "as it was") != 0)
        abort();
    text[0] = 'X';
    printf("%p %p\n", (void *)block, (void *)&arg);
}

int main(int argc, char **argv)
{
    if (argc > 1 && argv[1][0]++ != 'a')
        abort();
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
