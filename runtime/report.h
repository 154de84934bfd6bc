/* report.h - how the runtime says that something is wrong. All reports go to standard error, each
 * begins with "rt: ", and all end the program. None returns. */
#ifndef RT_REPORT_H
#define RT_REPORT_H

#include "rt.h"

/* The text of the object in a place, without a leading `&`; "" if it has none. */
const char *rt__site_object(rt_site site);

/* One task's entry in a list: its number, name, and what it does or waits for, where. */
struct rt__task;
void rt__print_task(const struct rt__task *task);

/* The calling code is wrong: prints what (printf format), the task and the place;
 * RT_EXIT_MISUSE. */
_Noreturn __attribute__((format(printf, 2, 3))) void rt__misuse(rt_site here, const char *format,
                                                                ...);

/* There was no memory for a task that rt_go was to start at `here`, and its caller has been told. A
 * program that does not look at what rt_go returns waits for that task, so the report of a deadlock
 * says it. */
void rt__note_refused(rt_site here);

/* All tasks are asleep: lists them; RT_EXIT_DEADLOCK. */
_Noreturn void rt__report_deadlock(void);

/* Tasks that never ended: lists them; RT_EXIT_LEAK. */
_Noreturn void rt__report_leaks(void);

/* No memory where no caller can be told: RT_EXIT_NOMEM. */
_Noreturn void rt__report_no_memory(const char *what);

/* An invariant of the runtime does not hold: a bug in the runtime. Checked in release builds
 * too. */
#define RT__INVARIANT(condition)                                                                   \
    ((condition) ? (void)0 : rt__report_bug(#condition, __FILE__, __LINE__))
_Noreturn void rt__report_bug(const char *condition, const char *file, int line);

#endif
