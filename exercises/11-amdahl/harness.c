/* harness.c - has the submission of lesson 11 print a statement that is new to it, and answers with
 * what came out of the printer, page by page.
 *
 * Input: `pages`, how many; `work`, the cost of an average page in thousands of steps. A page costs
 * half to one and a half times as much. Its parts have fixed shares, so that the share of the time
 * that is serial is that of the functions which a submission calls one after the other, and nothing
 * else.
 *
 * Each function walks a chain of steps, each of which needs the one before, so the only way to its
 * result is to walk the chain. A typeset page shows its number and its balance: a page that was
 * printed in the wrong place, twice or with another balance, differs. */
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "statement.h"

/* The parts of a page that costs PARTS; printing comes on top, and is all that must be serial. */
#define PARTS 4
#define PARTS_OF_ADDING 2
#define PRINTING 2000 /* printing a page costs a 2000th of an average page */

#define LARGEST_TOTAL 100000 /* of a page, in cents; the smallest is the same below zero */

/* Set before the first call of a submission's function and only read afterwards. Never freed: the
 * tasks of a wrong submission may still use them when harness() ends. */
static int pages;
static int64_t steps_of_page;
static uint64_t *seeds;

/* What came out of the printer. The flag is set while it prints. Setting it acquires and clearing
 * it releases: so a submission in which several tasks print, in turns, is seen right, too. */
static uint64_t *printed;
static int printed_count;
static atomic_flag printing = ATOMIC_FLAG_INIT;
static atomic_bool torn; /* two tasks printed at once; relaxed: read after all is done */

static uint64_t chain(uint64_t x, int64_t steps)
{
    for (int64_t i = 0; i < steps; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    return x;
}

/* The steps of one of the PARTS of a page. */
static int64_t steps_of_part(int page)
{
    return steps_of_page / PARTS * (int64_t)(512 + seeds[page] % 1024) / 1024;
}

uint64_t read_bookings(int page)
{
    return chain(seeds[page], steps_of_part(page));
}

int64_t add_up(int page, uint64_t bookings)
{
    uint64_t sum = chain(bookings, PARTS_OF_ADDING * steps_of_part(page));

    return (int64_t)(sum % (2 * LARGEST_TOTAL + 1)) - LARGEST_TOTAL;
}

uint64_t typeset(int page, int64_t balance)
{
    return chain(seeds[page] ^ (uint64_t)balance, steps_of_part(page));
}

void print_page(uint64_t typeset_page)
{
    if (atomic_flag_test_and_set_explicit(&printing, memory_order_acquire)) {
        atomic_store_explicit(&torn, true, memory_order_relaxed);
        return;
    }
    if (printed_count < pages)
        printed[printed_count] = chain(typeset_page, steps_of_page / PRINTING);
    printed_count++;
    atomic_flag_clear_explicit(&printing, memory_order_release);
}

void harness(void)
{
    pages = (int)input_get("pages");
    steps_of_page = 1000 * input_get("work");
    seeds = calloc((size_t)pages, sizeof *seeds);
    printed = calloc((size_t)pages, sizeof *printed);
    if (seeds == NULL || printed == NULL)
        exit(EXERCISE_EXIT_LESSON);
    for (int page = 0; page < pages; page++)
        seeds[page] = input_random();

    print_statement(pages, rt_procs(0));

    answer_line("%d pages%s", printed_count,
                atomic_load_explicit(&torn, memory_order_relaxed) ? ", two printed at once" : "");
    for (int page = 0; page < pages; page++)
        answer_line("page %3d  %016llx", page, (unsigned long long)printed[page]);
}
