#include "course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lesson_fixture.h"
#include "sample.h"

static char *program; /* barista, as an absolute path */

static void enter_own_course(void)
{
    char *project = getcwd(NULL, 0);
    const char *given = getenv("BARISTA");
    program = string_format("%s/%s", given && *given == '/' ? "" : project,
                            given ? given : "build/barista");
    enter_scratch();
    char *command =
        string_format("from='%s' && cp -r \"$from/lessons\" \"$from/exercises\" . && "
                      "ln -s \"$from/runtime\" \"$from/grader\" \"$from/build\" \"$from/tests\" "
                      "\"$from/Makefile\" . && "
                      "git init -q && git add exercises && "
                      "git -c user.name=T -c user.email=t@example.org commit -q -m stubs",
                      project);
    shell(command);
    free(command);
    free(project);
}

static void leave_own_course(void)
{
    leave_scratch();
    free(program);
}

struct outcome barista_with(const char *settings, const char *arguments)
{
    char *command =
        string_format("%s '%s' </dev/null %s >out 2>errors", settings, program, arguments);
    int status = system(command);
    struct outcome outcome = {
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .out = file_read("out", NULL),
        .errors = file_read("errors", NULL),
    };
    free(command);
    return outcome;
}

struct outcome barista(const char *arguments)
{
    return barista_with("", arguments);
}

void outcome_release(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->errors);
}

void check_command(const char *arguments, int status, const char *out, const char *errors)
{
    struct outcome outcome = barista(arguments);
    ck_assert_msg(outcome.status == status, "barista %s: exit %d\n%s%s", arguments, outcome.status,
                  outcome.out, outcome.errors);
    ck_assert_has(outcome.out, out);
    ck_assert_has(outcome.errors, errors);
    outcome_release(&outcome);
}

TCase *course_case(Suite *suite, const char *name)
{
    TCase *tests = tcase_create(name);
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_parent_of_scratches, remove_parent_of_scratches);
    tcase_add_checked_fixture(tests, enter_own_course, leave_own_course);
    suite_add_tcase(suite, tests);
    return tests;
}
