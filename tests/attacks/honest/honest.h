/* honest.h - what these programs have in common: they end with status 1, and say why, once something does
 * not do what a student may expect of it. */
#ifndef HONEST_H
#define HONEST_H

#include <stdio.h>
#include <stdlib.h>

#include "rt.h"

static inline void must(int true_so, const char *what)
{
    if (!true_so) {
        perror(what);
        exit(1);
    }
}

/* Runs main_task as the main task of the runtime. */
static inline int run_as_task(void (*main_task)(void *))
{
    int error = rt_run(main_task, NULL);
    if (error != RT_OK)
        fprintf(stderr, "%s\n", rt_strerror(error));
    return error != RT_OK;
}

#endif
