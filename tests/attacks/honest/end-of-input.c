/* end-of-input.c - reads standard input, though there is none. */
#include <unistd.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    char line[80];
    must(isatty(STDIN_FILENO) == 0, "isatty");
    must(!fgets(line, sizeof line, stdin) && feof(stdin), "fgets");
    must(getchar() == EOF && scanf("%79s", line) == EOF, "scanf");
}

int main(void)
{
    return run_as_task(main_task);
}
