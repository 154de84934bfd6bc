/* protocol.h - what the grader and its stub inside the sandbox say to each other.
 *
 * The stub (stub.c) is started with a socket as descriptor INSIDE_CONTROL, on which only it speaks.
 * A message is one record of a SOCK_SEQPACKET socket, so it comes whole or not at all.
 *
 *     grader   an order: words, each with its NUL, and the program's descriptors 0, 1, ... with them
 *     stub     INSIDE_STARTED, with a pidfd of the program; or INSIDE_FAILED
 *     stub     after INSIDE_STARTED, at the program's end: INSIDE_ENDED
 *
 * and so on, until the grader closes the socket. If the socket ends without the message that was
 * due, the sandbox has failed. */
#ifndef BARISTA_INSIDE_PROTOCOL_H
#define BARISTA_INSIDE_PROTOCOL_H

#include <sys/resource.h>

/* Descriptors below may be the program's. */
#define INSIDE_CONTROL 6

enum inside_event { INSIDE_STARTED = 1, INSIDE_FAILED, INSIDE_ENDED };

struct inside_message {
    int event;           /* an enum inside_event */
    int error;           /* FAILED: errno */
    char step[48];       /* FAILED: "cannot <step>" */
    int status;          /* ENDED: as wait() gives it */
    struct rusage usage; /* ENDED: of all its threads, and of nothing else */
};

/* The words of an order: OPTION... -- PROGRAM ARGUMENT... . Each layer is an option, so that what
 * was asked for is to be seen in one place. */
#define INSIDE_CPUS "--cpus="               /* it may run on these, "0,2,3" */
#define INSIDE_CPU_SECONDS "--cpu-seconds=" /* of all its threads together */
#define INSIDE_ADDRESS "--address-bytes="   /* of address space */
#define INSIDE_FILE "--file-bytes="         /* the largest file that it may write */
#define INSIDE_READ "--read="               /* a path that may be read, everything below it too */
#define INSIDE_EXECUTE "--execute="         /* read and executed */
#define INSIDE_WRITE "--write="             /* read, written, created in and removed from */
#define INSIDE_LANDLOCK "--landlock"        /* nothing but those paths */
#define INSIDE_SECCOMP "--seccomp="         /* the system calls of one enum purpose, by name */
#define INSIDE_DROP_USER "--drop=user"      /* no privileges; and if root, another user */
#define INSIDE_DROP_CAPABILITIES "--drop=capabilities" /* root stays, to read sources */
#define INSIDE_DIRECTORY "--directory="                /* where to start it */
#define INSIDE_VARIABLE "--variable="                  /* of its environment, NAME=value */

/* More than any order has; the compiler's is the longest. */
#define INSIDE_ORDER_BYTES (64 << 10)

/* What barista-inside is started as: the stub, or a program that tries to get out (canaries.c). */
#define INSIDE_STUB "stub"
#define INSIDE_CANARIES "canaries"

#endif
