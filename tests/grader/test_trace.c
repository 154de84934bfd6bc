/* Tests of grader/trace.c: what tasks did, from what the runtime recorded. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "trace.h"
#include "trace_sample.h"

static struct trace trace;

static void read_sample(void)
{
    trace = trace_sample("nap");
}

static void release(void)
{
    trace_release(&trace);
}

static void check_stretch(size_t task, size_t i, enum activity activity, int64_t from_us,
                          int64_t to_us)
{
    ck_assert_uint_lt(i, trace.tasks[task].count);
    const struct trace_stretch *stretch = &trace.tasks[task].stretches[i];
    ck_assert_int_eq(stretch->activity, activity);
    ck_assert_int_eq(stretch->from_ns, from_us * 1000);
    ck_assert_int_eq(stretch->to_ns, to_us * 1000);
}

START_TEST(tasks_have_names_and_the_run_its_length)
{
    ck_assert_uint_eq(trace.tasks_count, 3);
    ck_assert_str_eq(trace.tasks[0].name, "main");
    ck_assert_str_eq(trace.tasks[1].name, "nap");
    ck_assert_int_eq(trace.tasks[2].id, 3);
    ck_assert_int_eq(trace.procs, 2);
    ck_assert_int_eq(trace.end_ns, 100000);
}
END_TEST

START_TEST(a_task_is_ready_from_its_spawn_and_waits_until_it_is_made_ready)
{
    check_stretch(1, 0, TASK_READY, 1, 4);
    check_stretch(1, 1, TASK_RUNS, 4, 5);
    check_stretch(1, 2, TASK_WAITS, 5, 60);
    check_stretch(1, 3, TASK_READY, 60, 70);
    check_stretch(1, 4, TASK_RUNS, 70, 80);
    ck_assert_uint_eq(trace.tasks[1].count, 5);
}
END_TEST

START_TEST(a_task_that_is_never_made_ready_is_blocked_to_the_end)
{
    check_stretch(0, 0, TASK_RUNS, 0, 3);
    check_stretch(0, 1, TASK_BLOCKED, 3, 100);
    const struct trace_wait *wait = &trace.waits[trace.tasks[0].stretches[1].wait];
    ck_assert_str_eq(wait->what, "wait group");
    ck_assert_str_eq(wait->object, "done");
    ck_assert_str_eq(wait->at, "m.c:9");
    ck_assert_int_eq(wait->ns, 97000);
    ck_assert_int_eq(wait->count, 1);
}
END_TEST

START_TEST(a_task_that_was_stopped_is_ready)
{
    check_stretch(2, 1, TASK_RUNS, 10, 50);
    check_stretch(2, 2, TASK_READY, 50, 60);
    check_stretch(2, 3, TASK_RUNS, 60, 100);
    ck_assert_int_eq(trace.tasks[2].stretches[3].proc, 1);
}
END_TEST

START_TEST(all_time_is_counted)
{
    ck_assert_int_eq(trace.ns[TASK_RUNS], (3 + 1 + 10 + 40 + 40) * 1000);
    ck_assert_int_eq(trace.ns[TASK_READY], (3 + 10 + 8 + 10) * 1000);
    ck_assert_int_eq(trace.ns[TASK_WAITS], 55000);
    ck_assert_int_eq(trace.ns[TASK_BLOCKED], 97000);
}
END_TEST

START_TEST(the_time_of_all_procs_is_accounted_for)
{
    int64_t sum = 0;
    ck_assert(trace.accounted);
    for (int i = 0; i < ACCOUNTS_COUNT; i++)
        sum += trace.account_ns[i];
    ck_assert_int_eq(sum, trace.procs * trace.end_ns);
    ck_assert_int_eq(trace.account_ns[ACCOUNT_os], 5000);
}
END_TEST

START_TEST(a_hostile_name_does_nothing_to_a_terminal)
{
    struct trace hostile = trace_sample(HOSTILE_NAME);
    ck_assert_ptr_null(strchr(hostile.tasks[1].name, '\033'));
    ck_assert_ptr_nonnull(strstr(hostile.tasks[1].name, "\\x1b"));
    trace_release(&hostile);
}
END_TEST

/* Each is the sample with one thing in it replaced. */
static const struct {
    const char *good, *bad;
} damages[] = {
    {"{\"traceEvents\":[", "{\"events\":["},
    {"\"tid\":0,\"ts\":0.000", "\"tid\":256,\"ts\":0.000"},
    {"\"ts\":0.000", "\"ts\":-1.000"},
    {"\"ts\":70.000", "\"ts\":1e300"},
    {"\"dur\":3.000", "\"dur\":\"3\""},
    {"\"id\":3,\"then\"", "\"id\":0,\"then\""},
    {"\"then\":\"ends\"", "\"than\":\"ends\""},
    {"\"args\":{\"id\":2,\"task\"", "\"argo\":{\"id\":2,\"task\""},
    {"],\"ledger\"", "],"},
    {"\"endUs\"", "\"end\""},
    {"{\"ph\":\"M\"", "{\"ph\":\"M\"}{"},
};

START_TEST(anything_else_is_refused)
{
    char *text = string_format(trace_sample_format, "nap", "nap");
    char *at = strstr(text, damages[_i].good);
    ck_assert_ptr_nonnull(at);
    *at = '\0';
    char *damaged = string_format("%s%s%s", text, damages[_i].bad, at + strlen(damages[_i].good));
    struct trace none;
    ck_assert_msg(!trace_read(damaged, &none), "%s", damages[_i].bad);
    ck_assert_ptr_null(none.tasks);
    free(damaged);
    free(text);
}
END_TEST

START_TEST(a_trace_that_was_cut_off_is_refused)
{
    char *text = string_format(trace_sample_format, "nap", "nap");
    for (size_t length = strlen(text) - 2; length > 0; length -= length > 40 ? 37 : 1) {
        char *part = string_format("%.*s", (int)length, text);
        struct trace none;
        ck_assert_msg(!trace_read(part, &none), "%zu bytes", length);
        free(part);
    }
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trace");
    TCase *tests = tcase_create("trace");
    tcase_add_checked_fixture(tests, read_sample, release);
    tcase_add_test(tests, tasks_have_names_and_the_run_its_length);
    tcase_add_test(tests, a_task_is_ready_from_its_spawn_and_waits_until_it_is_made_ready);
    tcase_add_test(tests, a_task_that_is_never_made_ready_is_blocked_to_the_end);
    tcase_add_test(tests, a_task_that_was_stopped_is_ready);
    tcase_add_test(tests, all_time_is_counted);
    tcase_add_test(tests, the_time_of_all_procs_is_accounted_for);
    tcase_add_test(tests, a_hostile_name_does_nothing_to_a_terminal);
    tcase_add_loop_test(tests, anything_else_is_refused, 0,
                        (int)(sizeof damages / sizeof *damages));
    tcase_add_test(tests, a_trace_that_was_cut_off_is_refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
