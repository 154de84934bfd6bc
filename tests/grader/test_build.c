/* Tests of grader/build.c, and through it of exercises/exercise.c: small submissions for the
 * exercise in programs/sum are built and run, in a folder that looks like the project's. */
#include "build.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

static char *project; /* where the tests were started */
static char root[64]; /* the folder that looks like it */
static struct lesson lesson;
static struct submission submission;
static struct build build;

static void run_command(char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command);
    free(command);
}

static void set_up(void)
{
    strcpy(root, "/tmp/test_build-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
    run_command(string_format(
        "cd %s && ln -s '%s/runtime' '%s/build' . && mkdir exercises private && cd exercises && "
        "cp '%s'/exercises/exercise.[ch] . && cp -r '%s/tests/grader/programs/sum' 99-sum",
        root, project, project, project, project));
    ck_assert_int_eq(chdir(root), 0);
    char *private = string_format("%s/private", root);
    setenv("TMPDIR", private, 1);
    free(private);
    lesson = (struct lesson){.id = "99-sum", .path = "lessons/99-sum/lesson.yaml"};
    strings_add(&lesson.student, "sum.c");
}

static void tear_down(void)
{
    build_release(&build);
    submission_release(&submission);
    strings_release(&lesson.student);
    strings_release(&lesson.flags);
    ck_assert_int_eq(chdir(project), 0);
    run_command(string_format("rm -rf %s", root));
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* Builds what this text, as the student's file, comes to. */
static void build_text(const char *text)
{
    put("exercises/99-sum/sum.c", text);
    ck_assert(submission_find(&lesson, NULL, &submission, stderr));
    ck_assert(build_make(sandbox_none(), &lesson, &submission, BUILD_REAL, &build, stderr));
}

#define INCLUDE "#include \"sum.h\"\n"
#define GOOD INCLUDE "int64_t sum(int64_t n) { return n * (n + 1) / 2; }\n"

/* Builds a text that must fail; the first diagnostic is at this line of sum.c. */
static const struct diagnostic *expect_failure(const char *text, int line)
{
    build_text(text);
    ck_assert(!build.ok);
    ck_assert_ptr_null(build.program);
    ck_assert_uint_ge(build.diagnostics_count, 1);

    const struct diagnostic *first = &build.diagnostics[0];
    ck_assert(first->error);
    ck_assert_str_eq(first->file, "exercises/99-sum/sum.c");
    ck_assert_int_eq(first->line, line);
    return first;
}

/* ---- Running what was built ------------------------------------------------------------------ */

static struct run run_built(const char *program, int64_t n, uint64_t seed)
{
    static const struct limits limits = {
        .wall_s = 20, .cpu_s = 10, .memory_mb = 256, .output_kb = 64};
    struct input item = {.name = "n", .value = n};
    struct input_list input = {.items = &item, .count = 1};
    struct cpus cpus = cpus_allowed();
    struct run_request request = {.sandbox = sandbox_none(),
                                  .program = program,
                                  .input = &input,
                                  .limits = &limits,
                                  .seed = seed,
                                  .procs = 1,
                                  .cpus = &cpus,
                                  .trusted = program == build.oracle};
    struct run run;

    ck_assert(run_program(&request, &run, stderr));
    return run;
}

/* What a shell command prints, owned. */
static char *output_of(char *command)
{
    char bytes[4096];
    FILE *pipe = popen(command, "r");

    ck_assert_ptr_nonnull(pipe);
    bytes[fread(bytes, 1, sizeof bytes - 1, pipe)] = '\0';
    pclose(pipe);
    free(command);
    return string_copy(bytes);
}

START_TEST(a_submission_and_its_oracle_give_the_same_answer)
{
    build_text(GOOD);
    ck_assert(build.ok);
    ck_assert_uint_eq(build.diagnostics_count, 0);
    ck_assert_double_gt(build.seconds, 0);

    struct run mine = run_built(build.program, 100, 7), oracle = run_built(build.oracle, 100, 7);
    ck_assert_msg(mine.reason == REASON_NONE, "%s\n%s", mine.message, mine.report);
    ck_assert_int_eq(oracle.reason, REASON_NONE);
    ck_assert_str_eq(mine.answer, oracle.answer);
    ck_assert_int_eq(strncmp(mine.answer, "sum 5050\ndrawn ", 15), 0);
    ck_assert_ptr_nonnull(strstr(mine.answer, "between yes\n"));
    run_release(&mine);
    run_release(&oracle);
}
END_TEST

START_TEST(the_seed_draws_the_numbers_that_splitmix64_defines)
{
    build_text(GOOD);
    struct run run = run_built(build.program, 1, 1234567);
    ck_assert_ptr_nonnull(strstr(run.answer, "drawn 6457827717110365317\n"));
    run_release(&run);
    run = run_built(build.program, 1, UINT64_MAX);
    ck_assert_int_eq(run.reason, REASON_NONE);
    run_release(&run);
}
END_TEST

START_TEST(a_missing_input_is_the_lessons_fault_only_in_the_oracle)
{
    build_text(GOOD);
    struct run run = run_built(build.oracle, 1000000, 1);
    ck_assert_str_eq(reason_code(run.reason), "infrastructure");
    ck_assert_ptr_nonnull(strstr(run.report, "nobody_gives_this"));
    run_release(&run);
    run = run_built(build.program, 1000000, 1);
    ck_assert_str_eq(reason_code(run.reason), "crash");
    run_release(&run);
}
END_TEST

START_TEST(run_by_hand_a_program_takes_words_and_prints_its_answer)
{
    build_text(INCLUDE "#include <stdio.h>\n"
                       "int64_t sum(int64_t n) { printf(\"hello\\n\"); return n; }\n");
    char *text = output_of(string_format("%s n=3 seed=1234567 2>&1", build.program));
    ck_assert_str_eq(text, "hello\nsum 3\ndrawn 6457827717110365317\nbetween yes\n");
    free(text);
}
END_TEST

static const struct {
    const char *words, *complaint;
} wrong_words[] = {
    {"", "'n', which was not given"},
    {"n", "must be name=value"},
    {"n=many", "no whole number"},
    {"n=3 seed=x", "no whole number"},
    {"n=99999999999999999999", "no whole number"},
    {"a_name_that_is_much_too_long_for_an_input=3", "too long"},
};

START_TEST(run_by_hand_with_wrong_words_a_program_says_so)
{
    build_text(GOOD);
    char *text = output_of(
        string_format("%s %s 2>&1; echo status $?", build.program, wrong_words[_i].words));
    ck_assert_msg(strstr(text, wrong_words[_i].complaint) != NULL, "%s", text);
    ck_assert_msg(strstr(text, "status 110\n") != NULL, "%s", text);
    free(text);
}
END_TEST

START_TEST(reports_of_the_runtime_name_the_students_file)
{
    build_text(INCLUDE "int64_t sum(int64_t n)\n"
                       "{\n"
                       "    rt_chan *c = rt_chan_new(sizeof n, 0);\n"
                       "    rt_chan_recv(c, &n);\n"
                       "    return n;\n"
                       "}\n");
    struct run run = run_built(build.program, 1, 1);
    ck_assert_str_eq(reason_code(run.reason), "deadlock");
    ck_assert_msg(strstr(run.report, "exercises/99-sum/sum.c:5") != NULL, "%s", run.report);
    ck_assert_ptr_null(strstr(run.report, "/private/"));
    run_release(&run);
}
END_TEST

/* ---- Mistakes of the student's --------------------------------------------------------------- */

START_TEST(a_syntax_error_is_reported_at_its_line)
{
    const struct diagnostic *first =
        expect_failure(INCLUDE "int64_t sum(int64_t n)\n{\n    return (n;\n}\n", 4);
    ck_assert_ptr_nonnull(strstr(first->message, "expected ')'"));
    ck_assert_int_eq(strncmp(first->source, "    return (n;\n", 15), 0);
}
END_TEST

START_TEST(a_misspelt_function_gets_advice)
{
    const struct diagnostic *first =
        expect_failure(INCLUDE "int64_t sum(int64_t n)\n{\n    rt_yeild();\n    return n;\n}\n", 4);
    ck_assert_str_eq(first->advice, "did you mean rt_yield?");
}
END_TEST

START_TEST(a_misspelt_function_that_was_declared_gets_advice_from_the_linker)
{
    const struct diagnostic *first =
        expect_failure(INCLUDE "void rt_yeild(void);\n"
                               "int64_t sum(int64_t n)\n{\n    rt_yeild();\n    return n;\n}\n",
                       5);
    ck_assert_str_eq(first->advice, "did you mean rt_yield?");
}
END_TEST

START_TEST(an_error_inside_a_macro_is_put_where_the_macro_was_used)
{
    expect_failure(INCLUDE "int64_t sum(int64_t n)\n{\n    rt_sleep(\"long\");\n    return n;\n}\n",
                   4);
}
END_TEST

START_TEST(a_main_of_the_students_is_explained)
{
    const struct diagnostic *first = expect_failure(GOOD "int main(void) { return 0; }\n", 3);
    ck_assert_ptr_nonnull(strstr(first->message, "main()"));
}
END_TEST

START_TEST(a_name_that_the_exercise_has_is_explained)
{
    const struct diagnostic *first = expect_failure(GOOD "void harness(void) { }\n", 3);
    ck_assert_ptr_nonnull(strstr(first->message, "harness is defined twice"));
}
END_TEST

START_TEST(a_function_that_is_not_there_is_explained)
{
    const struct diagnostic *first = expect_failure(INCLUDE, 0);
    ck_assert_ptr_nonnull(strstr(first->message, "the exercise needs sum"));
}
END_TEST

START_TEST(warnings_do_not_stop_a_submission)
{
    build_text(INCLUDE "static int unused;\n"
                       "int64_t sum(int64_t n) { return n * (n + 1) / 2; }\n");
    ck_assert(build.ok);
    ck_assert_uint_eq(build.diagnostics_count, 1);
    ck_assert(!build.diagnostics[0].error);
    ck_assert_int_eq(build.diagnostics[0].line, 2);
}
END_TEST

START_TEST(flags_of_the_lesson_count)
{
    strings_add(&lesson.flags, "-Wshadow");
    build_text(INCLUDE "int64_t sum(int64_t n) { for (int64_t i = 0; i < n; i++) { int64_t n = i; "
                       "if (n > 9) return n; } return n; }\n");
    ck_assert(build.ok);
    ck_assert_uint_eq(build.diagnostics_count, 1);
}
END_TEST

START_TEST(control_bytes_in_the_source_do_not_reach_the_terminal)
{
    const struct diagnostic *first = expect_failure(INCLUDE "int x = \"\x1b[2J\" + ;\n", 2);
    ck_assert_ptr_null(strchr(first->source, '\x1b'));
    ck_assert_ptr_nonnull(strstr(first->source, "[2J"));
}
END_TEST

START_TEST(only_the_named_files_can_be_included)
{
    put("exercises/99-sum/mine.h", "");
    mkdir("handed-in", 0700);
    put("handed-in/sum.c", GOOD "#include \"beside.h\"\n");
    put("handed-in/beside.h", "");
    ck_assert(submission_find(&lesson, "handed-in", &submission, stderr));
    ck_assert(build_make(sandbox_none(), &lesson, &submission, BUILD_REAL, &build, stderr));
    ck_assert(!build.ok);
    ck_assert_str_eq(build.diagnostics[0].file, "handed-in/sum.c");
    ck_assert_ptr_nonnull(strstr(build.diagnostics[0].message, "beside.h"));
}
END_TEST

START_TEST(what_was_hashed_is_what_is_built)
{
    put("exercises/99-sum/sum.c", GOOD);
    ck_assert(submission_find(&lesson, NULL, &submission, stderr));
    put("exercises/99-sum/sum.c", "changed meanwhile");
    ck_assert(build_make(sandbox_none(), &lesson, &submission, BUILD_REAL, &build, stderr));
    ck_assert(build.ok);
}
END_TEST

START_TEST(several_student_files_make_one_program)
{
    strings_add(&lesson.student, "half.c");
    strings_add(&lesson.student, "half.h");
    put("exercises/99-sum/half.h", "long half(long n);\n");
    put("exercises/99-sum/half.c", "#include \"half.h\"\nlong half(long n) { return n / 2; }\n");
    build_text(INCLUDE
               "#include \"half.h\"\nint64_t sum(int64_t n) { return half(n * (n + 1)); }\n");
    ck_assert(build.ok);
    struct run run = run_built(build.program, 4, 1);
    ck_assert_int_eq(strncmp(run.answer, "sum 10\n", 7), 0);
    run_release(&run);
}
END_TEST

/* ---- Mistakes of others' --------------------------------------------------------------------- */

/* Expects that building fails for no fault of the student's, for a reason with these words. */
static void expect_infrastructure_with(const char *source, const char *words)
{
    char *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);

    put("exercises/99-sum/sum.c", source);
    ck_assert(submission_find(&lesson, NULL, &submission, stderr));
    ck_assert(!build_make(sandbox_none(), &lesson, &submission, BUILD_REAL, &build, errors));
    fclose(errors);
    ck_assert_msg(strstr(text, words) != NULL, "%s", text);
    ck_assert(!build.ok);
    ck_assert_ptr_null(build.program);
    free(text);
}

static void expect_infrastructure(const char *words)
{
    expect_infrastructure_with(GOOD, words);
}

START_TEST(a_missing_compiler_is_the_infrastructures_fault)
{
    setenv("CC", "/nowhere/cc", 1);
    expect_infrastructure("cannot start /nowhere/cc");
}
END_TEST

START_TEST(a_broken_harness_is_the_infrastructures_fault)
{
    put("exercises/99-sum/harness.c", "broken");
    expect_infrastructure("harness.c could not be built");
}
END_TEST

START_TEST(a_broken_oracle_is_the_infrastructures_fault)
{
    put("exercises/99-sum/oracle.c", "");
    expect_infrastructure("the oracle could not be built");
}
END_TEST

START_TEST(when_both_are_broken_it_is_the_infrastructures_fault)
{
    /* An unreadable header, say, is an error in both. */
    put("exercises/99-sum/harness.c", "broken");
    expect_infrastructure_with("int x\n", "harness.c could not be built");
}
END_TEST

START_TEST(a_compiler_that_dies_is_the_infrastructures_fault)
{
    setenv("CC", "false", 1);
    expect_infrastructure("it exited with status 1, without a word");
}
END_TEST

START_TEST(a_missing_runtime_says_how_to_build_it)
{
    ck_assert_int_eq(unlink("build"), 0);
    expect_infrastructure("`make` builds it");
}
END_TEST

START_TEST(a_folder_that_can_not_be_made_is_the_infrastructures_fault)
{
    setenv("TMPDIR", "/nowhere", 1);
    expect_infrastructure("/nowhere");
}
END_TEST

START_TEST(nothing_is_left_in_the_temporary_folder)
{
    build_text(GOOD);
    build_release(&build);
    ck_assert_int_eq(rmdir("private"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build");
    TCase *tests = tcase_create("build");

    project = getcwd(NULL, 0);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_submission_and_its_oracle_give_the_same_answer);
    tcase_add_test(tests, the_seed_draws_the_numbers_that_splitmix64_defines);
    tcase_add_test(tests, a_missing_input_is_the_lessons_fault_only_in_the_oracle);
    tcase_add_test(tests, run_by_hand_a_program_takes_words_and_prints_its_answer);
    tcase_add_loop_test(tests, run_by_hand_with_wrong_words_a_program_says_so, 0,
                        sizeof wrong_words / sizeof wrong_words[0]);
    tcase_add_test(tests, reports_of_the_runtime_name_the_students_file);
    tcase_add_test(tests, a_syntax_error_is_reported_at_its_line);
    tcase_add_test(tests, a_misspelt_function_gets_advice);
    tcase_add_test(tests, a_misspelt_function_that_was_declared_gets_advice_from_the_linker);
    tcase_add_test(tests, an_error_inside_a_macro_is_put_where_the_macro_was_used);
    tcase_add_test(tests, a_main_of_the_students_is_explained);
    tcase_add_test(tests, a_name_that_the_exercise_has_is_explained);
    tcase_add_test(tests, a_function_that_is_not_there_is_explained);
    tcase_add_test(tests, warnings_do_not_stop_a_submission);
    tcase_add_test(tests, flags_of_the_lesson_count);
    tcase_add_test(tests, control_bytes_in_the_source_do_not_reach_the_terminal);
    tcase_add_test(tests, only_the_named_files_can_be_included);
    tcase_add_test(tests, what_was_hashed_is_what_is_built);
    tcase_add_test(tests, several_student_files_make_one_program);
    tcase_add_test(tests, a_missing_compiler_is_the_infrastructures_fault);
    tcase_add_test(tests, a_broken_harness_is_the_infrastructures_fault);
    tcase_add_test(tests, a_broken_oracle_is_the_infrastructures_fault);
    tcase_add_test(tests, when_both_are_broken_it_is_the_infrastructures_fault);
    tcase_add_test(tests, a_compiler_that_dies_is_the_infrastructures_fault);
    tcase_add_test(tests, a_missing_runtime_says_how_to_build_it);
    tcase_add_test(tests, a_folder_that_can_not_be_made_is_the_infrastructures_fault);
    tcase_add_test(tests, nothing_is_left_in_the_temporary_folder);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    free(project);
    return failed ? 1 : 0;
}
