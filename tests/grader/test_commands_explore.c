/* Tests of `barista explore` and `replay`, of the check of kind `schedules`, and of explore.c below
 * them. */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"

#define POOLS "tests/submissions/03-worker-pool/"
#define EXPLORE_POOL "explore 3 --submission " POOLS

static json_t *explored(const char *arguments, int status)
{
    char *all = string_format("%s --json -", arguments);
    struct outcome outcome = barista(all);
    ck_assert_msg(outcome.status == status, "%s: exit %d\n%s", all, outcome.status, outcome.errors);
    json_t *json = json_loads(outcome.out, 0, NULL);
    ck_assert_ptr_nonnull(json);
    outcome_release(&outcome);
    free(all);
    return json;
}

static const char *text(const json_t *json, const char *key)
{
    return json_string_value(json_object_get(json, key));
}

START_TEST(a_good_pool_shows_nothing)
{
    check_command(EXPLORE_POOL "solution.c", 0,
                  "03-worker-pool: nothing is wrong in 2000 schedules", "");
    json_t *json = explored(EXPLORE_POOL "solution.c --schedules 50 --seed 7", 0);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "tried")), 50);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "seed")), 7);
    ck_assert(json_is_null(json_object_get(json, "reason")));
    json_decref(json);
}
END_TEST

static const struct {
    const char *file, *reason, *told;
} bad[] = {
    {"wrong-wrong_answer.c", "race", "nothing orders these two uses of"},
    {"wrong-deadlock.c", "deadlock", "wrong-deadlock.c:17"},
    {"wrong-leak.c", "leak", "who waits for what"},
    {"wrong-misuse.c", "misuse", "rt: misuse: "},
    {"wrong-crash.c", "crash", "wrong-crash.c:"},
    {"wrong-wrong_answer-order.c", "schedule_dependent", "of the answer is"},
    {"wrong-unbounded_tasks.c", "unbounded_tasks", "tasks exist at once"},
};

START_TEST(a_bad_pool_has_its_reason_and_its_story)
{
    char *command = string_format(EXPLORE_POOL "%s", bad[_i].file);
    json_t *json = explored(command, BARISTA_FAIL);
    ck_assert_str_eq(text(json, "reason"), bad[_i].reason);
    ck_assert_has(text(json, "story"), bad[_i].told);
    ck_assert_has(text(json, "story"), "make replay LESSON=03 SUBMISSION=" POOLS);
    json_decref(json);
    free(command);
}
END_TEST

START_TEST(a_schedule_is_shown_again_a_thousand_times)
{
    json_t *json = explored(EXPLORE_POOL "wrong-wrong_answer-order.c --seed 5", BARISTA_FAIL);
    char *command =
        string_format("replay 3 5/%s --submission " POOLS "wrong-wrong_answer-order.c --times 1000",
                      text(json, "replay"));
    check_command(command, 1, "", "the same 1000 times out of 1000");
    free(command);
    json_decref(json);
}
END_TEST

/* Lesson 22 has two such checks, and who writes without order is found by the second only. */
#define RELAXED "--submission tests/submissions/22-scheduler/wrong-race-relaxed.c"

START_TEST(the_check_that_is_named_is_explored_and_replayed)
{
    json_t *json = explored("explore 22 --check order " RELAXED, BARISTA_FAIL);
    ck_assert_str_eq(text(json, "reason"), "race");
    ck_assert_has(text(json, "story"), "make replay LESSON=22 CHECK=order SUBMISSION=");
    char *command = string_format("replay 22 1/%s --check order " RELAXED, text(json, "replay"));
    check_command(command, 1, "", "nothing orders these two uses of");
    free(command);
    json_decref(json);
}
END_TEST

START_TEST(a_check_that_is_none_is_refused)
{
    check_command("explore 22 --check ordre", BARISTA_USAGE, "",
                  "lessons/22-scheduler/lesson.yaml: no check with an input is called \"ordre\"; "
                  "there are rules, once, order, crowd, shape");
    check_command("explore 22 --check build", BARISTA_USAGE, "", "is called \"build\"");
    check_command("check 22 --check order", BARISTA_USAGE, "", "check takes no --check");
}
END_TEST

START_TEST(a_schedule_that_is_none_is_refused)
{
    check_command("replay 3", BARISTA_USAGE, "", "takes a lesson and a schedule such as 1/0:2.5-3");
    check_command("replay 3 0:2.5-3", BARISTA_USAGE, "", "takes a lesson and a schedule");
    check_command("replay 3 1/", BARISTA_USAGE, "", "takes a lesson and a schedule");
    check_command("replay 3 1/x --submission " POOLS "solution.c", 102, "", "is no schedule");
    check_command("explore 3 --schedules 0", BARISTA_USAGE, "", "--schedules is \"0\"");
}
END_TEST

START_TEST(what_does_not_compile_is_told)
{
    check_command("explore 3 --submission tests/submissions/00-first-task/wrong-build_error-typo.c",
                  BARISTA_FAIL, "", "error");
}
END_TEST

START_TEST(a_lesson_with_sockets_is_not_explored)
{
    check_command("explore 17", BARISTA_USAGE, "",
                  "uses sockets, so its schedules can't be explored");
}
END_TEST

/* ---- The check ------------------------------------------------------------------------------- */

/* The status and reason of the schedules check; the answer check before it is left out, which would
 * find much of this, and the shape. */
static void check_gives(const char *path, const char *status, const char *reason)
{
    char *command = string_format("check 3 --json - --procs 1 --submission %s", path);
    struct outcome outcome = barista(command);
    json_t *json = json_loads(outcome.out, 0, NULL), *check;
    size_t i;
    bool found = false;
    json_array_foreach(json_object_get(json, "checks"), i, check) {
        if (strcmp(text(check, "kind"), "schedules") == 0) {
            ck_assert_str_eq(text(check, "status"), status);
            ck_assert_msg(reason ? strcmp(text(check, "reason"), reason) == 0
                                 : text(check, "reason") == NULL,
                          "%s", text(check, "message"));
            found = true;
        }
    }
    ck_assert(found);
    json_decref(json);
    outcome_release(&outcome);
    free(command);
}

START_TEST(the_check_passes_and_fails_with_its_reason)
{
    shell("sed -i -e '/kind: answer/d' -e 's/points: 10, needs: answer,/points: 90,/' "
          "-e '/kind: shape/,$d' lessons/03-worker-pool/lesson.yaml");
    check_gives(POOLS "solution.c", "pass", NULL);
    check_gives(POOLS "wrong-wrong_answer.c", "fail", "race");
    check_gives(POOLS "wrong-deadlock.c", "fail", "deadlock");
    struct outcome outcome =
        barista("check 3 --procs 1 --submission " POOLS "wrong-wrong_answer.c");
    ck_assert_has(outcome.out, "What makes one of the two wait for the other?");
    outcome_release(&outcome);
}
END_TEST

/* What is compiled for the exploration only: those who write so hope that no grade is taken. */
START_TEST(what_evades_the_exploration_fails)
{
    shell("sed -i -e '/kind: answer/d' -e 's/points: 10, needs: answer,/points: 90,/' "
          "-e '/kind: shape/,$d' -e 's/wall_s: [0-9]*, cpu_s: [0-9]*/wall_s: 1, cpu_s: 1/' "
          "lessons/03-worker-pool/lesson.yaml");
    shell("printf '%s\\n' '#ifdef __clang__' '#if __has_feature(thread_sanitizer)' '#error' "
          "'#endif' '#elif defined __SANITIZE_THREAD__' '#error' '#endif' >no-build.c && "
          "cat " POOLS "wrong-wrong_answer.c >>no-build.c");
    check_gives("no-build.c", "fail", "build_error");
    shell("sed -e '1i #include <stdlib.h>' "
          "-e 's/^{/{ if (getenv(\"RT_EXPLORE_SEED\")) for (;;);/' " POOLS
          "wrong-wrong_answer.c >hangs.c");
    check_gives("hangs.c", "fail", "timeout");
}
END_TEST

START_TEST(a_story_without_end_is_cut)
{
    shell("sed -i -e '/kind: answer/d' -e 's/points: 10, needs: answer,/points: 90,/' "
          "-e '/kind: shape/,$d' lessons/03-worker-pool/lesson.yaml");
    shell(
        "sed -e '1i #include <unistd.h>' -e 's/^{/{ static char many[9999] = \"\"; "
        "for (int i = 0; i < 9999; i++) many[i] = 10; if (write(2, many, 9999)) _exit(7);/' " POOLS
        "wrong-wrong_answer.c >tells.c");
    struct outcome outcome = barista("check 3 --procs 1 --submission tells.c");
    int lines = 0;
    for (const char *c = outcome.out; *c; c++)
        lines += *c == '\n';
    ck_assert_int_eq(outcome.status, BARISTA_FAIL);
    ck_assert_int_lt(lines, 300);
    outcome_release(&outcome);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("barista explore");
    TCase *tests = course_case(suite, "explore");

    tcase_add_test(tests, a_good_pool_shows_nothing);
    tcase_add_loop_test(tests, a_bad_pool_has_its_reason_and_its_story, 0,
                        (int)(sizeof bad / sizeof *bad));
    tcase_add_test(tests, a_schedule_is_shown_again_a_thousand_times);
    tcase_add_test(tests, the_check_that_is_named_is_explored_and_replayed);
    tcase_add_test(tests, a_check_that_is_none_is_refused);
    tcase_add_test(tests, a_schedule_that_is_none_is_refused);
    tcase_add_test(tests, what_does_not_compile_is_told);
    tcase_add_test(tests, a_lesson_with_sockets_is_not_explored);
    tcase_add_test(tests, a_story_without_end_is_cut);
    tcase_add_test(tests, what_evades_the_exploration_fails);
    tcase_add_test(tests, the_check_passes_and_fails_with_its_reason);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
