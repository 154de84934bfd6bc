/* clock.h - the clock that the grader measures with. */
#ifndef BARISTA_CLOCK_H
#define BARISTA_CLOCK_H

/* Seconds on a clock that never goes back; its zero means nothing. */
double clock_seconds(void);

#endif
