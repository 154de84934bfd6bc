/* answer.c - compares answers, and runs the answer check.
 *
 * Each input is new, so no submission can know its answer beforehand, and each is run on one
 * proc before it is run on N: what is right on one and wrong on many is a race, and the student
 * should know. The runtime reports tasks that never end, so a submission that forgets one fails
 * here. */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "printable.h"
#include "seed.h"

/* So much of a line is shown: with its label it fits a terminal of 80 columns. */
#define SHOWN_MOST 50
/* A longer line is cut so that this much stands before the place where it differs. */
#define SHOWN_BEFORE 20

/* A line inside a text. */
struct line {
    const char *text; /* NULL: the text has ended */
    size_t length;
};

static struct line next_line(const char **rest)
{
    struct line line = {NULL, 0};
    if (**rest == '\0')
        return line;
    line.text = *rest;
    line.length = strcspn(line.text, "\n");
    *rest += line.length + (line.text[line.length] == '\n');
    return line;
}

static bool same_line(struct line a, struct line b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static size_t first_difference(struct line a, struct line b)
{
    size_t i = 0;
    while (i < a.length && i < b.length && a.text[i] == b.text[i])
        i++;
    return i;
}

/* How much of both lines is left out at the start, so that their first difference is to be seen,
 * and stands at the same place in both. */
static size_t cut_before(struct line a, struct line b)
{
    size_t place = a.text && b.text ? first_difference(a, b) : 0;
    bool long_one = a.length > SHOWN_MOST || b.length > SHOWN_MOST;
    return long_one && place > SHOWN_BEFORE ? place - SHOWN_BEFORE : 0;
}

/* A copy from the byte `from` on that is fit to print. */
static char *shown(struct line line, size_t from)
{
    if (!line.text)
        return NULL;
    size_t length = line.length - from < SHOWN_MOST ? line.length - from : SHOWN_MOST;
    char *text = printable(line.text + from, length);
    char *cut = string_format("%s%s%s", from > 0 ? "..." : "", text,
                              from + length < line.length ? "..." : "");
    free(text);
    return cut;
}

bool answer_same(const char *expected, const char *actual, struct difference *difference)
{
    *difference = (struct difference){0};
    for (int number = 1;; number++) {
        struct line e = next_line(&expected), a = next_line(&actual);
        if (!e.text && !a.text)
            return difference->line == 0;
        if (e.text && a.text && same_line(e, a)) {
            difference->matching++;
        } else if (difference->line == 0) {
            size_t from = cut_before(e, a);
            difference->line = number;
            difference->expected = shown(e, from);
            difference->actual = shown(a, from);
        }
    }
}

static void take_printed(struct run *run, char **printed)
{
    if (run->printed && *run->printed) {
        free(*printed);
        *printed = run->printed;
        run->printed = NULL;
    }
}

/* One run of the submission on an input. *right says whether the check may go on. */
static bool try_once(const struct trial *trial, uint64_t seed, int procs, const struct run *oracle,
                     struct check_result *result, char **printed, bool *right, FILE *errors)
{
    struct run run = {0};
    bool ran = trial_submission(trial, seed, procs, true, &run, errors);
    if (ran) {
        *right = trial_judge(trial, seed, procs, procs > 1, &run, oracle, result);
        if (!*right || !*printed)
            take_printed(&run, printed);
    }
    run_release(&run);
    return ran;
}

/* One input: the oracle, then the submission on one proc and on N. */
static bool try_input(const struct trial *trial, uint64_t seed, struct check_result *result,
                      char **printed, bool *right, FILE *errors)
{
    struct run oracle = {0};
    bool ran = trial_oracle(trial, seed, &oracle, errors) &&
               try_once(trial, seed, 1, &oracle, result, printed, right, errors);
    if (ran && *right && trial->procs > 1)
        ran = try_once(trial, seed, trial->procs, &oracle, result, printed, right, errors);
    run_release(&oracle);
    return ran;
}

bool answer_check(const struct trial *trial, uint64_t seed, struct check_result *result,
                  char **printed, FILE *errors)
{
    bool right = true;
    for (int i = 0; i < trial->check->seeds && right; i++)
        if (!try_input(trial, seed_next(&seed), result, printed, &right, errors))
            return false;
    if (right)
        check_settle(result, STATUS_PASS, REASON_NONE,
                     explain_right_answers(trial->check->seeds, trial->procs));
    return true;
}
