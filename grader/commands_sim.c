/* commands_sim.c - `barista sim`: what a submission does on 1 to 64 procs, in virtual time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "json.h"
#include "result.h"
#include "show_curve.h"
#include "simulate.h"

/* What `--procs` is without saying so. */
static const int procs_usual[] = {1, 2, 4, 8, 16, 32, 64};

static void print_bad_end(const struct run *bad, int procs)
{
    fprintf(stderr, "barista: in virtual time on %d proc%s: %s\n%s", procs, procs == 1 ? "" : "s",
            bad->message ? bad->message : reason_text(bad->reason), bad->report ? bad->report : "");
}

int command_bad_end(struct run *bad, int procs)
{
    int status = bad->reason == REASON_NONE ? BARISTA_INFRA : BARISTA_FAIL;
    if (status == BARISTA_FAIL)
        print_bad_end(bad, procs);
    run_release(bad);
    return status;
}

/* Runs at procs=1, which all is compared with, and at all that are asked for. */
static int simulate_all(const struct simulation *simulation, const struct arguments *arguments,
                        struct curve *curve)
{
    const int *asked = arguments->procs_count > 0 ? arguments->procs_list : procs_usual;
    size_t count = arguments->procs_count > 0 ? (size_t)arguments->procs_count
                                              : sizeof procs_usual / sizeof *procs_usual;
    int procs[1 + PROCS_LIST_MOST] = {1};
    size_t first = asked[0] == 1 ? 0 : 1;
    memcpy(procs + first, asked, count * sizeof *asked);
    struct run bad;
    if (!simulate(simulation, procs, first + count, curve, &bad, stderr))
        return command_bad_end(&bad, procs[curve->count]);
    return BARISTA_PASS;
}

static int show(const struct simulation *simulation, const struct submission *submission,
                const struct curve *curve, const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    show_curve(simulation, submission, curve, json_to_stdout ? stderr : stdout);
    bool ok = !arguments->json ||
              json_deliver(json_curve(simulation, submission, curve), arguments->json);
    return ok ? BARISTA_PASS : BARISTA_INFRA;
}

static int simulate_and_show(const struct simulation *simulation,
                             const struct submission *submission, const struct arguments *arguments)
{
    struct curve curve = {0};
    int status = simulate_all(simulation, arguments, &curve);
    if (status == BARISTA_PASS)
        status = show(simulation, submission, &curve, arguments);
    curve_release(&curve);
    return status;
}

int command_sim(const struct arguments *arguments)
{
    return command_simulation(arguments, simulate_and_show);
}

/* ---- What all commands about virtual time share ---------------------------------------------- */

static int build_and_use(const struct sandbox *sandbox, const struct lesson *lesson,
                         const struct check *check, const struct submission *submission,
                         const struct arguments *arguments, simulation_use *use)
{
    struct build build;
    enum build_kind kind = arguments->real ? BUILD_REAL : BUILD_SIMULATED;
    int status = command_build(sandbox, lesson, submission, kind, &build);
    if (status == BARISTA_PASS) {
        struct simulation simulation = {.sandbox = sandbox,
                                        .lesson = lesson,
                                        .build = &build,
                                        .input = &check->input,
                                        .seed = arguments->seed_given ? arguments->seed : 1};
        status = use(&simulation, submission, arguments);
    }
    build_release(&build);
    return status;
}

static void refuse(const struct lesson *lesson)
{
    fprintf(stderr, "%s: this lesson can't be simulated: ", lesson->path);
    if (lesson->loopback)
        fprintf(stderr,
                "it uses sockets, which virtual time has not\n"
                "A real run is shown by make trace LESSON=%.2s REAL=1\n",
                lesson->id);
    else
        fputs("it has no costs; `simulate: {}` gives it the usual ones (lessons/README.md)\n",
              stderr);
}

static int simulate_lesson(const struct lesson *lesson, const struct arguments *arguments,
                           simulation_use *use)
{
    if (!lesson->costs && !arguments->real) {
        refuse(lesson);
        return BARISTA_USAGE;
    }
    const struct check *check = command_check_of(lesson, arguments->check, CHECK_SHAPE);
    struct submission submission;
    if (!check || !submission_find(lesson, arguments->submission, &submission, stderr))
        return BARISTA_USAGE;
    struct sandbox sandbox;
    struct sandbox_wish wish = {.loopback = lesson->loopback,
                                .memory_mb = lesson->limits.memory_mb};
    int status = BARISTA_INFRA;
    if (sandbox_choose(&wish, &sandbox, stderr))
        status = build_and_use(&sandbox, lesson, check, &submission, arguments, use);
    sandbox_release(&sandbox);
    submission_release(&submission);
    return status;
}

int command_simulation(const struct arguments *arguments, simulation_use *use)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    if (!lesson)
        return BARISTA_USAGE;
    int status = simulate_lesson(lesson, arguments, use);
    lesson_free(lesson);
    return status;
}
