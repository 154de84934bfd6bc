/* commands_explore.c - `barista explore` and `replay`: what is wrong with a submission in schedules
 * that hardly ever come, and one of those again. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "explore.h"
#include "json.h"
#include "result.h"

/* What a command does with the submission once it is built for exploration. Returns the exit
 * status. */
typedef int exploration_use(struct exploration *exploration, const struct submission *submission,
                            const struct arguments *arguments);

static int build_and_use(struct exploration *exploration, const struct submission *submission,
                         const struct arguments *arguments, exploration_use *use)
{
    struct build build;
    int status = command_build(exploration->sandbox, exploration->lesson, submission,
                               BUILD_EXPLORED, &build);
    if (status == BARISTA_PASS) {
        exploration->build = &build;
        status = use(exploration, submission, arguments);
    }
    build_release(&build);
    return status;
}

static int explore_lesson(const struct lesson *lesson, const struct arguments *arguments,
                          exploration_use *use)
{
    if (lesson->loopback) {
        fprintf(stderr, "%s: this lesson uses sockets, so its schedules can't be explored\n",
                lesson->path);
        return BARISTA_USAGE;
    }
    const struct check *check = command_check_of(lesson, arguments->check, CHECK_SCHEDULES);
    struct submission submission;
    if (!check || !submission_find(lesson, arguments->submission, &submission, stderr))
        return BARISTA_USAGE;
    struct sandbox sandbox;
    struct sandbox_wish wish = {.memory_mb = lesson->limits.memory_mb};
    uint64_t usual = check->schedules > 0 ? (uint64_t)check->schedules : SCHEDULES_USUAL;
    struct exploration exploration = {
        .sandbox = &sandbox,
        .lesson = lesson,
        .check = check,
        .seed = arguments->seed_given ? arguments->seed : 1,
        .schedules = arguments->schedules > 0 ? arguments->schedules : usual,
        .submission = arguments->submission,
    };
    int status = BARISTA_INFRA;
    if (sandbox_choose(&wish, &sandbox, stderr))
        status = build_and_use(&exploration, &submission, arguments, use);
    sandbox_release(&sandbox);
    submission_release(&submission);
    return status;
}

static int with_lesson(const struct arguments *arguments, exploration_use *use)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    if (!lesson)
        return BARISTA_USAGE;
    int status = explore_lesson(lesson, arguments, use);
    lesson_free(lesson);
    return status;
}

/* ---- explore --------------------------------------------------------------------------------- */

static void print_explored(FILE *out, const struct exploration *exploration,
                           const struct explored *explored)
{
    fprintf(out, "%s: ", exploration->lesson->id);
    if (explored->reason == REASON_NONE)
        fprintf(out, "nothing is wrong in %" PRId64 " schedules (%" PRId64 " steps)\n",
                explored->tried, explored->steps);
    else
        fprintf(out, "%s\n%s", reason_text(explored->reason), explored->story);
}

static int explore_and_show(struct exploration *exploration, const struct submission *submission,
                            const struct arguments *arguments)
{
    struct explored explored;
    if (!explore(exploration, &explored, stderr))
        return BARISTA_INFRA;
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    int status = explored.reason == REASON_NONE ? BARISTA_PASS : BARISTA_FAIL;
    print_explored(json_to_stdout ? stderr : stdout, exploration, &explored);
    if (arguments->json &&
        !json_deliver(json_explored(exploration, submission, &explored), arguments->json))
        status = BARISTA_INFRA;
    explored_release(&explored);
    return status;
}

int command_explore(const struct arguments *arguments)
{
    return with_lesson(arguments, explore_and_show);
}

/* ---- replay ---------------------------------------------------------------------------------- */

/* In the foreground and without a sandbox, as `barista run`: a debugger must get at it. */
static int replay(struct exploration *exploration, const struct submission *submission,
                  const struct arguments *arguments)
{
    struct strings argv = {0};
    (void)submission;
    if (arguments->debug)
        command_add_debugger(&argv, "break rt__found");
    strings_add(&argv, exploration->build->program);
    strings_add(&argv, "--explored");
    char *word = string_format("seed=%" PRIu64, exploration->seed);
    strings_add(&argv, word);
    free(word);
    for (size_t i = 0; i < exploration->check->input.count; i++) {
        const struct input *input = &exploration->check->input.items[i];
        word = string_format("%s=%" PRId64, input->name, input->value);
        strings_add(&argv, word);
        free(word);
    }
    char **list = strings_argv(&argv);
    int status = command_foreground(list);
    free(list);
    strings_release(&argv);
    return status;
}

/* "42/0:2.5-3": the seed of the input, and the schedule. */
static bool take_schedule(const char *text, struct arguments *arguments)
{
    char *end;
    errno = 0;
    arguments->seed = strtoull(text, &end, 10);
    arguments->seed_given = true;
    if (errno != 0 || end == text || *text == '-' || *end != '/' || end[1] == '\0')
        return false;
    setenv("RT_EXPLORE_REPLAY", end + 1, true);
    return true;
}

int command_replay(const struct arguments *arguments)
{
    struct arguments with_seed = *arguments;
    if (arguments->words_count < 2 || !take_schedule(arguments->words[1], &with_seed)) {
        fprintf(stderr,
                "barista: replay takes a lesson and a schedule such as 1/0:2.5-3, as `barista "
                "explore` gives it\n");
        return BARISTA_USAGE;
    }
    char *times = string_format("%" PRIu64, arguments->times > 0 ? arguments->times : 1);
    setenv("RT_EXPLORE_TIMES", times, true);
    setenv("RT_PROCS", EXPLORED_PROCS, true);
    free(times);
    return with_lesson(&with_seed, replay);
}
