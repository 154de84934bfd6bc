/* hello.h - exercise 00: two speakers, one task each. Read it, do not change it.
 *
 * You complete speak_both() in hello.c. The harness gives you the speakers and say(). */
#ifndef HELLO_H
#define HELLO_H

#include "rt.h"

/* Somebody who has a number of words to say, with a pause before each of them. Only the functions
 * below know what is in it. There are two speakers, `hello` and `world`. */
struct speaker;

/* How many words this speaker has to say. */
int words_of(const struct speaker *who);

/* Says the next word of this speaker: pauses first (20 ms for hello, 30 ms for world when the shape
 * is measured), then says it. Blocks the calling task for that pause; other tasks run meanwhile.
 *
 * A speaker has one mouth: while one task is in say() for a speaker, no other task may call say()
 * for the same one. Two different speakers may well speak at once. */
void say(struct speaker *who);

/* You write this one.
 *
 * Lets both speakers say all their words, each its own in order, and returns when both are done.
 * They must speak at the same time: while one pauses, the other goes on. So the whole takes as long
 * as the slower speaker alone, not as long as both together. */
void speak_both(struct speaker *hello, struct speaker *world);

#endif
