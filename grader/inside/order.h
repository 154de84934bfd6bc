/* order.h - what the stub is asked to run, and in which layers. */
#ifndef BARISTA_INSIDE_ORDER_H
#define BARISTA_INSIDE_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol.h"
#include "purpose.h"

#define ORDER_WORDS 1024

/* All strings lie in `text`. */
struct order {
    char text[INSIDE_ORDER_BYTES];
    char *words[ORDER_WORDS];     /* the options; grants and limits are read straight from them */
    char *variables[ORDER_WORDS]; /* the environment */
    char **program;               /* its argv */
    const char *directory;
    bool landlock, seccomp;
    enum drop { DROP_NOTHING, DROP_CAPABILITIES, DROP_USER } drop;
    enum purpose purpose;
    int descriptors[INSIDE_CONTROL]; /* that become its 0, 1, ... */
    int descriptors_count;
};

/* Reads the next order from the socket. 1: there is one; 0: the grader wants no more; -1: what came
 * is none, with errno set. The caller closes the descriptors in any case. */
int order_receive(int control, struct order *order);

/* What follows `option` in `word`; NULL if it is another option. */
const char *order_value(const char *word, const char *option);

#endif
