/* test_trace.c - tests of runtime/trace.c: the file that RT_TRACE=FILE leaves. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

static struct child child;
static char path[] = "/tmp/barista-trace-XXXXXX";
static char setting[64];

static void path_make(void)
{
    close(mkstemp(path));
    snprintf(setting, sizeof setting, "RT_TRACE=%s", path);
}

static void path_remove(void)
{
    unlink(path);
    strcpy(path + strlen(path) - 6, "XXXXXX");
}

/* The whole file; the caller frees it. */
static char *contents(void)
{
    FILE *file = fopen(path, "r");
    size_t bytes;
    char *text;

    ck_assert_ptr_nonnull(file);
    fseek(file, 0, SEEK_END);
    bytes = (size_t)ftell(file);
    rewind(file);
    text = calloc(1, bytes + 1);
    ck_assert_uint_eq(fread(text, 1, bytes, file), bytes);
    fclose(file);
    return text;
}

static int count(const char *text, const char *part)
{
    int found = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        found++;
    return found;
}

static int count_char(const char *text, char c)
{
    int found = 0;

    for (; *text != '\0'; text++)
        found += *text == c;
    return found;
}

static bool somebody_waited(void)
{
    struct rt_stats stats;
    int64_t parks = 0;

    rt_stats_get(&stats);
    for (int wait = 0; wait < RT_STATS_WAITS; wait++)
        parks += stats.parks[wait];
    return parks > 0;
}

/* Not before it was waited for. */
static void answer(void *channel)
{
    rt_set_name("clerk \"A\"");
    while (!somebody_waited())
        rt_yield();
    ints_send(channel, 1);
}

static void ask(void *arg)
{
    rt_chan *answers = ints_new(0);

    (void)arg;
    start(answer, answers);
    start(answer, answers);
    ints_recv(answers);
    ints_recv(answers);
    yield_until_tasks(1);
    rt_chan_free(answers);
}

START_TEST(trace_shows_who_ran_and_what_for_it_waited)
{
    char *text;

    child_run(&child, ask, (const char *[]){setting, run_procs_environment[_i], NULL});
    ck_assert_int_eq(child.status, 0);
    text = contents();
    ck_assert(strncmp(text, "{\"traceEvents\":[\n", 17) == 0);
    ck_assert_int_eq(count(text, "\"droppedEvents\":0}"), 1);
    ck_assert_int_eq(count(text, "\"name\":\"spawn\""), 2);
    ck_assert_int_ge(count(text, "\"name\":\"task 1 main\""), 1);
    ck_assert_int_ge(count(text, "receive from `c` at tests/runtime/ints.h:"), 1);
    ck_assert_int_eq(count(text, "\"then\":\"ends\""), 3);
    /* A name with quotes in it does not break the file. */
    ck_assert_int_ge(count(text, "clerk \\\"A\\\""), 1);
    ck_assert_int_eq(count_char(text, '{'), count_char(text, '}'));
    free(text);
}
END_TEST

static void wait_for_ever(void *arg)
{
    (void)arg;
    rt_chan_recv(NULL, NULL);
}

START_TEST(trace_is_written_when_a_report_ends_the_program)
{
    char *text;

    child_run(&child, wait_for_ever, (const char *[]){setting, NULL});
    ck_assert_int_eq(child.status, RT_EXIT_DEADLOCK);
    text = contents();
    ck_assert_int_eq(count(text, "\"droppedEvents\":0}"), 1);
    ck_assert_int_ge(count(text, "receive from the NULL channel"), 1);
    free(text);
}
END_TEST

START_TEST(file_that_cannot_be_written_is_said_and_the_program_runs)
{
    child_run(&child, ask, (const char *[]){"RT_TRACE=/nowhere/at/all", NULL});
    ck_assert_int_eq(child.status, 0);
    ck_assert_int_eq(count_reported(&child, "RT_TRACE: cannot write /nowhere/at/all"), 1);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("trace");

    tcase_add_checked_fixture(tests, path_make, path_remove);
    tcase_add_loop_test(tests, trace_shows_who_ran_and_what_for_it_waited, 0, RUN_PROCS);
    tcase_add_test(tests, trace_is_written_when_a_report_ends_the_program);
    tcase_add_test(tests, file_that_cannot_be_written_is_said_and_the_program_runs);
    return run_tests("trace", tests);
}
