/* Wrong: a plain loop. Every count is right, and a second CPU changes nothing. */
#include "words.h"

void count_words(int length, int64_t *counts, int workers)
{
    (void)workers;
    for (int place = 0; place < length; place++)
        counts[stem_at(place)]++;
}
