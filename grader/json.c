/* json.c - builds the result model with jansson, from the inside out. */
#include "json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "printable.h"

#define SCHEMA 1

/* Seven digits are more than was measured, and keep 0.1 from being 0.10000000000000001. */
#define FORMAT (JSON_INDENT(2) | JSON_REAL_PRECISION(7))

/* File names may hold any bytes, but JSON is UTF-8: others are shown as \xNN. */
static json_t *string_or_null(const char *text)
{
    if (!text || !*text)
        return json_null();
    json_t *string = json_string(text);
    if (!string) {
        char *shown = printable(text, strlen(text));
        string = json_string(shown);
        free(shown);
    }
    return string;
}

static json_t *json_round(const struct check_result *check, int index)
{
    const struct round *round = &check->evidence.rounds[index];
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b}", "sequential_s",
                     json_real(round->sequential), "sequential_many_s",
                     json_real(round->sequential_many), "one_s", json_real(round->one), "many_s",
                     json_real(round->many), "many_cpu_s", json_real(round->many_cpu), "spin_one_s",
                     json_real(round->spin_one), "spin_one_cpu_s", json_real(round->spin_cpu),
                     "spin_many_s", json_real(round->spin_many), "steal", json_real(round->steal),
                     "throttled", round->throttled, "kept",
                     verdict_round_kept(check->check, &check->evidence, index));
}

static json_t *json_axis(const struct axis_verdict *axis)
{
    static const char *const decisions[] = {
        [DECISION_UNDECIDED] = "not_asked",
        [DECISION_PASS] = "pass",
        [DECISION_FAIL] = "fail",
        [DECISION_INCONCLUSIVE] = "inconclusive",
    };
    json_t *json = json_pack("{s:s, s:o, s:o, s:o}", "decision", decisions[axis->decision],
                             "median", json_real(axis->median), "low", json_real(axis->low), "high",
                             json_real(axis->high));
    if (axis->required) {
        json_object_set_new(json, "pass", json_real(axis->pass));
        json_object_set_new(json, "fail", json_real(axis->fail));
        json_object_set_new(json, "e_pass", json_real(axis->e_pass));
        json_object_set_new(json, "e_fail", json_real(axis->e_fail));
    }
    return json;
}

static json_t *json_shape_evidence(const struct check_result *check)
{
    json_t *rounds = json_array();
    for (int i = 0; i < check->evidence.rounds_count; i++)
        json_array_append_new(rounds, json_round(check, i));
    return json_pack("{s:i, s:i, s:i, s:i, s:i, s:b, s:o, s:o, s:o, s:o}", "procs",
                     check->evidence.procs, "cpus", check->evidence.cpus, "kept", check->shape.kept,
                     "dropped", check->shape.dropped, "crowded", check->shape.crowded,
                     "fails_in_virtual_time", check->evidence.fails_in_virtual_time, "achievable",
                     json_real(check->shape.achievable), "overlap",
                     json_axis(&check->shape.overlap), "speedup", json_axis(&check->shape.speedup),
                     "rounds", rounds);
}

static json_t *json_difference(const struct difference *difference)
{
    return json_pack("{s:i, s:o, s:o, s:i}", "line", difference->line, "expected",
                     string_or_null(difference->expected), "actual",
                     string_or_null(difference->actual), "matching", difference->matching);
}

static json_t *json_evidence(const struct check_result *check)
{
    bool measured = check->check->kind == CHECK_SHAPE && check->evidence.procs > 0;
    json_t *evidence = measured ? json_shape_evidence(check) : json_object();
    if (check->procs > 0) { /* a run that went wrong */
        json_object_set_new(evidence, "seed", json_integer((json_int_t)check->seed));
        json_object_set_new(evidence, "procs", json_integer(check->procs));
    }
    if (check->difference.line > 0)
        json_object_set_new(evidence, "difference", json_difference(&check->difference));
    if (check->cause)
        json_object_set_new(
            evidence, "cause",
            json_pack("{s:s, s:o}", "code", check->cause, "at", string_or_null(check->cause_at)));
    return evidence;
}

static json_t *json_check(const struct check_result *check)
{
    static const char *const kinds[] = {
        [CHECK_BUILD] = "build",
        [CHECK_ANSWER] = "answer",
        [CHECK_SCHEDULES] = "schedules",
        [CHECK_SHAPE] = "shape",
    };
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
                     check->check->id, "kind", kinds[check->check->kind], "status",
                     status_name(check->status), "reason",
                     string_or_null(reason_code(check->reason)), "points", json_real(check->points),
                     "max_points", json_real(check->check->points), "message",
                     string_or_null(check->message), "file", string_or_null(check->file), "line",
                     check->line > 0 ? json_integer(check->line) : json_null(), "seconds",
                     json_real(check->seconds), "evidence", json_evidence(check));
}

static json_t *json_figure_of(const struct check_result *check, size_t figure)
{
    return json_real(verdict_figure(check->check, &check->evidence, figure).median);
}

/* The figures of the lesson's shape in brief; null if none was measured. */
static json_t *json_shape(const struct result *result)
{
    for (size_t i = 0; i < result->checks_count; i++) {
        const struct check_result *check = &result->checks[i];
        if (check->check->kind == CHECK_SHAPE && check->evidence.rounds_count > 0)
            return json_pack(
                "{s:o, s:o, s:i, s:o, s:o, s:o}", "overlap", json_real(check->shape.overlap.median),
                "speedup", json_real(check->shape.speedup.median), "procs", check->evidence.procs,
                "sequential_s", json_figure_of(check, offsetof(struct round, sequential)), "one_s",
                json_figure_of(check, offsetof(struct round, one)), "many_s",
                json_figure_of(check, offsetof(struct round, many)));
    }
    return json_null();
}

static json_t *json_machine(const struct result *result)
{
    return json_pack("{s:o, s:i, s:i}", "cpu_model", string_or_null(result->cpu_model), "cpus",
                     result->cpus, "procs", result->procs);
}

static json_t *json_sandbox(const struct result *result)
{
    const struct sandbox *sandbox = result->sandbox;
    if (!sandbox)
        return json_null();
    const char tier[] = {tier_letter(sandbox->tier), '\0'};
    json_t *active = json_array(), *missing = json_array(), *why = json_object();
    for (int i = 0; i < LAYERS_COUNT; i++) {
        const char *name = layer_name((enum layer)i);
        json_array_append_new(sandbox->active[i] ? active : missing, json_string(name));
        if (!sandbox->active[i])
            json_object_set_new(why, name, string_or_null(sandbox->why[i]));
    }
    return json_pack("{s:s, s:b, s:o, s:o, s:o, s:i, s:{s:i, s:i}}", "tier", tier, "official",
                     result->official, "active", active, "missing", missing, "why", why,
                     "landlock_abi", sandbox->landlock_abi, "canaries", "held", sandbox->canaries,
                     "of", CANARIES_COUNT);
}

json_t *json_result(const struct result *result)
{
    json_t *checks = json_array();
    for (size_t i = 0; i < result->checks_count; i++)
        json_array_append_new(checks, json_check(&result->checks[i]));
    return json_pack("{s:i, s:s, s:s, s:s, s:f, s:f, s:o, s:o, s:o, s:o, s:{s:o, s:o}, s:{s:I}}",
                     "schema", SCHEMA, "lesson", result->lesson->id, "title", result->lesson->title,
                     "verdict", status_name(result->verdict), "score", result->score, "max_score",
                     result->max_score, "checks", checks, "shape", json_shape(result), "machine",
                     json_machine(result), "sandbox", json_sandbox(result), "submission", "path",
                     string_or_null(result->submission), "sha256", string_or_null(result->sha256),
                     "seeds", "grading", (json_int_t)result->seed);
}

bool json_write(const json_t *value, const char *path)
{
    if (strcmp(path, "-") == 0)
        return json_dumpf(value, stdout, FORMAT) == 0 && fputc('\n', stdout) != EOF &&
               fflush(stdout) == 0;
    char *dumped = json_dumps(value, FORMAT);
    if (!dumped)
        memory_exhausted();
    char *text = string_format("%s\n", dumped);
    bool ok = file_write(path, text);
    int failed = errno;
    free(text);
    free(dumped);
    errno = failed;
    return ok;
}

bool json_deliver(json_t *value, const char *path)
{
    bool written = json_write(value, path);
    if (!written)
        fprintf(stderr, "barista: cannot write %s: %s\n", path, strerror(errno));
    json_decref(value);
    return written;
}
