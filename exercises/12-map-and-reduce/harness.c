/* harness.c - has the submission of lesson 12 count the words of a text that is new to it, and
 * answers with the counts.
 *
 * Input: `words`, how many; `letters`, how long a word of the second half is at most, in steps of
 * computing. A word of the first half is one step long.
 *
 * The text is nowhere in memory: the word at a place is computed from the place, so that making the
 * text takes no time that would count. Equal parts of the text are far from equal work, because the
 * second half costs several times as much as the first. */
#include <stdlib.h>

#include "exercise.h"
#include "words.h"

/* The answer has a line for each of the most frequent stems, and for each block of the others. */
#define FREQUENT 16
#define BLOCK 512

/* Set before the submission is called and only read afterwards. */
static int words;
static int64_t letters;
static uint64_t text; /* which of the 2^64 texts */

/* The text is split where the long words begin. A long word has half to all of `letters`. */
static int64_t letters_of(int place, uint64_t word)
{
    if (place < words / 2)
        return 1;
    return letters / 2 + (int64_t)(word >> 33) % (letters / 2 + 1);
}

/* A stem is one of the first 2^b, where each b from 0 to 13 is as likely as any other. So stem 0 is
 * every seventh word, and the upper half of all stems together every 28th. */
static int stem_of(uint64_t x)
{
    unsigned bits = (unsigned)((x >> 40) % 14);

    return (int)(x >> 8 & ((UINT64_C(1) << bits) - 1));
}

int stem_at(int place)
{
    uint64_t x = text + (uint64_t)place * UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    for (int64_t n = letters_of(place, x); n > 0; n--)
        x = (x ^ (x >> 29)) * UINT64_C(0x94d049bb133111eb) + 1;
    return stem_of(x);
}

/* The counts of the stems first .. end - 1 in one number that changes when two of them are
 * swapped. */
static uint64_t digest(const int64_t *counts, int first, int end)
{
    uint64_t x = 0;

    for (int stem = first; stem < end; stem++)
        x = x * UINT64_C(6364136223846793005) + (uint64_t)counts[stem];
    return x;
}

/* The counts are static: the tasks of a wrong submission may still use them when this ends. */
void harness(void)
{
    static int64_t counts[STEMS];
    int64_t total = 0;

    words = (int)input_get("words");
    letters = input_get("letters");
    text = input_random();

    count_words(words, counts, rt_procs(0));

    for (int stem = 0; stem < STEMS; stem++)
        total += counts[stem];
    answer_line("%lld words", (long long)total);
    for (int stem = 0; stem < FREQUENT; stem++)
        answer_line("stem %2d: %lld times", stem, (long long)counts[stem]);
    for (int stem = FREQUENT; stem < STEMS; stem += BLOCK) {
        int end = stem + BLOCK < STEMS ? stem + BLOCK : STEMS;
        answer_line("stems %d to %d: %016llx", stem, end - 1,
                    (unsigned long long)digest(counts, stem, end));
    }
}
