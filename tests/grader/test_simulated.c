/* Tests of grader/simulated.c: what a program may write as the result of its simulation. */
#include "simulated.h"

#include <check.h>
#include <stdlib.h>

#include "text.h"

#define LOCK                                                                                       \
    "{\"object\": \"\\u001b[2J\", \"at\": \"a.c:1\\nPASS\", \"first_at\": \"a.c:2\","              \
    " \"held_ps\": 1, \"taken\": 2, \"contended\": 1}"

/* The result of two procs that computed all the time, with so many locks. */
static bool read_with(int locks, struct simulated_run *run)
{
    char *list = string_copy(locks > 0 ? LOCK : "");
    for (int i = 1; i < locks; i++) {
        char *longer = string_format("%s, " LOCK, list);
        free(list);
        list = longer;
    }
    char *text = string_format(
        "{\"procs\": 2, \"time_ps\": 5, \"span_ps\": 5, \"sleeps\": 0, \"slept_ps\": 0,"
        " \"any_slept_ps\": 0, \"tasks\": 1, \"switches\": 0, \"steals\": 0, \"stops\": 0,"
        " \"spent_ps\": {\"user\": 10, \"scheduler\": 0, \"search\": 0, \"blocked\": 0,"
        " \"idle_latency\": 0, \"idle_lock\": 0, \"idle_wait\": 0, \"idle_little\": 0},"
        " \"places\": [], \"locks\": [%s]}",
        list);
    bool ok = simulated_read(text, 2, run);
    free(text);
    free(list);
    return ok;
}

START_TEST(a_name_is_one_line_fit_to_print)
{
    struct simulated_run run;
    ck_assert(read_with(1, &run));
    ck_assert_str_eq(run.locks[0].object, "\\x1b[2J");
    ck_assert_str_eq(run.locks[0].place, "a.c:1");
    simulated_release(&run);
}
END_TEST

/* For each of them the program may be run without it. */
START_TEST(more_locks_than_the_runtime_writes_are_no_result)
{
    struct simulated_run run;
    ck_assert(read_with(5, &run));
    simulated_release(&run);
    ck_assert(!read_with(500, &run));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulated");
    TCase *tests = tcase_create("simulated");

    tcase_add_test(tests, a_name_is_one_line_fit_to_print);
    tcase_add_test(tests, more_locks_than_the_runtime_writes_are_no_result);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
