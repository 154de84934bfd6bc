/* Tests of `barista predict`, `quiz` and `progress` as learners meet them: in a course of their
 * own, in which lesson 03 has questions made for the test, and a shell script for its demo. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "course.h"
#include "lesson_fixture.h"
#include "result.h"
#include "sample.h"

#define LESSON "lessons/03-worker-pool/"

static const char QUESTIONS[] =
    "schema: 1\n"
    "predict:\n"
    "  - {ask: How fast is one?, unit: times, figure: one, procs: 1, close: 1.2, why: It is "
    "alone.}\n"
    "  - {ask: How fast are two?, unit: times, figure: two, procs: 2, close: 1.2, why: They "
    "share.}\n"
    "  - {ask: How long is one?, unit: ms, figure: one_ms, procs: 1, close: 2, why: It waits.}\n"
    "quiz:\n"
    "  - {ask: First?, choices: {a: tea, b: milk}, answer: a, why: {a: Tea it is., b: Not milk.},\n"
    "     proof: make demo LESSON=03}\n"
    "  - {ask: Second?, choices: {a: tea, b: milk, c: beer}, answer: b, why: {a: Not tea., b: "
    "Milk.,\n"
    "     c: Not beer.}, proof: make check LESSON=03 "
    "SUBMISSION=tests/submissions/03-worker-pool/wrong-not_parallel-one-lock.c}\n"
    "  - {ask: Third?, choices: {a: tea, b: milk}, answer: a, why: {a: Tea., b: No.},\n"
    "     proof: make demo LESSON=03}\n";

/* A demo that gives `one` and `one_ms` always and `two` only on two procs, and notes its runs. */
static const char DEMO[] = "#!/bin/sh\n"
                           "echo run procs=$RT_PROCS >>runs\n"
                           "echo one 1.5 >>$DEMO_FIGURES\n"
                           "echo one_ms 1523.4 >>$DEMO_FIGURES\n"
                           "[ $RT_PROCS != 2 ] || echo two 2 >>$DEMO_FIGURES\n";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* The course's build is the project's, but for the demo. */
static void ask_in_lesson_03(void)
{
    shell("project=$(readlink build) && rm build && mkdir build && ln -s \"$project\"/* build && "
          "rm build/lessons && mkdir -p build/lessons/03-worker-pool && "
          "echo 'figure(\"one\" figure(\"two\" figure(\"one_ms\"' >" LESSON "demo.c");
    write_file(LESSON "questions.yaml", QUESTIONS);
    write_file("build/lessons/03-worker-pool/demo", DEMO);
    shell("chmod +x build/lessons/03-worker-pool/demo");
}

/* Runs a command with these lines as its input. */
static struct outcome barista_told(const char *arguments, const char *lines)
{
    write_file("lines", lines);
    char *all = string_format("%s <lines", arguments);
    struct outcome outcome = barista(all);
    free(all);
    return outcome;
}

static void check_told(const char *arguments, const char *lines, int status, const char *out,
                       const char *errors)
{
    struct outcome outcome = barista_told(arguments, lines);
    ck_assert_msg(outcome.status == status, "barista %s: exit %d\n%s%s", arguments, outcome.status,
                  outcome.out, outcome.errors);
    ck_assert_has(outcome.out, out);
    ck_assert_has(outcome.errors, errors);
    outcome_release(&outcome);
}

/* ---- predict --------------------------------------------------------------------------------- */

START_TEST(predictions_stand_beside_what_was_measured)
{
    ask_in_lesson_03();
    struct outcome outcome = barista_told("predict 3", "1.6\n\n10\n");
    ck_assert_int_eq(outcome.status, BARISTA_PASS);
    ck_assert_has(outcome.out, "1 of 3. How fast is one?\ntimes> 1.6\n");
    ck_assert_has(outcome.out, "predicted 1.6          measured 1.5 times            close\n");
    ck_assert_has(outcome.out, "predicted -            measured 2 times              skipped\n");
    ck_assert_has(outcome.out,
                  "predicted 10           measured 1,520 ms             152 times too low\n");
    ck_assert_has(outcome.out, "It is alone.");
    ck_assert_has(outcome.out, "Close: 1 of 3.");
    outcome_release(&outcome);
}
END_TEST

START_TEST(the_demo_runs_once_for_each_number_of_procs)
{
    ask_in_lesson_03();
    check_told("predict 3", "1\n1\n1\n", BARISTA_PASS, "Running the demo on 1 proc ...", "");
    shell("printf 'run procs=1\\nrun procs=2\\n' | cmp - runs");
}
END_TEST

START_TEST(more_procs_than_cpus_are_told)
{
    ask_in_lesson_03();
    write_file("lines", "1\n1\n1\n");
    struct outcome outcome = barista_with("taskset -c 0", "predict 3 <lines");
    ck_assert_int_eq(outcome.status, BARISTA_PASS);
    ck_assert_has(outcome.out,
                  "This machine has 1 CPU to give, so 2 procs could not all run at once.");
    outcome_release(&outcome);
}
END_TEST

START_TEST(what_is_no_number_is_asked_again)
{
    ask_in_lesson_03();
    check_told("predict 3", "fast\n2\n\n\n", BARISTA_PASS,
               "times> fast\n  A number of times, such as 2 or 0.5; Enter alone skips the "
               "question.\ntimes> 2\n",
               "");
}
END_TEST

START_TEST(questions_beyond_the_end_of_a_pipe_are_skipped)
{
    ask_in_lesson_03();
    check_told("predict 3", "1.5\n", BARISTA_PASS, "Close: 1 of 3.", "");
}
END_TEST

START_TEST(without_any_input_nothing_is_run)
{
    ask_in_lesson_03();
    check_told("predict 3", "", BARISTA_PASS, "Stopped: nothing was measured.", "");
    shell("test ! -e runs && test ! -e .barista");
}
END_TEST

START_TEST(a_figure_that_is_not_given_is_the_courses_fault)
{
    ask_in_lesson_03();
    shell("sed -i '/two/d' build/lessons/03-worker-pool/demo");
    check_told("predict 3", "1\n1\n1\n", BARISTA_INFRA, "",
               "the demo ran, but gave no figure \"two\". That is a fault of the course");
}
END_TEST

START_TEST(figures_that_cannot_be_read_are_the_courses_fault)
{
    ask_in_lesson_03();
    shell("echo 'echo one 2 >>$DEMO_FIGURES' >>build/lessons/03-worker-pool/demo");
    check_told("predict 3", "1\n1\n1\n", BARISTA_INFRA, "",
               "gave figures that cannot be read, or one of them twice:\none 1.5\n");
}
END_TEST

START_TEST(a_demo_that_fails_is_shown)
{
    ask_in_lesson_03();
    shell("echo 'echo no coffee; exit 7' >>build/lessons/03-worker-pool/demo");
    check_told("predict 3", "1\n1\n1\n", BARISTA_INFRA, "",
               "no coffee\nbarista: build/lessons/03-worker-pool/demo failed (exit status 7).");
    shell("rm build/lessons/03-worker-pool/demo");
    check_told("predict 3", "1\n1\n1\n", BARISTA_INFRA, "", "`make demo LESSON=03` builds it");
}
END_TEST

START_TEST(some_answers_come_from_virtual_time)
{
    ask_in_lesson_03();
    shell("sed -i 's|figure: two, procs: 2|simulated: speedup, procs: 2, submission: "
          "tests/submissions/03-worker-pool/solution.c|; s|figure: one_ms, procs: 1|simulated: "
          "busy, procs: 2, submission: tests/submissions/03-worker-pool/solution.c|' " LESSON
          "questions.yaml");
    struct outcome outcome = barista_told("predict 3", "1.5\n2\n2\n");
    ck_assert_msg(outcome.status == BARISTA_PASS, "%s%s", outcome.out, outcome.errors);
    ck_assert_has(outcome.out, "03-worker-pool/solution.c on 2 procs in virtual time ...");
    ck_assert_has(outcome.out, "Close: 3 of 3.");
    outcome_release(&outcome);
}
END_TEST

/* ---- quiz ------------------------------------------------------------------------------------ */

START_TEST(a_wrong_choice_is_explained_and_may_be_mended)
{
    ask_in_lesson_03();
    struct outcome outcome = barista_told("quiz 3", "A\nc\nb\na\n");
    ck_assert_int_eq(outcome.status, BARISTA_PASS);
    ck_assert_has(outcome.out,
                  "1 of 3. First?\n    a  tea\n    b  milk\n> A\n  Right. Tea it is.\n");
    ck_assert_has(outcome.out, "> c\n  No. Not beer.\n> b\n  Right. Milk.\n");
    ck_assert_has(outcome.out, "  See for yourself:\n    make demo LESSON=03\n");
    ck_assert_has(outcome.out, "Right at the first try: 2 of 3.\n");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_long_proof_is_broken_so_that_it_can_be_copied)
{
    ask_in_lesson_03();
    check_told("quiz 3", "a\nb\na\n", BARISTA_PASS,
               "    make check LESSON=03 \\\n"
               "    SUBMISSION=tests/submissions/03-worker-pool/wrong-not_parallel-one-lock.c\n",
               "");
}
END_TEST

START_TEST(what_is_no_choice_is_no_try)
{
    ask_in_lesson_03();
    struct outcome outcome = barista_told("quiz 3", "\nc\ntea\n1\na\nb\na\n");
    ck_assert_has(outcome.out, "> c\n  Type a letter from a to b; Ctrl-D ends the quiz.\n> tea\n");
    ck_assert_has(outcome.out, "Right at the first try: 3 of 3.\n");
    outcome_release(&outcome);
}
END_TEST

START_TEST(a_quiz_that_is_left_is_not_kept)
{
    ask_in_lesson_03();
    check_told("quiz 3", "a\n", BARISTA_PASS, "Stopped: 1 of 3 answered.", "");
    shell("test ! -e .barista");
}
END_TEST

START_TEST(a_lesson_without_questions_says_so)
{
    shell("rm -f " LESSON "questions.yaml");
    check_command("quiz 3", BARISTA_USAGE, "", "lesson 03 has no questions");
    check_command("predict 3", BARISTA_USAGE, "", "lesson 03 has no questions");
}
END_TEST

START_TEST(questions_with_a_mistake_are_not_asked)
{
    ask_in_lesson_03();
    shell("sed -i s/answer:.b/answer:\\ d/ " LESSON "questions.yaml");
    check_command("quiz 3", BARISTA_USAGE, "",
                  LESSON "questions.yaml:9:65: answer: expected one of a, b, c, found \"d\"");
}
END_TEST

/* ---- progress -------------------------------------------------------------------------------- */

START_TEST(progress_shows_what_was_answered)
{
    ask_in_lesson_03();
    check_told("quiz 3", "a\na\nb\na\n", BARISTA_PASS, "", "");
    check_told("predict 3", "1.5\n2\n1\n", BARISTA_PASS, "", "");
    check_command("progress", BARISTA_PASS,
                  "       03  A worker pool bounds the work                  2/3   2/3         -\n",
                  "");
}
END_TEST

START_TEST(progress_names_what_is_left_of_the_next_lesson)
{
    ask_in_lesson_03();
    shell("mkdir .barista && echo '{\"lessons\": {\"00-first-task\": {\"done\": true}, "
          "\"01-waiting-overlaps\": {\"done\": true}, \"02-channels\": {\"done\": true}}}' "
          ">.barista/progress.json");
    check_told("predict 3", "1\n1\n1\n", BARISTA_PASS, "", "");
    check_command("progress", BARISTA_PASS,
                  "Next: lessons/03-worker-pool/lesson.md, and on the way\n"
                  "    make check LESSON=03      for the exercise\n"
                  "    make quiz LESSON=03       at the end\n",
                  "");
}
END_TEST

START_TEST(long_titles_go_on_below)
{
    ask_in_lesson_03();
    shell("sed -i 's/^title: .*/title: A worker pool bounds the work, and what else it does for "
          "us/' " LESSON "lesson.yaml");
    check_command("progress", BARISTA_PASS,
                  "       03  A worker pool bounds the work, and what          -     -         -\n"
                  "           else it does for us\n",
                  "");
}
END_TEST

START_TEST(where_nothing_can_be_kept_it_is_said)
{
    ask_in_lesson_03();
    shell("touch .barista");
    check_told("quiz 3", "a\nb\na\n", BARISTA_PASS, "Right at the first try: 3 of 3.",
               "Note: what you have done is not kept");
    check_command("progress", BARISTA_PASS, "What you do is not kept: .barista", "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("questions of a lesson");
    TCase *predict = course_case(suite, "predict");
    tcase_add_test(predict, predictions_stand_beside_what_was_measured);
    tcase_add_test(predict, the_demo_runs_once_for_each_number_of_procs);
    tcase_add_test(predict, more_procs_than_cpus_are_told);
    tcase_add_test(predict, what_is_no_number_is_asked_again);
    tcase_add_test(predict, questions_beyond_the_end_of_a_pipe_are_skipped);
    tcase_add_test(predict, without_any_input_nothing_is_run);
    tcase_add_test(predict, a_figure_that_is_not_given_is_the_courses_fault);
    tcase_add_test(predict, figures_that_cannot_be_read_are_the_courses_fault);
    tcase_add_test(predict, a_demo_that_fails_is_shown);
    tcase_add_test(predict, some_answers_come_from_virtual_time);
    TCase *quiz = course_case(suite, "quiz");
    tcase_add_test(quiz, a_wrong_choice_is_explained_and_may_be_mended);
    tcase_add_test(quiz, a_long_proof_is_broken_so_that_it_can_be_copied);
    tcase_add_test(quiz, what_is_no_choice_is_no_try);
    tcase_add_test(quiz, a_quiz_that_is_left_is_not_kept);
    tcase_add_test(quiz, a_lesson_without_questions_says_so);
    tcase_add_test(quiz, questions_with_a_mistake_are_not_asked);
    TCase *progress = course_case(suite, "progress");
    tcase_add_test(progress, progress_shows_what_was_answered);
    tcase_add_test(progress, progress_names_what_is_left_of_the_next_lesson);
    tcase_add_test(progress, long_titles_go_on_below);
    tcase_add_test(progress, where_nothing_can_be_kept_it_is_said);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
