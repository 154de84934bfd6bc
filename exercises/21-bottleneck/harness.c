/* harness.c - has the submission of lesson 21 close the books of a year that is new to it.
 *
 * Input: `stage`, 1 to 3, or 0 for all three, one after the other; `receipts`, `bookings` and `pages`, how many of each;
 * `page_steps`, what the last page costs.
 *
 * All that is computed depends on the year and the item's number, so nothing lies in memory that would
 * have to be made first. */
#include <inttypes.h>
#include <stdlib.h>

#include "closing.h"
#include "exercise.h"

/* In steps of some 1.6 ns, each of which needs the one before. */
#define RECEIPT_STEPS 16
#define BOOKING_STEPS 600

/* Set before the submission is called and only read afterwards. */
static uint64_t year;
static int64_t receipts;
static int bookings, pages;
static int64_t page_steps;

static uint64_t chain(uint64_t x, int64_t steps)
{
    for (int64_t i = 0; i < steps; i++)
        x = (x ^ (x >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + 1;
    return x;
}

/* Numbers that are no item of this year give something, too, so that a mistake shows in the answer. */
uint64_t receipt_cents(int64_t receipt)
{
    return receipt < 0 || receipt >= receipts
               ? 1
               : chain(year ^ (uint64_t)receipt, RECEIPT_STEPS) >> 48;
}

int account_of(int booking)
{
    return booking < 0 || booking >= bookings
               ? 0
               : (int)(chain(year + (uint64_t)booking, BOOKING_STEPS) >> 33) % ACCOUNTS;
}

/* With the square of its number: the first half of the pages is an eighth of the work. */
uint64_t typeset_page(int page)
{
    return page < 0 || page >= pages
               ? 0
               : chain(year - (uint64_t)page, page_steps * page / pages * page / pages + 1);
}

static void answer_receipts(void)
{
    answer_line("receipts: %" PRIu64 " cents", add_up_receipts(receipts, rt_procs(0)));
}

/* Static, as the tasks of a wrong submission may still use them when this ends. */
static void answer_bookings(void)
{
    static int64_t counts[ACCOUNTS];

    count_bookings(bookings, counts, rt_procs(0));
    for (int account = 0; account < ACCOUNTS; account++)
        answer_line("account %2d: %" PRId64 " bookings", account, counts[account]);
}

static void answer_report(void)
{
    uint64_t *report = calloc((size_t)pages, sizeof *report);

    if (report == NULL)
        exit(EXERCISE_EXIT_LESSON);
    typeset_report(pages, report, rt_procs(0));
    for (int page = 0; page < pages; page++)
        answer_line("page %3d: %016" PRIx64, page, report[page]);
}

void harness(void)
{
    int64_t stage = input_get("stage");

    year = input_random();
    receipts = input_get("receipts");
    bookings = (int)input_get("bookings");
    pages = (int)input_get("pages");
    page_steps = input_get("page_steps");
    if (stage == 0 || stage == 1)
        answer_receipts();
    if (stage == 0 || stage == 2)
        answer_bookings();
    if (stage == 0 || stage == 3)
        answer_report();
}
