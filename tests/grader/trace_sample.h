/* trace_sample.h - a small trace as the runtime writes it: on two procs, main starts two tasks and
 * waits for them. One sleeps and has a name that tries to break out of whatever shows it; the other
 * one computes, is stopped once, and is never seen to end. */
#ifndef TRACE_SAMPLE_H
#define TRACE_SAMPLE_H

#include "trace.h"

/* The lines of it; %s is the name of task 2, as it stands in JSON. */
extern const char trace_sample_format[];

#define HOSTILE_NAME "</script><img src=x>\\u001b[2J&"

/* Reads the sample, with task 2 called so. */
struct trace trace_sample(const char *name);

#endif
