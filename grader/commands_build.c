/* commands_build.c - what commands share that build a submission without grading it: whose input it
 * gets, and the build. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "explain.h"
#include "result.h"

static void say_which_checks(const struct lesson *lesson, const char *id)
{
    fprintf(stderr, "%s: no check with an input is called \"%s\"; there", lesson->path, id);
    struct strings ids = {0};
    for (size_t i = 0; i < lesson->checks_count; i++)
        if (lesson->checks[i].kind != CHECK_BUILD)
            strings_add(&ids, lesson->checks[i].id);
    for (size_t i = 0; i < ids.count; i++)
        fprintf(stderr, "%s %s", i == 0 ? (ids.count == 1 ? " is" : " are") : ",", ids.items[i]);
    fputc('\n', stderr);
    strings_release(&ids);
}

const struct check *command_check_of(const struct lesson *lesson, const char *id,
                                     enum check_kind kind)
{
    const struct check *check = lesson_check(lesson, kind, id);
    if (!check && id)
        say_which_checks(lesson, id);
    else if (!check)
        fprintf(stderr, "%s: this lesson has no check with an input to run its program on\n",
                lesson->path);
    return check;
}

int command_build(const struct sandbox *sandbox, const struct lesson *lesson,
                  const struct submission *submission, enum build_kind kind, struct build *build)
{
    if (!build_make(sandbox, lesson, submission, kind, build, stderr))
        return BARISTA_INFRA;
    if (!build->ok || build->diagnostics_count > 0) {
        char *text = explain_build(build);
        fprintf(stderr, "%s\n", text);
        free(text);
    }
    return build->ok ? BARISTA_PASS : BARISTA_FAIL;
}
