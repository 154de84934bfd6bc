/* protocol.h - what the grader and its stub inside the sandbox say to each other.
 *
 * The stub (stub.c) is started with a socket as descriptor INSIDE_CONTROL, on which only it speaks.
 * First it says INSIDE_STARTED, with a pidfd of the program, or INSIDE_FAILED; after INSIDE_STARTED,
 * at the program's end, INSIDE_ENDED. A message is one record of a SOCK_SEQPACKET socket, so it comes
 * whole or not at all. If the socket ends without the message that was due, the sandbox has failed. */
#ifndef BARISTA_INSIDE_PROTOCOL_H
#define BARISTA_INSIDE_PROTOCOL_H

#include <sys/resource.h>

/* Descriptors below are the program's. */
#define INSIDE_CONTROL 6

enum inside_event { INSIDE_STARTED = 1, INSIDE_FAILED, INSIDE_ENDED };

struct inside_message {
    int event;           /* an enum inside_event */
    int error;           /* FAILED: errno */
    char step[48];       /* FAILED: "cannot <step>" */
    int status;          /* ENDED: as wait() gives it */
    struct rusage usage; /* ENDED: of all its threads, and of nothing else */
};

/* The words of the stub's command line: `barista-inside hold OPTION... -- PROGRAM ARGUMENT...`. Each
 * layer is an option, so that what was asked for is to be seen in one place. */
#define INSIDE_HOLD "hold"
#define INSIDE_READ "--read="          /* a path that may be read, everything below it too */
#define INSIDE_EXECUTE "--execute="    /* read and executed */
#define INSIDE_WRITE "--write="        /* read, written, created in and removed from */
#define INSIDE_LANDLOCK "--landlock"   /* nothing but those paths */
#define INSIDE_SECCOMP "--seccomp="    /* the system calls of one enum purpose, by name */
#define INSIDE_DROP_USER "--drop=user" /* no privileges; and if root, another user */
#define INSIDE_DROP_CAPABILITIES "--drop=capabilities" /* root stays, to read sources */
#define INSIDE_DIRECTORY "--directory="                /* where to start it */

/* `barista-inside canaries ...` is a program that tries to get out (canaries.c). */
#define INSIDE_CANARIES "canaries"

#endif
