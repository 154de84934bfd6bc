/* test_questions.c - proves what the lessons ask: the commands that are to prove an answer do run.
 *
 * Whether a proof convinces, a person must judge; that it can be typed and shows something, this
 * test does. It ends with 0 or, if a submission in it falls short, with 1; any other status is
 * trouble. A proof takes some seconds, and each lesson has three or more, so they only run with
 * TEST_LESSONS_ALL=1 in the environment, which `make test-lessons` sets. TEST_LESSONS=03 takes only
 * lessons whose id starts with this.
 *
 * That each demo gives the figures that are asked for is tested where demos run anyway:
 * test_text.c. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "lesson.h"
#include "questions.h"

/* For a machine that is busy with other tests. */
#define TIMEOUT_S 300

static struct strings lessons; /* those with questions */
static struct strings proofs;  /* of all lessons, each command once */

static void find_lessons(void)
{
    struct strings all = lesson_ids();
    const char *only = getenv("TEST_LESSONS");

    for (size_t i = 0; i < all.count; i++)
        if ((!only || strncmp(all.items[i], only, strlen(only)) == 0) &&
            questions_exist(all.items[i]))
            strings_add(&lessons, all.items[i]);
    strings_release(&all);
}

static void find_proofs(void)
{
    for (size_t i = 0; i < lessons.count; i++) {
        struct questions *questions = questions_load(lessons.items[i], stderr);
        for (size_t j = 0; questions && j < questions->quiz_count; j++)
            if (!strings_contain(&proofs, questions->quiz[j].proof))
                strings_add(&proofs, questions->quiz[j].proof);
        questions_free(questions);
    }
}

START_TEST(all_questions_can_be_read)
{
    for (size_t i = 0; i < lessons.count; i++) {
        struct questions *questions = questions_load(lessons.items[i], stderr);
        ck_assert_msg(questions != NULL, "lessons/%s/questions.yaml has mistakes: make lint",
                      lessons.items[i]);
        questions_free(questions);
    }
}
END_TEST

/* A demo has no submission that could fall short. */
static bool may_end_with(const char *proof, int status)
{
    return WIFEXITED(status) &&
           (WEXITSTATUS(status) == 0 ||
            (WEXITSTATUS(status) == 1 && strncmp(proof, "make demo ", strlen("make demo ")) != 0));
}

/* As a learner would type it: this test may itself have been started by a make, which hands on its
 * settings. */
START_TEST(a_proof_runs_and_shows_something)
{
    const char *proof = proofs.items[_i];
    char *command = string_format("unset MAKEFLAGS MFLAGS MAKELEVEL; %s </dev/null 2>&1", proof);
    FILE *output = popen(command, "r");
    ck_assert_ptr_nonnull(output);

    char last[1000] = "", line[sizeof last];
    size_t lines = 0;
    for (; fgets(line, sizeof line, output); lines++)
        strcpy(last, line);
    int status = pclose(output);
    free(command);
    ck_assert_msg(may_end_with(proof, status) && lines > 0,
                  "%s\nended with status %d after %zu lines, of which the last is\n%s", proof,
                  WEXITSTATUS(status), lines, last);
}
END_TEST

int main(void)
{
    find_lessons();
    find_proofs();
    Suite *suite = suite_create("questions");
    TCase *tests = tcase_create("questions");
    tcase_set_timeout(tests, TIMEOUT_S);
    tcase_add_test(tests, all_questions_can_be_read);
    if (getenv("TEST_LESSONS_ALL"))
        tcase_add_loop_test(tests, a_proof_runs_and_shows_something, 0, (int)proofs.count);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    strings_release(&proofs);
    strings_release(&lessons);
    return failed ? 1 : 0;
}
