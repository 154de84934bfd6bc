/* speaker.h - runs of a program that speaks the grader's protocol by hand (programs/speaker.c), one
 * binary under many names, under small limits. */
#ifndef SPEAKER_H
#define SPEAKER_H

#include "run.h"

/* How it is run next: speaker_set_up() makes it procs=1, seed 42, and the limits of a small
 * exercise. */
extern struct run_request speaker_request;
extern struct limits speaker_limits;
extern struct cpus speaker_cpus;
void speaker_set_up(void);

/* Compiles it into a folder of its own; removes that. Outside of tests. */
void speaker_make(void);
void speaker_remove(void);

/* A path in that folder, owned. */
char *speaker_path(const char *name);

/* The binary under this name: its path, owned. */
char *speaker_named(const char *name);

/* Runs it under this name; the caller releases the run. */
struct run speaker_run(const char *name);

#endif
