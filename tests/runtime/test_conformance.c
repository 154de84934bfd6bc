/* test_conformance.c - runs the table of Go's rules (conformance.h), each row in a process of its
 * own, at several numbers of procs. With --print it prints the outcomes instead, which
 * conformance/compare holds beside those of Go. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "conformance.h"
#include "rt.h"
#include "run.h"

static const struct row *const parts[] = {conformance_of_channels, conformance_of_select,
                                          conformance_of_sync, conformance_of_tasks};

/* The row that the next child runs. */
static const struct row *chosen;

/* The row with this number in the whole table; NULL past its end. */
static const struct row *row_at(int index)
{
    for (size_t part = 0; part < sizeof parts / sizeof parts[0]; part++) {
        for (const struct row *row = parts[part]; row->name; row++) {
            if (index-- == 0)
                return row;
        }
    }
    return NULL;
}

static int count_rows(void)
{
    int count = 0;

    while (row_at(count))
        count++;
    return count;
}

static void run_chosen(void *arg)
{
    (void)arg;
    chosen->run();
}

static void append_end(struct child *child, char *outcome, size_t size)
{
    size_t length = strlen(outcome);

    if (child->timed_out)
        snprintf(outcome + length, size - length, "(hangs)");
    else if (child->status == RT_EXIT_MISUSE)
        snprintf(outcome + length, size - length, "panic");
    else if (child->status == RT_EXIT_DEADLOCK)
        snprintf(outcome + length, size - length, "deadlock");
    else if (child->status != 0)
        snprintf(outcome + length, size - length, "(exit status %d)", child->status);
}

/* Runs a row with this setting of RT_PROCS. Returns its outcome in a static buffer. */
static const char *outcome_of(const struct row *row, const char *setting)
{
    static struct child child;
    static char outcome[CHILD_OUTPUT_BYTES + 32];
    size_t length;

    chosen = row;
    child_run(&child, run_chosen, (const char *[]){setting, NULL});
    memcpy(outcome, child.out, sizeof child.out);
    append_end(&child, outcome, sizeof outcome);
    length = strlen(outcome);
    if (length > 0 && outcome[length - 1] == ' ')
        outcome[length - 1] = '\0';
    return outcome;
}

START_TEST(each_rule_of_go_holds)
{
    const struct row *row = row_at(_i / RUN_PROCS);
    const char *setting = run_procs_environment[_i % RUN_PROCS];
    const char *outcome = outcome_of(row, setting);

    ck_assert_msg(strcmp(outcome, row->outcome) == 0, "%s with %s: \"%s\" is not \"%s\"\nGo: %s",
                  row->name, setting, outcome, row->outcome, row->rule);
}
END_TEST

START_TEST(each_name_is_in_the_table_once)
{
    for (int i = 0; row_at(i); i++) {
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(row_at(i)->name, row_at(j)->name);
    }
}
END_TEST

static int print_outcomes(void)
{
    for (int i = 0; row_at(i); i++)
        printf("%s: %s\n", row_at(i)->name, outcome_of(row_at(i), "RT_PROCS=2"));
    return 0;
}

int main(int argc, char **argv)
{
    TCase *tests = tcase_create("conformance");

    if (argc == 2 && strcmp(argv[1], "--print") == 0)
        return print_outcomes();
    tcase_add_loop_test(tests, each_rule_of_go_holds, 0, count_rows() * RUN_PROCS);
    tcase_add_test(tests, each_name_is_in_the_table_once);
    return run_tests("conformance", tests);
}
