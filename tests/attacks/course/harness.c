/* harness.c - draws numbers and answers with what the submission makes of them. */
#include <stdlib.h>

#include "attacked.h"
#include "exercise.h"

void harness(void)
{
    int count = (int)input_get("count");
    uint64_t *numbers = calloc((size_t)count, sizeof *numbers);
    uint64_t *mixed = calloc((size_t)count, sizeof *mixed);

    if (!numbers || !mixed)
        exit(EXERCISE_EXIT_LESSON);
    for (int i = 0; i < count; i++)
        numbers[i] = input_random();
    mix(numbers, mixed, count);
    for (int i = 0; i < count; i++)
        answer_line("%016llx", (unsigned long long)mixed[i]);
}
