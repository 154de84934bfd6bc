/* overflow.h - stack overflow is a diagnosis, not a bare SIGSEGV. */
#ifndef RT_OVERFLOW_H
#define RT_OVERFLOW_H

#include <stdbool.h>

/* Installs the handler that tells a fault on a task's guard page from others; and puts back what
 * was there before. Faults elsewhere end the program as they would without us. */
void rt__overflow_watch(void);
void rt__overflow_unwatch(void);

/* Gives the calling thread a stack of its own for that handler: the task's is used up when it is
 * needed. False when out of memory. The second call undoes it. */
bool rt__overflow_thread_begin(void);
void rt__overflow_thread_end(void);

#endif
