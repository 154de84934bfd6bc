/* figure.c - the figures of a demo, appended to the file that the environment names. */
#include "figure.h"

#include <stdio.h>
#include <stdlib.h>

void figure(const char *name, double value)
{
    const char *path = getenv(FIGURES_VARIABLE);

    if (!path)
        return;
    FILE *file = fopen(path, "a");
    if (!file || fprintf(file, "%s %.17g\n", name, value) < 0 || fclose(file) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
}
