/* Tests of grader/questions.c and grader/proof.c: what questions.yaml becomes, and each mistake
 * that it can have. Each test replaces one thing in a good text. */
#include "questions.h"

#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"
#include "proof.h"

#define SOLUTION "tests/submissions/03-worker-pool/solution.c"

static const char GOOD[] =
    "schema: 1\n"
    "predict:\n"
    "  - ask: \"How many times as fast is the pool?\"\n"
    "    unit: times\n"
    "    figure: pool_speedup\n"
    "    procs: 4\n"
    "    close: 1.3\n"
    "    why: \"Each proc has a worker.\"\n"
    "  - {ask: And in virtual time?, unit: procs, simulated: busy, procs: 8,\n"
    "     submission: " SOLUTION ", close: 2, why: All are busy.}\n"
    "quiz:\n"
    "  - ask: \"Tasks are ...\"\n"
    "    choices:\n"
    "      a: \"parallel\"\n"
    "      b: \"concurrent\"\n"
    "    answer: b\n"
    "    why:\n"
    "      a: \"On one proc nothing is.\"\n"
    "      b: \"That is how they are structured.\"\n"
    "    proof: \"make demo LESSON=03 PROCS=1\"\n"
    "  - {ask: One?, choices: {a: yes it is, b: no it is not, c: perhaps}, answer: c,\n"
    "     why: {a: No., b: No., c: Right.}, proof: make why LESSON=03 SUBMISSION=" SOLUTION "}\n"
    "  - {ask: Two?, choices: {a: yes it is, b: no it is not}, answer: a,\n"
    "     why: {a: Right., b: No.}, proof: 'make run LESSON=03 INPUT=\"jobs=8 work=2\"'}\n";

static void enter_course_with_questions(void)
{
    enter_copy_of_good_course();
    shell(
        "printf 'demo: ready ## run a demo\\nwhy: ## explain\\nhidden:\\n' >Makefile &&"
        "mkdir tests/bench && echo 'run: ## a run' >tests/bench/bench.mk &&"
        "echo 'simulate: {}' >>lessons/03-worker-pool/lesson.yaml &&"
        "echo 'figure(\"pool_speedup\", 1); figure(\"other\", 2);' >lessons/03-worker-pool/demo.c");
}

/* The mistakes in a text; "yaml" stands for its path. */
static const char *mistakes_of(const char *text)
{
    struct mistakes mistakes = {0};
    struct questions *questions = questions_parse(GOOD_ID, text, strlen(text), &mistakes);

    ck_assert_int_eq(questions != NULL, mistakes_total(&mistakes) == 0);
    questions_free(questions);
    return printed(&mistakes, "yaml");
}

/* The mistakes when `old`, of which the first is meant, is replaced. */
static const char *mistakes_when(const char *old, const char *replacement)
{
    const char *at = strstr(GOOD, old);

    ck_assert_msg(at != NULL, "the questions have no \"%s\"", old);
    char *text = string_format("%.*s%s%s", (int)(at - GOOD), GOOD, replacement, at + strlen(old));
    const char *mistakes = mistakes_of(text);
    free(text);
    return mistakes;
}

#define ck_replaced(old, replacement, expected)                                                    \
    ck_assert_str_eq(mistakes_when((old), (replacement)), (expected))

START_TEST(questions_are_read_whole)
{
    struct mistakes mistakes = {0};
    struct questions *questions = questions_parse(GOOD_ID, GOOD, strlen(GOOD), &mistakes);

    ck_assert_str_eq(printed(&mistakes, "yaml"), "");
    ck_assert_ptr_nonnull(questions);
    ck_assert_uint_eq(questions->predictions_count, 2);
    const struct prediction *prediction = questions->predictions;
    ck_assert_str_eq(prediction->ask, "How many times as fast is the pool?");
    ck_assert_str_eq(prediction->unit, "times");
    ck_assert_str_eq(prediction->figure, "pool_speedup");
    ck_assert_int_eq(prediction->procs, 4);
    ck_assert_double_eq(prediction->close, 1.3);
    ck_assert_str_eq(prediction->why, "Each proc has a worker.");
    prediction++;
    ck_assert_ptr_null(prediction->figure);
    ck_assert_int_eq(prediction->answer, ANSWER_BUSY);
    ck_assert_str_eq(prediction->submission, SOLUTION);
    ck_assert_str_eq(prediction->lesson, GOOD_ID);
    ck_assert_int_eq(prediction->procs, 8);

    ck_assert_uint_eq(questions->quiz_count, 3);
    const struct quiz_question *question = questions->quiz;
    ck_assert_str_eq(question->ask, "Tasks are ...");
    ck_assert_uint_eq(question->choices_count, 2);
    ck_assert_str_eq(question->choices[0].text, "parallel");
    ck_assert_str_eq(question->choices[1].why, "That is how they are structured.");
    ck_assert_uint_eq(question->answer, 1);
    ck_assert_str_eq(question->proof, "make demo LESSON=03 PROCS=1");
    ck_assert_uint_eq(questions->quiz[1].answer, 2);
    questions_free(questions);
}
END_TEST

START_TEST(a_lesson_may_have_no_questions)
{
    ck_assert(questions_exist(GOOD_ID));
    shell("rm lessons/" GOOD_ID "/questions.yaml");
    ck_assert(!questions_exist(GOOD_ID));
    questions_free(NULL);
}
END_TEST

START_TEST(the_example_in_the_readme_is_right)
{
    enter_project(".");
    char *readme = file_read("lessons/README.md", NULL);
    char *begin = strstr(readme, "```yaml\nschema: 1\npredict:");
    ck_assert_ptr_nonnull(begin);
    begin += strlen("```yaml\n");
    *strstr(begin, "```") = '\0';

    struct mistakes mistakes = {0};
    questions_free(questions_parse("06-grain", begin, strlen(begin), &mistakes));
    ck_assert_str_eq(printed(&mistakes, "yaml"), "");
    free(readme);
}
END_TEST

/* ---- Predictions ----------------------------------------------------------------------------- */

START_TEST(keys_are_checked)
{
    ck_replaced("quiz:", "quizz:",
                "yaml:1:1: missing key \"quiz\": expected a list of 3 to 5 questions\n"
                "yaml:11:1: unknown key \"quizz\" in the questions; did you mean \"quiz\"? allowed "
                "are: schema, predict, quiz\n");
    ck_replaced(
        "unit:", "units:",
        "yaml:3:5: missing key \"unit\": expected a word such as times, ms or tasks, at most "
        "20 bytes\n"
        "yaml:4:5: unknown key \"units\" in a prediction of the demo; did you mean \"unit\"? "
        "allowed are: ask, unit, figure, procs, close, why\n");
}
END_TEST

START_TEST(a_figure_must_be_one_that_the_demo_gives)
{
    ck_replaced("pool_speedup", "pool_speedups",
                "yaml:5:13: figure: expected a name that lessons/03-worker-pool/demo.c gives to "
                "figure(): pool_speedup, other, found \"pool_speedups\"; did you mean "
                "\"pool_speedup\"?\n");
    shell("echo >lessons/03-worker-pool/demo.c");
    ck_replaced("schema: 1", "schema: 1",
                "yaml:5:13: figure: expected a name that lessons/03-worker-pool/demo.c gives to "
                "figure(): there is none, found \"pool_speedup\"\n");
}
END_TEST

START_TEST(a_prediction_comes_from_one_place)
{
    ck_replaced(
        "simulated: busy", "figure: other, simulated: busy",
        "yaml:9:46: unknown key \"figure\" in a prediction in virtual time; allowed are: ask, "
        "unit, simulated, submission, procs, close, why\n");
    ck_replaced(
        "    figure: pool_speedup\n", "",
        "yaml:3:5: missing key \"figure\": expected the name of a figure: lower-case letters, "
        "digits and _\n");
}
END_TEST

START_TEST(numbers_of_a_prediction_have_limits)
{
    ck_replaced("close: 1.3", "close: 1",
                "yaml:7:12: close: expected a number from 1.01 to 10, found the number 1\n");
    ck_replaced("procs: 4", "procs: 0",
                "yaml:6:12: procs: expected a whole number from 1 to 256, found the number 0\n");
    ck_replaced("simulated: busy, procs: 8", "simulated: speedup, procs: 1",
                "yaml:9:73: procs: expected a whole number from 2 to 256, found the number 1\n");
}
END_TEST

START_TEST(what_is_simulated_must_be_there_and_have_a_shape)
{
    ck_replaced(SOLUTION, "tests/submissions/03-worker-pool/none.c",
                "yaml:10:18: submission: expected a file or folder that exists, found "
                "\"tests/submissions/03-worker-pool/none.c\"\n");
    ck_replaced(SOLUTION, "tests/submissions/../secret",
                "yaml:10:18: submission: expected a path such as tests/submissions/06-grain/"
                "solution.c, found \"tests/submissions/../secret\"\n");
    ck_replaced(
        SOLUTION, "tests/submissions/02-channels/solution.c",
        "yaml:10:18: submission: lesson 02-channels can't be simulated: it needs `simulate: "
        "{}` and a check of kind shape in its lesson.yaml\n");
}
END_TEST

START_TEST(there_are_neither_too_few_questions_nor_too_many)
{
    ck_assert_str_eq(mistakes_of("schema: 1\npredict: []\nquiz: 7\n"),
                     "yaml:2:10: predict: expected a list of 2 to 5 questions, found 0\n"
                     "yaml:3:7: quiz: expected a list of 3 to 5 questions, found the number 7\n");
}
END_TEST

/* ---- Quiz ------------------------------------------------------------------------------------ */

START_TEST(choices_are_called_a_b_c)
{
    ck_replaced("      b: \"concurrent\"", "      c: \"concurrent\"",
                "yaml:15:7: choices: expected 2 to 6 choices, called a, b, c, ... in this order, "
                "found \"c\"\n");
    ck_replaced("      b: \"concurrent\"\n", "",
                "yaml:14:7: choices: expected 2 to 6 choices, called a, b, c, ... in this order, "
                "found 1\n");
}
END_TEST

START_TEST(the_answer_is_one_of_the_choices)
{
    ck_replaced("answer: b", "answer: c",
                "yaml:16:13: answer: expected one of a, b, found \"c\"\n");
}
END_TEST

START_TEST(each_choice_has_its_why)
{
    ck_replaced("      b: \"That is how they are structured.\"\n", "",
                "yaml:18:7: missing key \"b\": expected a text of at most 1000 bytes\n");
    ck_replaced("why: {a: Right., b: No.}", "why: {a: Right., b: No., c: No.}",
                "yaml:24:31: unknown key \"c\" in why; allowed are: a, b\n");
}
END_TEST

START_TEST(a_proof_is_a_command_that_exists)
{
    ck_replaced("make demo", "make demos",
                "yaml:20:12: proof: make has no target \"demos\" (`make help` lists them); did you "
                "mean demo\n");
    ck_assert_ptr_null(proof_mistake("make why LESSON=03 SUBMISSION=" SOLUTION));
    ck_assert_ptr_null(proof_mistake("make run LESSON=02 INPUT=\"jobs=1 work=2\" PROCS=1"));
}
END_TEST

static void ck_proof(const char *command, const char *expected)
{
    char *mistake = proof_mistake(command);
    ck_assert_ptr_nonnull(mistake);
    ck_assert_str_eq(mistake, expected);
    free(mistake);
}

START_TEST(each_mistake_of_a_proof_is_named)
{
    static const char no_command[] = "expected a command of make, such as make why LESSON=06";
    ck_proof("demo", no_command);
    ck_proof(" ", no_command);
    ck_proof("make", no_command);
    ck_proof("make why | less", "expected letters, digits, spaces, double quotes and _-./=,: only");
    ck_proof("make hidden", "make has no target \"hidden\" (`make help` lists them)");
    ck_proof("make why 03", "\"03\" is no setting such as LESSON=06");
    ck_proof("make why LESSON=", "\"LESSON=\" is no setting such as LESSON=06");
    ck_proof("make why LESSON=77", "LESSON=77: expected the two digits of a lesson, such as 06");
    ck_proof("make why LESSON=3", "LESSON=3: expected the two digits of a lesson, such as 06");
    ck_proof("make why LESSON=03 SUBMISSION=none.c",
             "SUBMISSION=none.c: there is no such file or folder");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("questions");
    TCase *tests = tcase_create("questions");

    tcase_add_checked_fixture(tests, enter_course_with_questions, leave_scratch);
    tcase_add_test(tests, questions_are_read_whole);
    tcase_add_test(tests, a_lesson_may_have_no_questions);
    tcase_add_test(tests, the_example_in_the_readme_is_right);
    tcase_add_test(tests, keys_are_checked);
    tcase_add_test(tests, a_figure_must_be_one_that_the_demo_gives);
    tcase_add_test(tests, a_prediction_comes_from_one_place);
    tcase_add_test(tests, numbers_of_a_prediction_have_limits);
    tcase_add_test(tests, what_is_simulated_must_be_there_and_have_a_shape);
    tcase_add_test(tests, there_are_neither_too_few_questions_nor_too_many);
    tcase_add_test(tests, choices_are_called_a_b_c);
    tcase_add_test(tests, the_answer_is_one_of_the_choices);
    tcase_add_test(tests, each_choice_has_its_why);
    tcase_add_test(tests, a_proof_is_a_command_that_exists);
    tcase_add_test(tests, each_mistake_of_a_proof_is_named);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
