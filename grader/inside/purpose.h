/* purpose.h - what a program in the sandbox is for: each purpose has a filter of its own. */
#ifndef BARISTA_INSIDE_PURPOSE_H
#define BARISTA_INSIDE_PURPOSE_H

/* X(PURPOSE, "name on the stub's command line") */
#define PURPOSES(X)                                                                                \
    X(RUN, "run")           /* a submission: threads, no processes, no network */                  \
    X(LOOPBACK, "loopback") /* the same with sockets, for a network namespace of its own */        \
    X(COMPILE, "compile")   /* a compiler: starts others, and writes files */

enum purpose {
#define PURPOSE_ENUM(name, text) PURPOSE_##name,
    PURPOSES(PURPOSE_ENUM)
#undef PURPOSE_ENUM
};

#endif
