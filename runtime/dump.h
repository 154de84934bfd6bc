/* dump.h - SIGQUIT (Ctrl-\) lists all tasks with their stacks, as Go does, and ends the program. */
#ifndef RT_DUMP_H
#define RT_DUMP_H

/* Lets the monitor know of SIGQUIT, unless the program handles that itself; and puts back what was
 * before. */
void rt__dump_watch(void);
void rt__dump_unwatch(void);

/* The monitor: prints the list and ends the program if SIGQUIT has come. */
void rt__dump_if_asked(void);

#endif
