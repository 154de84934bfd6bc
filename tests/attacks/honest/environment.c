/* environment.c - asks for variables that may not be there, and sets some. */
#include <string.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    const char *home = getenv("HOME"), *debug = getenv("DEBUG");
    printf("home %s, debug %s\n", home ? home : "none", debug ? debug : "off");
    must(setenv("DEBUG", "1", 1) == 0 && strcmp(getenv("DEBUG"), "1") == 0, "setenv");
    must(unsetenv("DEBUG") == 0 && !getenv("DEBUG"), "unsetenv");
    must(getenv("PATH") != NULL, "PATH");
}

int main(void)
{
    return run_as_task(main_task);
}
