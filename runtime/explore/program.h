/* program.h - the program that is explored, and how it begins anew thousands of times in one
 * process.
 *
 * Its main() is called for each schedule. Before, all of its variables are put back to what they
 * were at first - but not those of the exploration itself, which the build puts into sections of
 * their own (explore.mk) - and its heap is emptied (memory.h). It ends by returning, by exit() or
 * abort(), by a signal, or because the exploration has seen enough; in each case its tasks are just
 * forgotten, wherever they stand. Open files and thread-local variables are not put back. */
#ifndef RT_EXPLORE_PROGRAM_H
#define RT_EXPLORE_PROGRAM_H

#include <stdbool.h>

#include "explore/schedule.h"

enum rt__left {
    RT__LEFT_ENDED,    /* with an exit status */
    RT__LEFT_ABORTED,  /* by abort() or a failed assert() */
    RT__LEFT_CRASHED,  /* by a signal */
    RT__LEFT_GIVEN_UP, /* after too many steps, or too much memory */
    RT__LEFT_CAUGHT    /* a hunt has found what it is for */
};

struct rt__ending {
    enum rt__left how;
    int status;          /* ended: its exit status */
    rt__actor_id actor;  /* who ended it */
    rt__place place;     /* aborted, crashed: where, if that is known */
    const char *message; /* aborted, crashed: "calls abort()" */
};

/* Before anything else: notes what the program's variables are, and catches its signals. */
void rt__program_start(int argc, char **argv);

/* Runs it once by this plan, and looks at how it ended (ending.h). */
void rt__program_run(const struct rt__plan *plan);

/* Ends this run of the program. From inside of it only. */
_Noreturn void rt__program_leave(enum rt__left how, int status);
_Noreturn void rt__program_crash(const char *message, rt__place place);

/* Where it is loaded; places, and addresses of variables, relative to that. */
uintptr_t rt__program_base(void);
static inline uintptr_t rt__program_offset(uintptr_t address)
{
    return address - rt__program_base();
}

/* Whether a place is an address in the code; in the code of the runtime. */
bool rt__program_is_code(rt__place place);
bool rt__program_is_runtime(rt__place place);

#endif
