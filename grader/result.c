/* result.c - the names of statuses and reasons, and how single checks make up the whole. */
#include "result.h"

#include <stdlib.h>

static const char *const codes[] = {
#define REASON_CODE(name, code, text) [REASON_##name] = code,
    REASONS(REASON_CODE)
#undef REASON_CODE
};

static const char *const texts[] = {
#define REASON_TEXT(name, code, text) [REASON_##name] = text,
    REASONS(REASON_TEXT)
#undef REASON_TEXT
};

static const char *const status_names[] = {
    [STATUS_PASS] = "pass",       [STATUS_FAIL] = "fail",   [STATUS_INCONCLUSIVE] = "inconclusive",
    [STATUS_SKIPPED] = "skipped", [STATUS_ERROR] = "error",
};

const char *reason_code(enum reason reason)
{
    return codes[reason];
}

const char *reason_text(enum reason reason)
{
    return texts[reason];
}

const char *status_name(enum status status)
{
    return status_names[status];
}

void difference_release(struct difference *difference)
{
    free(difference->expected);
    free(difference->actual);
    *difference = (struct difference){0};
}

struct result result_new(const struct lesson *lesson)
{
    struct result result = {
        .lesson = lesson,
        .max_score = lesson->max_points,
        .checks = memory_new(lesson->checks_count * sizeof *result.checks),
        .checks_count = lesson->checks_count,
    };
    for (size_t i = 0; i < result.checks_count; i++)
        result.checks[i] = (struct check_result){
            .check = &lesson->checks[i],
            .status = STATUS_SKIPPED,
            .reason = REASON_NEEDS,
        };
    return result;
}

void check_settle(struct check_result *check, enum status status, enum reason reason, char *message)
{
    bool keeps = status == STATUS_PASS || status == STATUS_INCONCLUSIVE || status == STATUS_ERROR;
    check->status = status;
    check->reason = reason;
    check->points = keeps ? check->check->points : 0;
    free(check->message);
    check->message = message;
}

static bool any_check(const struct result *result, enum status status)
{
    for (size_t i = 0; i < result->checks_count; i++)
        if (result->checks[i].status == status)
            return true;
    return false;
}

void result_conclude(struct result *result)
{
    result->score = 0;
    for (size_t i = 0; i < result->checks_count; i++)
        result->score += result->checks[i].points;
    if (any_check(result, STATUS_ERROR))
        result->verdict = STATUS_ERROR;
    else if (any_check(result, STATUS_FAIL))
        result->verdict = STATUS_FAIL;
    else if (any_check(result, STATUS_INCONCLUSIVE))
        result->verdict = STATUS_INCONCLUSIVE;
    else
        result->verdict = STATUS_PASS;
}

enum barista_exit result_exit(const struct result *result)
{
    switch (result->verdict) {
    case STATUS_ERROR:
        return BARISTA_INFRA;
    case STATUS_FAIL:
        return BARISTA_FAIL;
    default:
        return BARISTA_PASS;
    }
}

void result_release(struct result *result)
{
    for (size_t i = 0; i < result->checks_count; i++) {
        free(result->checks[i].message);
        free(result->checks[i].file);
        free(result->checks[i].cause_at);
        difference_release(&result->checks[i].difference);
    }
    free(result->checks);
    free(result->submission);
    free(result->student_file);
    free(result->printed);
    free(result->cpu_model);
    *result = (struct result){0};
}
