/* sorts.c - sorts with qsort() and finds with bsearch(). */
#include <string.h>

#include "honest.h"

static int compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void main_task(void *unused)
{
    (void)unused;
    static int numbers[100000];
    unsigned state = 1;
    for (int i = 0; i < 100000; i++)
        numbers[i] = (int)((state = state * 1103515245 + 12345) >> 8);
    qsort(numbers, 100000, sizeof *numbers, compare);
    for (int i = 1; i < 100000; i++)
        must(numbers[i - 1] <= numbers[i], "qsort");
    must(bsearch(&numbers[777], numbers, 100000, sizeof *numbers, compare) != NULL, "bsearch");
}

int main(void)
{
    return run_as_task(main_task);
}
