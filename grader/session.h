/* session.h - a program that is under way, and all that goes to and from it (run.c starts it).
 *
 * The program is served until it has ended, or has done what it must not, and is gone then. Several
 * may be served at once. */
#ifndef BARISTA_SESSION_H
#define BARISTA_SESSION_H

#include "ending.h"
#include "process.h"

/* Our ends of its pipes. */
enum channel { INPUT, ANSWER, OUTPUT, ERRORS, CHANNELS };

/* What came through standard output or standard error. */
struct capture {
    char *bytes; /* owned; the first 64 KiB */
    size_t kept;
    size_t total;
};

struct session {
    const struct limits *limits;
    struct process process;
    int ours[CHANNELS]; /* -1 once closed */
    struct dialogue dialogue;
    char *input; /* owned; what it is sent when it is ready */
    size_t input_bytes, input_sent;
    struct capture printed, report;
    int result;      /* a file in memory that the program may write; 0: there is none */
    int figures;     /* /proc/PID/stat, or -1 */
    double deadline; /* of the wall clock, as clock_seconds tells it */
    double asked;    /* when the input was sent; 0: not yet */
    double answered; /* when the answer was whole; 0: not yet */
    enum stop stop;
    bool over;
    int wait_status;     /* once it is over, as wait() gives it */
    struct rusage usage; /* the same */
};

/* Opens its pipes; the program's ends go to `theirs`, -1 where there is none. The caller closes
 * those, and releases the session, either way. False after a message on `errors`. */
bool session_open(struct session *session, const struct limits *limits, int theirs[CHANNELS],
                  FILE *errors);

/* Its process has been started: the clock runs. `input` is the session's from now on. */
void session_begin(struct session *session, char *input);

/* Serves all until each is over, and ends what they leave behind. Only to be called while no other
 * program runs (process_end_orphans). */
void session_serve(struct session *sessions, size_t count);

/* Ends the program, if it is not over yet. */
void session_end(struct session *session);

void session_release(struct session *session);

#endif
