/* Tests of grader/json.c: the result model, and that a file appears whole or not at all. */
#include "json.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lesson_fixture.h"
#include "sample.h"

static double number(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static const char *string(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *check_in(const json_t *json, size_t index)
{
    return json_array_get(json_object_get(json, "checks"), index);
}

START_TEST(the_model_has_the_fields_of_schema_1)
{
    struct result result = sample_result();
    json_t *json = json_result(&result);
    ck_assert_double_eq(number(json, "schema"), 1);
    ck_assert_str_eq(string(json, "lesson"), "03-worker-pool");
    ck_assert_str_eq(string(json, "verdict"), "pass");
    ck_assert_double_eq(number(json, "score"), 100);
    ck_assert_double_eq(number(json, "max_score"), 100);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "checks")), 3);
    ck_assert_str_eq(string(json_object_get(json, "machine"), "cpu_model"), "Test CPU");
    ck_assert_str_eq(string(json_object_get(json, "submission"), "sha256"), result.sha256);
    ck_assert_double_eq(number(json_object_get(json, "seeds"), "grading"), 42);
    json_decref(json);
    result_release(&result);
}
END_TEST

START_TEST(the_sandbox_is_told_as_it_is)
{
    struct result result = sample_result();
    json_t *json = json_result(&result), *sandbox = json_object_get(json, "sandbox");
    ck_assert_str_eq(string(sandbox, "tier"), "B");
    ck_assert(json_is_false(json_object_get(sandbox, "official")));
    ck_assert_uint_eq(json_array_size(json_object_get(sandbox, "active")), 4);
    ck_assert_uint_eq(json_array_size(json_object_get(sandbox, "missing")), 1);
    ck_assert_str_eq(string(json_object_get(sandbox, "why"), "cgroup"), "Permission denied");
    ck_assert_double_eq(number(sandbox, "landlock_abi"), 7);
    ck_assert_double_eq(number(json_object_get(sandbox, "canaries"), "held"), 26);
    json_decref(json);
    result_release(&result);
}
END_TEST

START_TEST(a_shape_comes_with_every_round)
{
    struct result result = sample_result();
    json_t *json = json_result(&result), *shape = json_object_get(json, "shape");
    json_t *evidence = json_object_get(check_in(json, 2), "evidence");
    json_t *rounds = json_object_get(evidence, "rounds"), *round = json_array_get(rounds, 4);
    ck_assert_double_eq_tol(number(shape, "speedup"), 1.9, 1e-6);
    ck_assert_double_eq_tol(number(shape, "one_s"), 0.19, 1e-6);
    ck_assert_double_eq_tol(number(shape, "many_s"), 0.1, 1e-6);
    ck_assert_double_eq(number(shape, "procs"), 2);
    ck_assert_uint_eq(json_array_size(rounds), 5);
    ck_assert_double_eq_tol(number(round, "sequential_s"), 0.2, 1e-6);
    ck_assert(json_is_true(json_object_get(round, "kept")));
    ck_assert_str_eq(string(json_object_get(evidence, "speedup"), "decision"), "pass");
    ck_assert_double_eq_tol(number(json_object_get(evidence, "speedup"), "fail"), 1.2, 1e-6);
    json_decref(json);
    result_release(&result);
}
END_TEST

START_TEST(a_shape_that_was_not_measured_is_null)
{
    struct result result = sample_result();
    result.checks[2].evidence = (struct evidence){0};
    json_t *json = json_result(&result);
    ck_assert(json_is_null(json_object_get(json, "shape")));
    json_decref(json);
    result_release(&result);
}
END_TEST

START_TEST(a_failed_answer_carries_what_repeats_it)
{
    struct result result = sample_result();
    struct check_result *answer = &result.checks[1];
    check_settle(answer, STATUS_FAIL, REASON_WRONG_ANSWER, string_copy("wrong\nin line 8"));
    answer->seed = 17;
    answer->procs = 2;
    answer->difference = (struct difference){8, string_copy("8 64"), NULL, 992};
    answer->file = string_copy("pool.c");
    answer->line = 12;
    json_t *json = json_result(&result), *check = check_in(json, 1);
    json_t *evidence = json_object_get(check, "evidence");
    json_t *difference = json_object_get(evidence, "difference");
    ck_assert_str_eq(string(check, "reason"), "wrong_answer");
    ck_assert_str_eq(string(check, "message"), "wrong\nin line 8");
    ck_assert_str_eq(string(check, "file"), "pool.c");
    ck_assert_double_eq(number(check, "line"), 12);
    ck_assert_double_eq(number(evidence, "seed"), 17);
    ck_assert_double_eq(number(evidence, "procs"), 2);
    ck_assert_str_eq(string(difference, "expected"), "8 64");
    ck_assert(json_is_null(json_object_get(difference, "actual")));
    json_decref(json);
    result_release(&result);
}
END_TEST

START_TEST(a_passed_check_has_no_reason_file_or_line)
{
    struct result result = sample_result();
    json_t *json = json_result(&result), *check = check_in(json, 0);
    ck_assert(json_is_null(json_object_get(check, "reason")));
    ck_assert(json_is_null(json_object_get(check, "file")));
    ck_assert(json_is_null(json_object_get(check, "line")));
    json_decref(json);
    result_release(&result);
}
END_TEST

START_TEST(a_path_of_strange_bytes_is_still_json)
{
    struct result result = sample_result();
    free(result.submission);
    result.submission = string_copy("caf\xe9");
    json_t *json = json_result(&result);
    ck_assert_str_eq(string(json_object_get(json, "submission"), "path"), "caf\\xe9");
    json_decref(json);
    result_release(&result);
}
END_TEST

/* ---- Files ----------------------------------------------------------------------------------- */

static int files_here(void)
{
    DIR *folder = opendir(".");
    int count = 0;
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 2; /* . and .. */
}

START_TEST(a_file_is_written_whole_and_alone)
{
    json_t *json = json_pack("{s:f}", "tenth", 0.1);
    ck_assert(json_write(json, "r.json"));
    ck_assert(json_write(json, "r.json"));
    char *text = file_read("r.json", NULL);
    ck_assert_str_eq(text, "{\n  \"tenth\": 0.1\n}\n");
    ck_assert_int_eq(files_here(), 1);
    free(text);
    json_decref(json);
}
END_TEST

START_TEST(a_place_that_cannot_be_written_is_an_error)
{
    json_t *json = json_object();
    ck_assert(!json_write(json, "nowhere/r.json"));
    ck_assert_int_eq(errno, ENOENT);
    json_decref(json);
}
END_TEST

START_TEST(a_file_that_cannot_be_replaced_leaves_nothing_behind)
{
    json_t *json = json_object();
    shell("mkdir -p r.json/inside");
    ck_assert(!json_write(json, "r.json"));
    ck_assert_int_eq(files_here(), 1);
    json_decref(json);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *model = tcase_create("model");
    tcase_add_test(model, the_model_has_the_fields_of_schema_1);
    tcase_add_test(model, the_sandbox_is_told_as_it_is);
    tcase_add_test(model, a_shape_comes_with_every_round);
    tcase_add_test(model, a_shape_that_was_not_measured_is_null);
    tcase_add_test(model, a_failed_answer_carries_what_repeats_it);
    tcase_add_test(model, a_passed_check_has_no_reason_file_or_line);
    tcase_add_test(model, a_path_of_strange_bytes_is_still_json);
    suite_add_tcase(suite, model);

    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, enter_scratch, leave_scratch);
    tcase_add_test(files, a_file_is_written_whole_and_alone);
    tcase_add_test(files, a_place_that_cannot_be_written_is_an_error);
    tcase_add_test(files, a_file_that_cannot_be_replaced_leaves_nothing_behind);
    suite_add_tcase(suite, files);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
