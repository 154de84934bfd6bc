/* trial.c - runs the oracle and the submission on the same input and compares. */
#include "trial.h"

#include <stdlib.h>

#include "answer.h"
#include "explain.h"

static struct run_request request_of(const struct trial *trial, uint64_t seed, int procs)
{
    return (struct run_request){
        .sandbox = trial->sandbox,
        .input = &trial->check->input,
        .limits = &trial->lesson->limits,
        .seed = seed,
        .procs = procs,
        .cpus = trial->cpus,
    };
}

static struct run_request oracle_request(const struct trial *trial, uint64_t seed)
{
    struct run_request request = request_of(trial, seed, 1);
    request.program = trial->build->oracle;
    request.trusted = true;
    return request;
}

static bool has_answered(const struct run *run, uint64_t seed, FILE *errors)
{
    if (run->reason == REASON_NONE)
        return true;
    fprintf(errors, "barista: the lesson's own answer could not be made (seed %llu): %s\n%s",
            (unsigned long long)seed, run->message ? run->message : reason_text(run->reason),
            run->report ? run->report : "");
    return false;
}

bool trial_oracle(const struct trial *trial, uint64_t seed, struct run *run, FILE *errors)
{
    struct run_request request = oracle_request(trial, seed);
    return run_program(&request, run, errors) && has_answered(run, seed, errors);
}

bool trial_oracles(const struct trial *trial, uint64_t seed, double *seconds, FILE *errors)
{
    size_t count = (size_t)trial->procs;
    struct run_request *requests = memory_new(count * sizeof *requests);
    struct cpus *own = memory_new(count * sizeof *own);
    struct run *runs = memory_new(count * sizeof *runs);
    for (size_t i = 0; i < count; i++) {
        own[i] = (struct cpus){.ids = {trial->cpus->ids[i]}, .count = 1};
        requests[i] = oracle_request(trial, seed);
        requests[i].cpus = &own[i];
    }
    bool ok = run_programs(requests, runs, count, errors);
    *seconds = 0;
    for (size_t i = 0; i < count; i++) {
        ok = ok && has_answered(&runs[i], seed, errors);
        *seconds = runs[i].seconds > *seconds ? runs[i].seconds : *seconds;
        run_release(&runs[i]);
    }
    free(runs);
    free(own);
    free(requests);
    return ok;
}

bool trial_submission(const struct trial *trial, uint64_t seed, int procs, bool leaks,
                      struct run *run, FILE *errors)
{
    struct run_request request = request_of(trial, seed, procs);
    request.program = trial->build->program;
    request.leaks = leaks;
    return run_program(&request, run, errors);
}

bool trial_judge(const struct trial *trial, uint64_t seed, int procs, bool before_passed,
                 const struct run *run, const struct run *oracle, struct check_result *result)
{
    char *replay = explain_replay(trial->lesson, trial->check, trial->submission, procs, seed);
    struct explain_run_place place = {procs, seed, before_passed, replay};
    if (run->reason != REASON_NONE) {
        check_settle(result, STATUS_FAIL, run->reason, explain_bad_end(run, &place));
    } else if (!answer_same(oracle->answer, run->answer, &result->difference)) {
        check_settle(result, STATUS_FAIL, REASON_WRONG_ANSWER,
                     explain_difference(&result->difference, &place));
    } else {
        free(replay);
        return true;
    }
    result->seed = seed;
    result->procs = procs;
    free(replay);
    return false;
}
