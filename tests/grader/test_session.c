/* Tests of grader/run.c and grader/session.c: programs that run at the same time. */
#include "speaker.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool run_two(const char *first, const char *second, struct run runs[2], FILE *errors)
{
    struct run_request requests[] = {speaker_request, speaker_request};

    requests[0].program = first;
    requests[1].program = second;
    requests[1].seed = requests[0].seed + 1;
    return run_programs(requests, runs, 2, errors);
}

static void run_two_speakers(const char *first, const char *second, struct run runs[2])
{
    char *paths[] = {speaker_named(first), speaker_named(second)};

    ck_assert(run_two(paths[0], paths[1], runs, stderr));
    free(paths[0]);
    free(paths[1]);
}

static void expect_runs(struct run runs[2], enum reason first, enum reason second)
{
    ck_assert_str_eq(reason_code(runs[0].reason), reason_code(first));
    ck_assert_str_eq(reason_code(runs[1].reason), reason_code(second));
}

static void release_runs(struct run runs[2])
{
    run_release(&runs[0]);
    run_release(&runs[1]);
}

/* Neither answers before the other runs. */
START_TEST(two_programs_run_at_the_same_time_and_each_has_its_own_answer)
{
    struct run runs[2];

    char *meeting = speaker_path("meeting");

    ck_assert_int_eq(mkfifo(meeting, 0600), 0);
    run_two_speakers("meets-reader", "meets-writer", runs);
    expect_runs(runs, REASON_NONE, REASON_NONE);
    ck_assert_str_eq(runs[0].answer, "seed 42\njobs 64\ngo\n");
    ck_assert_str_eq(runs[1].answer, "seed 43\njobs 64\ngo\n");
    release_runs(runs);
    free(meeting);
}
END_TEST

START_TEST(one_that_goes_wrong_is_stopped_alone)
{
    struct run runs[2];

    run_two_speakers("fills-memory", "answers-large", runs);
    expect_runs(runs, REASON_MEMORY_LIMIT, REASON_NONE);
    ck_assert_uint_eq(strlen(runs[1].answer), 3 << 20);
    release_runs(runs);

    run_two_speakers("answers", "exits-0", runs);
    expect_runs(runs, REASON_NONE, REASON_CRASH);
    release_runs(runs);
}
END_TEST

START_TEST(what_both_left_behind_is_killed)
{
    struct run runs[2];

    run_two_speakers("leaves-child", "leaves-daemon", runs);
    for (int i = 0; i < 2; i++) {
        pid_t left = (pid_t)atoi(runs[i].printed);
        ck_assert_int_gt(left, 1);
        ck_assert_int_eq(kill(left, 0), -1);
    }
    release_runs(runs);
}
END_TEST

/* The one that runs already would never end by itself. */
START_TEST(if_one_can_not_start_the_other_is_ended)
{
    struct run runs[2];
    char *text = NULL, *path = speaker_named("never-answers");
    size_t size;
    FILE *errors = open_memstream(&text, &size);
    int before = open("/dev/null", O_RDONLY);

    speaker_limits.wall_s = 1000;
    ck_assert(!run_two(path, "/nowhere/program", runs, errors));
    int after = open("/dev/null", O_RDONLY);
    fclose(errors);
    ck_assert_ptr_nonnull(strstr(text, "cannot start /nowhere/program"));
    ck_assert_int_eq(after, before + 1);
    expect_runs(runs, REASON_NONE, REASON_NONE);
    ck_assert_ptr_null(runs[0].printed);
    release_runs(runs);
    free(path);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("session");
    TCase *tests = tcase_create("at the same time");

    tcase_add_checked_fixture(tests, speaker_set_up, NULL);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, two_programs_run_at_the_same_time_and_each_has_its_own_answer);
    tcase_add_test(tests, one_that_goes_wrong_is_stopped_alone);
    tcase_add_test(tests, what_both_left_behind_is_killed);
    tcase_add_test(tests, if_one_can_not_start_the_other_is_ended);
    suite_add_tcase(suite, tests);

    speaker_make();
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    speaker_remove();
    return failed ? 1 : 0;
}
