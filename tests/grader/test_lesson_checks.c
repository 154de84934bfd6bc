/* Tests of grader/lesson_checks.c: what `checks:` becomes, and each mistake that a check can
 * have. */
#include "lesson_checks.h"

#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"

#define ANSWER "  - {kind: answer, points: 50, input: {jobs: 64, work: -20}, seeds: 3}\n"
#define SPEEDUP "speedup: {pass: 0.75N, fail: 0.6N}"
#define OVERLAP "overlap: {pass: 0.8, fail: 0.6}"

START_TEST(checks_are_read_whole)
{
    struct lesson *lesson = lesson_load(GOOD_ID, stderr);

    ck_assert_ptr_nonnull(lesson);
    ck_assert_uint_eq(lesson->checks_count, 3);
    const struct check *build = &lesson->checks[0], *answer = build + 1, *shape = build + 2;

    ck_assert_int_eq(build->kind, CHECK_BUILD);
    ck_assert_double_eq(build->points, 10);
    ck_assert_str_eq(build->id, "build");
    ck_assert_ptr_null(build->needs);
    ck_assert_int_eq(build->line, 15);

    ck_assert_int_eq(answer->kind, CHECK_ANSWER);
    ck_assert_int_eq(answer->seeds, 3);
    ck_assert_uint_eq(answer->input.count, 2);
    ck_assert_str_eq(answer->input.items[0].name, "jobs");
    ck_assert_int_eq(answer->input.items[0].value, 64);
    ck_assert_int_eq(answer->input.items[1].value, -20);

    ck_assert_int_eq(shape->kind, CHECK_SHAPE);
    ck_assert_str_eq(shape->needs, "answer");
    ck_assert_int_eq(shape->shape, SHAPE_PARALLEL);
    ck_assert(shape->overlap.set && !shape->overlap.pass.times_procs);
    ck_assert_double_eq(shape->overlap.pass.value, 0.8);
    ck_assert(shape->speedup.set && shape->speedup.fail.times_procs);
    ck_assert_double_eq(shape->speedup.fail.value, 0.6);
    lesson_free(lesson);
}
END_TEST

START_TEST(what_a_check_leaves_out_has_its_default)
{
    struct lesson *lesson = lesson_load("02-channels", stderr);

    ck_assert_ptr_nonnull(lesson);
    ck_assert_int_eq(lesson->checks[1].seeds, 4);
    ck_assert_uint_eq(lesson->checks[1].input.count, 0);
    ck_assert_str_eq(lesson->checks[1].id, "answer");
    lesson_free(lesson);
}
END_TEST

START_TEST(a_threshold_may_depend_on_the_procs)
{
    ck_assert_double_eq(threshold_at((struct threshold){0.75, true}, 8), 6);
    ck_assert_double_eq(threshold_at((struct threshold){0.75, false}, 8), 0.75);
}
END_TEST

START_TEST(points_that_do_not_sum_to_100_are_refused)
{
    ck_mistakes("points: 40", "points: 35",
                "yaml:15:3: checks: the points sum to 95; they must sum to 100\n");
    ck_mistakes("points: 40", "points: 40.5",
                "yaml:15:3: checks: the points sum to 100.5; they must sum to 100\n");
}
END_TEST

START_TEST(points_may_be_fractions)
{
    ck_mistakes(ANSWER,
                "  - {kind: answer, id: a, points: 33.3}\n  - {kind: answer, points: 16.7}\n", "");
}
END_TEST

START_TEST(wrong_points_bring_forth_no_wrong_sum)
{
    ck_mistakes("points: 40", "points: many",
                "yaml:18:13: points: expected a number from 0 to 100, found \"many\"\n");
    ck_mistakes("points: 40", "points: -1",
                "yaml:18:13: points: expected a number from 0 to 100, found the number -1\n");
    ck_mistakes("points: 40", "points: 4e1",
                "yaml:18:13: points: expected a number from 0 to 100, found the number 4e1\n");
    ck_mistakes("    points: 40\n", "",
                "yaml:17:5: missing key \"points\": expected a number from 0 to 100\n");
}
END_TEST

START_TEST(a_check_has_the_keys_of_its_kind)
{
    ck_mistakes("seeds: 3", "shape: overlap",
                "yaml:16:62: unknown key \"shape\" in a check of kind answer; allowed are: id, "
                "kind, points, "
                "needs, input, seeds\n");
    ck_mistakes(
        "{kind: build, points: 10}", "{kind: build, points: 10, needs: answer}",
        "yaml:15:31: unknown key \"needs\" in a check of kind build; allowed are: id, kind, "
        "points\n");
    ck_mistakes(
        "seeds: 3", "sedes: 3",
        "yaml:16:62: unknown key \"sedes\" in a check of kind answer; did you mean \"seeds\"? "
        "allowed are: id, kind, points, needs, input, seeds\n");
}
END_TEST

START_TEST(an_unknown_kind_is_refused)
{
    ck_mistakes("{kind: answer,", "{kind: anwser, id: answer,",
                "yaml:16:12: kind: expected one of build, answer, schedules, shape, found "
                "\"anwser\"; did you mean "
                "\"answer\"?\n");
}
END_TEST

START_TEST(a_missing_kind_does_not_hide_other_mistakes)
{
    ck_mistakes(
        "{kind: answer,", "{type: 1, id: answer, needs: bild,",
        "yaml:16:5: missing key \"kind\": expected one of build, answer, schedules, shape\n"
        "yaml:16:6: unknown key \"type\" in a check; allowed are: id, kind, points, needs, input, "
        "seeds, schedules, shape, overlap, speedup\n"
        "yaml:16:34: needs: expected the id of an earlier check (build), found \"bild\"; did you "
        "mean \"build\"?\n");
}
END_TEST

START_TEST(checks_must_be_a_list_of_mappings)
{
    ck_mistakes(
        ANSWER, "  - answer\n",
        "yaml:16:5: checks: expected a mapping (key: value), found \"answer\"\n"
        "yaml:19:12: needs: expected the id of an earlier check (build), found \"answer\"\n");
    ck_assert_ptr_nonnull(
        strstr(mistakes_in("checks: 1", 9),
               "yaml:1:9: checks: expected a list of checks, such as - {kind: build, "
               "points: 10}, found the number 1\n"));
    ck_assert_ptr_nonnull(strstr(mistakes_in("checks: []", 10),
                                 "yaml:1:9: checks: expected 1 to 20 checks, found 0\n"));
}
END_TEST

START_TEST(the_build_comes_first_and_once)
{
    ck_mistakes("  - {kind: build, points: 10}\n", "  - {kind: answer, id: a, points: 10}\n",
                "yaml:15:5: the first check must be of kind build: nothing runs without it\n");
    ck_mistakes("{kind: answer, points: 50, input: {jobs: 64, work: -20}, seeds: 3}",
                "{kind: build, id: answer, points: 50}",
                "yaml:16:5: only the first check may be of kind build\n");
}
END_TEST

START_TEST(ids_must_differ)
{
    ck_mistakes(
        ANSWER, "  - {kind: answer, points: 25}\n  - {kind: answer, points: 25}\n",
        "yaml:17:5: id: the check of line 16 is called \"answer\" already; give each check an id "
        "of its own (without one, it is called as its kind)\n");
    ck_mistakes(
        "points: 40", "points: 40\n    id: build",
        "yaml:19:9: id: the check of line 15 is called \"build\" already; give each check an id "
        "of its own (without one, it is called as its kind)\n");
}
END_TEST

START_TEST(an_id_is_a_short_name)
{
    ck_mistakes(
        "points: 40", "points: 40\n    id: My shape",
        "yaml:19:9: id: expected a name of lower-case letters, digits, _ and -, at most 31 long, "
        "found \"My shape\"\n");
}
END_TEST

START_TEST(needs_names_an_earlier_check)
{
    ck_mistakes("needs: answer", "needs: anwser",
                "yaml:19:12: needs: expected the id of an earlier check (build, answer), found "
                "\"anwser\"; did you mean \"answer\"?\n");
    ck_mistakes("needs: answer", "needs: shape",
                "yaml:19:12: needs: expected the id of an earlier check (build, answer), found "
                "\"shape\"\n");
    ck_mistakes(
        "needs: answer", "needs: [answer]",
        "yaml:19:12: needs: expected the id of an earlier check (build, answer), found a list\n");
}
END_TEST

START_TEST(inputs_are_whole_numbers_by_name)
{
    ck_mistakes(
        "{jobs: 65}", "{jobs: many}",
        "yaml:20:19: jobs: expected a whole number from -9007199254740992 to 9007199254740992, "
        "found \"many\"\n");
    ck_mistakes(
        "{jobs: 65}", "{Jobs: 65}",
        "yaml:20:13: input: expected a name of lower-case letters, digits and _, at most 31 "
        "long, other than seed and go, found \"Jobs\"\n");
    ck_mistakes("{jobs: 65}", "[65]",
                "yaml:20:12: input: expected a mapping (key: value), found a list\n");
}
END_TEST

START_TEST(inputs_cannot_be_taken_for_the_protocol)
{
#define EXPECTED                                                                                   \
    "yaml:20:13: input: expected a name of lower-case letters, digits and _, at most 31 long, "    \
    "other "                                                                                       \
    "than seed and go, found "
    ck_mistakes("{jobs: 65}", "{seed: 65}", EXPECTED "\"seed\"\n");
    ck_mistakes("{jobs: 65}", "{go: 65}", EXPECTED "\"go\"\n");
#undef EXPECTED
}
END_TEST

START_TEST(there_are_at_most_20_inputs)
{
    ck_mistakes("{jobs: 65}",
                "{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, "
                "n: 1, o: 1, p: 1, q: 1, r: 1, s: 1, t: 1, u: 1}",
                "yaml:20:12: input: expected at most 20 values, found 21\n");
}
END_TEST

START_TEST(seeds_have_a_range)
{
    ck_mistakes("seeds: 3", "seeds: 65",
                "yaml:16:69: seeds: expected a whole number from 1 to 64, found the number 65\n");
}
END_TEST

START_TEST(schedules_are_counted)
{
    const char *check = "  - {id: answer, kind: schedules, points: 50, schedules: %s}\n";
    char *good = string_format(check, "1000000"), *bad = string_format(check, "0");
    ck_mistakes(ANSWER, good, "");
    ck_mistakes(
        ANSWER, bad,
        "yaml:16:58: schedules: expected a whole number from 1 to 1000000, found the number 0\n");
    ck_mistakes(ANSWER, "  - {id: answer, kind: schedules, points: 50, seeds: 3}\n",
                "yaml:16:47: unknown key \"seeds\" in a check of kind schedules; did you mean "
                "\"needs\"? allowed are: id, kind, "
                "points, needs, input, schedules\n");
    ck_mistakes(SPEEDUP, SPEEDUP "\n  - {kind: schedules, points: 0}\nnetwork: loopback",
                "yaml:24:5: schedules: the exploration has no sockets, so a lesson with `network: "
                "loopback` can't have such a check\n");
    free(good);
    free(bad);
}
END_TEST

START_TEST(an_unknown_shape_is_refused)
{
    ck_mistakes(
        "shape: parallel", "shape: paralel",
        "yaml:21:12: shape: expected one of parallel, overlap, found \"paralel\"; did you mean "
        "\"parallel\"?\n");
}
END_TEST

START_TEST(a_parallel_shape_needs_a_speedup)
{
    ck_mistakes("    " SPEEDUP "\n", "",
                "yaml:17:5: missing key \"speedup\": expected thresholds such as {pass: 0.8, fail: "
                "0.6}\n");
}
END_TEST

START_TEST(every_shape_needs_an_overlap)
{
    ck_mistakes("    " OVERLAP "\n", "",
                "yaml:17:5: missing key \"overlap\": expected thresholds such as {pass: 0.8, fail: "
                "0.6}\n");
    ck_mistakes("shape: parallel\n    " OVERLAP "\n", "shape: overlap\n",
                "yaml:17:5: missing key \"overlap\": expected thresholds such as {pass: 0.8, fail: "
                "0.6}\n");
    ck_mistakes("shape: parallel\n    " OVERLAP "\n    " SPEEDUP "\n",
                "shape: overlap\n    overlap: {pass: 6, fail: 3}\n", "");
}
END_TEST

START_TEST(a_threshold_is_a_number_or_a_multiple_of_n)
{
    static const char *const wrong[] = {"N",      ".75N", "0.75n", "0.75 N",
                                        "0.75NN", "75%",  "1.N",   "x"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *bounds = string_format("speedup: {pass: %s, fail: 0.6N}", wrong[i]);
        char *expected = string_format(
            "yaml:23:21: pass: expected a multiple of N from 0.01N to 1N such as 0.75N, "
            "or a number from 0.01 to 1000, found \"%s\"\n",
            wrong[i]);
        ck_mistakes(SPEEDUP, bounds, expected);
        free(expected);
        free(bounds);
    }
    ck_mistakes(SPEEDUP, "speedup: {pass: 1N, fail: \"1N\"}", "");
    ck_mistakes(SPEEDUP, "speedup: {pass: 1.3, fail: 1.1}", "");
}
END_TEST

START_TEST(a_threshold_has_a_range)
{
    ck_mistakes(
        SPEEDUP, "speedup: {pass: 1.1N, fail: 0N}",
        "yaml:23:21: pass: expected a multiple of N from 0.01N to 1N such as 0.75N, or a number "
        "from 0.01 to 1000, found \"1.1N\"\n"
        "yaml:23:33: fail: expected a multiple of N from 0.01N to 1N such as 0.75N, or a number "
        "from 0.01 to 1000, found \"0N\"\n");
    ck_mistakes(OVERLAP, "overlap: {pass: 1001, fail: -1}",
                "yaml:22:21: pass: expected a number from 0.01 to 1000, found the number 1001\n"
                "yaml:22:33: fail: expected a number from 0.01 to 1000, found the number -1\n");
}
END_TEST

START_TEST(an_overlap_has_nothing_to_do_with_n)
{
    ck_mistakes(OVERLAP, "overlap: {pass: 0.8N, fail: 0.6}",
                "yaml:22:21: pass: expected a number from 0.01 to 1000, found \"0.8N\"\n");
}
END_TEST

START_TEST(pass_must_not_be_below_fail)
{
    ck_mistakes(
        SPEEDUP, "speedup: {pass: 0.5N, fail: 0.6N}",
        "yaml:23:14: speedup: pass (0.5) is below fail (0.6); pass must be at least fail\n");
    ck_mistakes(SPEEDUP, "speedup: {pass: 0.6N, fail: 0.6N}", "");
}
END_TEST

START_TEST(pass_and_fail_must_be_comparable)
{
    ck_mistakes(SPEEDUP, "speedup: {pass: 0.75N, fail: 1.2}",
                "yaml:23:14: speedup: pass and fail must both be multiples of N or both be plain "
                "numbers\n");
}
END_TEST

START_TEST(thresholds_are_both_needed)
{
    ck_mistakes(
        OVERLAP, "overlap: {pas: 0.8, fail: 0.6}",
        "yaml:22:14: missing key \"pass\": expected a number from 0.01 to 1000\n"
        "yaml:22:15: unknown key \"pas\" in overlap; did you mean \"pass\"? allowed are: pass, "
        "fail\n");
    ck_mistakes(OVERLAP, "overlap: 0.8",
                "yaml:22:14: overlap: expected a mapping (key: value), found the number 0.8\n");
}
END_TEST

static TCase *list_tests(void)
{
    TCase *tests = tcase_create("list");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, checks_are_read_whole);
    tcase_add_test(tests, what_a_check_leaves_out_has_its_default);
    tcase_add_test(tests, points_that_do_not_sum_to_100_are_refused);
    tcase_add_test(tests, points_may_be_fractions);
    tcase_add_test(tests, wrong_points_bring_forth_no_wrong_sum);
    tcase_add_test(tests, a_check_has_the_keys_of_its_kind);
    tcase_add_test(tests, an_unknown_kind_is_refused);
    tcase_add_test(tests, a_missing_kind_does_not_hide_other_mistakes);
    tcase_add_test(tests, checks_must_be_a_list_of_mappings);
    tcase_add_test(tests, the_build_comes_first_and_once);
    tcase_add_test(tests, ids_must_differ);
    tcase_add_test(tests, an_id_is_a_short_name);
    tcase_add_test(tests, needs_names_an_earlier_check);
    tcase_add_test(tests, inputs_are_whole_numbers_by_name);
    tcase_add_test(tests, inputs_cannot_be_taken_for_the_protocol);
    tcase_add_test(tests, there_are_at_most_20_inputs);
    tcase_add_test(tests, seeds_have_a_range);
    return tests;
}

static TCase *shape_tests(void)
{
    TCase *tests = tcase_create("shape");

    tcase_add_checked_fixture(tests, enter_good_course, leave_course);
    tcase_add_test(tests, a_threshold_may_depend_on_the_procs);
    tcase_add_test(tests, schedules_are_counted);
    tcase_add_test(tests, an_unknown_shape_is_refused);
    tcase_add_test(tests, a_parallel_shape_needs_a_speedup);
    tcase_add_test(tests, every_shape_needs_an_overlap);
    tcase_add_test(tests, a_threshold_is_a_number_or_a_multiple_of_n);
    tcase_add_test(tests, a_threshold_has_a_range);
    tcase_add_test(tests, an_overlap_has_nothing_to_do_with_n);
    tcase_add_test(tests, pass_must_not_be_below_fail);
    tcase_add_test(tests, pass_and_fail_must_be_comparable);
    tcase_add_test(tests, thresholds_are_both_needed);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("lesson_checks");

    suite_add_tcase(suite, list_tests());
    suite_add_tcase(suite, shape_tests());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
