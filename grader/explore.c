/* explore.c - runs a program that explores its own schedules, and reads what came of it.
 *
 * The program does all the work (runtime/explore/): it tells the story on standard error, and gives
 * the figures as a line of JSON. Both come from a process in which a student's code ran, so they
 * are read as strictly as anything else from there. */
#include "explore.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "exercise.h"
#include "explain.h"
#include "fields.h"
#include "seed.h"
#include "trial.h"

/* An exploration is some thousand runs: so many times the limits of one. */
#define TIMES_LIMIT 4

/* The longest story has some dozens of lines; a program can write thousands in its place. */
#define STORY_LINES_MOST 200

/* ---- Reading a result ------------------------------------------------------------------------ */

static bool read_number(const json_t *object, const char *key, int64_t *number)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return false;
    *number = json_integer_value(value);
    return true;
}

/* What an exploration can find (runtime/explore/found.h), by the same codes as here. */
static bool read_reason(const json_t *root, enum reason *reason)
{
    static const enum reason all[] = {
        REASON_RACE,         REASON_MISUSE,     REASON_CRASH,
        REASON_WRONG_ANSWER, REASON_DEADLOCK,   REASON_LEAK,
        REASON_LOST_WAKE_UP, REASON_LOCK_ORDER, REASON_SCHEDULE_DEPENDENT};
    const char *code = json_string_value(json_object_get(root, "found"));
    *reason = REASON_NONE;
    if (!code)
        return !json_object_get(root, "found");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(code, reason_code(all[i])) == 0)
            *reason = all[i];
    int64_t status;
    if (read_number(root, "status", &status) && status == EXERCISE_EXIT_TASKS)
        *reason = REASON_UNBOUNDED_TASKS;
    return *reason != REASON_NONE;
}

/* As runtime/explore/replay.h writes it: it becomes part of a command. */
static bool is_schedule(const char *text)
{
    return text && *text && text_made_of(text, "0123456789o:.,-");
}

static bool read_figures(const char *text, struct explored *explored)
{
    json_t *root = json_loads(text, 0, NULL);
    bool ok = root && read_number(root, "tried", &explored->tried) &&
              read_number(root, "given_up", &explored->given_up) &&
              read_number(root, "steps", &explored->steps) && read_reason(root, &explored->reason);
    if (ok && explored->reason != REASON_NONE) {
        const char *schedule = json_string_value(json_object_get(root, "replay"));
        ok = is_schedule(schedule) && read_number(root, "switches", &explored->switches);
        if (ok)
            explored->again = string_copy(schedule);
    }
    json_decref(root);
    return ok;
}

/* ---- Exploring ------------------------------------------------------------------------------- */

/* It did not come to its end. */
static void take_bad_end(struct run *run, struct explored *explored)
{
    explored->reason = run->reason != REASON_NONE ? run->reason : REASON_CRASH;
    explored->story = string_format(
        "%s\n%s",
        run->message ? run->message : "The program ended without the result of its exploration.",
        run->report ? run->report : "");
    free(explored->again);
    explored->again = NULL;
}

static void take_result(struct run *run, struct explored *explored)
{
    bool stopped = run->reason == REASON_TIMEOUT || run->reason == REASON_MEMORY_LIMIT ||
                   run->reason == REASON_OUTPUT_LIMIT;
    explored->finished = !stopped && run->figures && read_figures(run->figures, explored);
    if (explored->finished) {
        explored->story = run->report;
        explored->answer = run->answer;
        run->report = run->answer = NULL;
    } else {
        take_bad_end(run, explored);
    }
}

bool explore(const struct exploration *exploration, struct explored *explored, FILE *errors)
{
    struct cpus cpus = cpus_allowed();
    struct limits limits = exploration->lesson->limits;
    limits.wall_s *= TIMES_LIMIT;
    limits.cpu_s *= TIMES_LIMIT;
    char *command =
        explain_command("replay", exploration->lesson, exploration->check, exploration->submission);
    char *again = string_format("%s SEED=%" PRIu64 "/", command, exploration->seed);
    free(command);
    struct explore_request wish = {exploration->schedules, exploration->seed, again};
    struct run_request request = {
        .sandbox = exploration->sandbox,
        .program = exploration->build->program,
        .input = &exploration->check->input,
        .limits = &limits,
        .seed = exploration->seed,
        .procs = atoi(EXPLORED_PROCS),
        .cpus = &cpus,
        .explore = &wish,
    };
    struct run run;
    *explored = (struct explored){0};
    bool ran = run_program(&request, &run, errors);
    if (ran)
        take_result(&run, explored);
    run_release(&run);
    free(again);
    return ran;
}

void explored_release(struct explored *explored)
{
    free(explored->story);
    free(explored->again);
    free(explored->answer);
    *explored = (struct explored){0};
}

json_t *json_explored(const struct exploration *exploration, const struct submission *submission,
                      const struct explored *explored)
{
    return json_pack("{s:i, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s?, s:s?, s:I, s:s?, s:{s:s}}",
                     "schema", 1, "lesson", exploration->lesson->id, "mode", "explore", "seed",
                     (json_int_t)exploration->seed, "schedules", (json_int_t)exploration->schedules,
                     "tried", (json_int_t)explored->tried, "given_up",
                     (json_int_t)explored->given_up, "steps", (json_int_t)explored->steps, "reason",
                     explored->reason != REASON_NONE ? reason_code(explored->reason) : NULL,
                     "replay", explored->again, "switches", (json_int_t)explored->switches, "story",
                     explored->story, "submission", "sha256", submission->sha256);
}

/* ---- The check ------------------------------------------------------------------------------- */

/* The story behind a sentence; its lines are to be shown as they are. */
static char *message_of(const char *sentence, const char *story)
{
    char *message = string_copy(sentence);
    int shown = 0;
    for (const char *line = story; *line && shown < STORY_LINES_MOST; shown++) {
        size_t length = strcspn(line, "\n");
        char *longer = string_format("%s\n    %.*s", message, (int)length, line);
        free(message);
        message = longer;
        line += length + (line[length] == '\n');
    }
    return message;
}

static bool ran_out_of_time(const struct explored *explored)
{
    return !explored->finished && explored->reason == REASON_TIMEOUT;
}

/* Whether it comes to the end of a single schedule. Then it was the machine that was too slow for
 * thousands; else it is the submission that hangs. */
static bool can_end(const struct exploration *exploration, bool *ends, FILE *errors)
{
    struct exploration single = *exploration;
    struct explored explored;
    single.schedules = 1;
    bool ok = explore(&single, &explored, errors);
    *ends = ok && !ran_out_of_time(&explored);
    explored_release(&explored);
    return ok;
}

/* What to do about a finding whose story says only how it comes about; the report wraps it. */
static void settle_found(const struct explored *explored, bool slow, struct check_result *result)
{
    char *sentence = explain_schedule(explored->reason, explored->tried);
    check_settle(result, slow ? STATUS_INCONCLUSIVE : STATUS_FAIL, explored->reason,
                 message_of(explored->finished ? sentence : "the schedules could not be tried",
                            explored->story));
    free(sentence);
}

/* All schedules agree on the answer; whether it is right, the oracle knows. */
static void settle_answer(const struct explored *explored, const struct run *oracle,
                          struct check_result *result)
{
    if (!explored->answer || !answer_same(oracle->answer, explored->answer, &result->difference))
        check_settle(result, STATUS_FAIL, REASON_WRONG_ANSWER,
                     string_copy("the answer is wrong in every schedule"));
    else
        check_settle(result, STATUS_PASS, REASON_NONE,
                     string_format("nothing is wrong in %" PRId64 " schedules", explored->tried));
}

static char *message_of_build(const struct build *build)
{
    char *text = explain_build(build);
    char *message = string_format("it does not compile for the exploration of schedules: %s", text);
    free(text);
    return message;
}

static bool explore_built(const struct trial *trial, const struct build *build, uint64_t seed,
                          struct check_result *result, FILE *errors)
{
    struct exploration exploration = {
        .sandbox = trial->sandbox,
        .lesson = trial->lesson,
        .build = build,
        .check = trial->check,
        .seed = seed,
        .schedules = (uint64_t)trial->check->schedules,
        .submission = trial->submission,
    };
    struct explored explored;
    struct run oracle = {0};
    bool slow = false;
    bool ok =
        trial_oracle(trial, seed, &oracle, errors) && explore(&exploration, &explored, errors);
    if (!ok) {
        run_release(&oracle);
        return false;
    }
    if (ran_out_of_time(&explored))
        ok = can_end(&exploration, &slow, errors);
    if (ok && explored.reason != REASON_NONE)
        settle_found(&explored, slow, result);
    else if (ok)
        settle_answer(&explored, &oracle, result);
    explored_release(&explored);
    run_release(&oracle);
    return ok;
}

bool schedules_check(const struct trial *trial, const struct submission *submission, uint64_t seed,
                     struct check_result *result, FILE *errors)
{
    struct build build;
    /* A short one: it has to be typed by whoever wants to see a finding again. */
    uint64_t short_seed = seed % 1000000;
    bool ok = build_make(trial->sandbox, trial->lesson, submission, BUILD_EXPLORED, &build, errors);
    if (ok && build.ok)
        ok = explore_built(trial, &build, short_seed, result, errors);
    else if (ok) /* the lesson's own files do compile for it, so this is the submission's fault */
        check_settle(result, STATUS_FAIL, REASON_BUILD_ERROR, message_of_build(&build));
    build_release(&build);
    return ok;
}
