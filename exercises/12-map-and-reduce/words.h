/* words.h - the exercise of lesson 12: count the words of a library, on all procs.
 *
 * You read this file and complete words.c. A library wants to know how often each word stands in
 * its books. All forms of a word (count, counts, counted) are one: they have the same stem. Finding
 * the stem of each word is the *map*; adding up how often each stem was found is the *reduce*.
 *
 * The harness runs count_words() once, in the main task. You may take every allocation,
 * rt_chan_new and rt_go to succeed. */
#ifndef WORDS_H
#define WORDS_H

#include <stdint.h>

#include "rt.h"

/* The stems are the numbers 0 .. STEMS - 1. A few of them are very frequent, as in any language. A
 * table with a count for each is 64 KiB: too large for a task's stack, so take it from the heap. */
#define STEMS 8192

/* The stem of the word at this place of the text. Given: it lies in harness.c. It only computes,
 * and any number of tasks may call it at once.
 *
 * It takes from a few nanoseconds for a short word to some 100 for a long one. The first half of
 * the books are for children, and have short words; the second half are law. */
int stem_at(int place);

/* Counts the words at the places 0 .. length - 1: afterwards counts[s] is how many of them have the
 * stem s, for each of the STEMS stems. Yours to write. It shares the work among tasks such that
 * `workers` procs are busy to the end, and leaves no task when it returns. How many tasks you start
 * is up to you.
 *
 * `length` and `workers` are at least 1. The caller owns `counts`; it is all zero when this is
 * called. */
void count_words(int length, int64_t *counts, int workers);

#endif
