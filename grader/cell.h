/* cell.h - the outer layers of a sandbox, with a stub in them that runs one program at a time.
 *
 * The kernel needs some milliseconds to make namespaces, and to move a process into a control
 * group. So a cell is used again where nothing can go on from one program to the next: where the
 * filter lets them make no process, and they have no network. Without a filter, and for compilers,
 * each program gets a cell of its own, which is killed after it with all that is left in it. */
#ifndef BARISTA_CELL_H
#define BARISTA_CELL_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "inside/protocol.h"
#include "inside/purpose.h"
#include "sandbox.h"

struct cell {
    pid_t pid;      /* of its keeper: our child; 0: there is no cell */
    int control;    /* where its stub speaks; see inside/protocol.h */
    int complaints; /* a file with what its programs said before there was a stub */
    char *key;      /* owned; cells with the same are the same; NULL: not to be used again */
};

/* Takes a cell that waits, or makes one. Returns false after a message on `errors`. */
bool cell_take(const struct sandbox *sandbox, enum purpose purpose, const struct view *view,
               struct cell *cell, FILE *errors);

/* Has it run a program: sends an order with its descriptors. False if the cell has broken. */
bool cell_order(const struct cell *cell, const struct strings *order, const int *descriptors,
                int count);

/* Waits for what the stub says next, for so long at most (-1: for ever). The descriptor that comes
 * with it is the caller's; -1 if none does. False if nothing comes, or nothing whole. */
bool cell_hear(const struct cell *cell, int timeout_ms, struct inside_message *message,
               int *descriptor);

/* What went wrong before there was a stub: the first line of the complaints, or ""; owned. */
char *cell_complaint(const struct cell *cell);

/* Ends the use of a cell: it waits for the next one, if its program is over and it is of that kind,
 * or is killed. */
void cell_give_back(struct cell *cell, bool program_is_over);
void cell_kill(struct cell *cell);

/* Kills those that wait. */
void cells_kill(void);

/* Whether this child of ours is a cell that waits. */
bool cells_include(pid_t child);

#endif
