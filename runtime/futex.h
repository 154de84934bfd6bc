/* futex.h - sleep until a word in memory changes: the one thing that threads sleep on
 * (futex(2)). */
#ifndef RT_FUTEX_H
#define RT_FUTEX_H

#include <stdatomic.h>
#include <stdint.h>

/* Sleeps while *word == expected, at most `timeout_ns` (negative: no limit). May return early for
 * no reason: the caller looks again. Keeps errno. */
void rt__futex_wait(_Atomic(uint32_t) *word, uint32_t expected, int64_t timeout_ns);

/* Wakes up to `count` threads that sleep on `word`. Never touches *word itself. Keeps errno. */
void rt__futex_wake(_Atomic(uint32_t) *word, int count);

#endif
