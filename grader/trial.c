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

bool trial_oracle(const struct trial *trial, uint64_t seed, struct run *run, FILE *errors)
{
    struct run_request request = request_of(trial, seed, 1);
    request.program = trial->build->oracle;
    request.trusted = true;
    if (!run_program(&request, run, errors))
        return false;
    if (run->reason == REASON_NONE)
        return true;
    fprintf(errors, "barista: the lesson's own answer could not be made (seed %llu): %s\n%s",
            (unsigned long long)seed, run->message ? run->message : reason_text(run->reason),
            run->report ? run->report : "");
    return false;
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
