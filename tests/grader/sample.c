#include "sample.h"

#include <string.h>

static struct input inputs[] = {{"jobs", 64}, {"work", 20}};
static char *student[] = {"pool.c"};

static struct check checks[] = {
    {.id = "build", .kind = CHECK_BUILD, .points = 10},
    {.id = "answer", .kind = CHECK_ANSWER, .points = 50, .seeds = 4, .input = {inputs, 2}},
    {.id = "shape",
     .kind = CHECK_SHAPE,
     .points = 40,
     .needs = "answer",
     .input = {inputs, 2},
     .shape = SHAPE_PARALLEL,
     .overlap = {.set = true, .pass = {0.8, false}, .fail = {0.6, false}},
     .speedup = {.set = true, .pass = {0.75, true}, .fail = {0.6, true}}},
};

const struct lesson sample_lesson = {
    .id = "03-worker-pool",
    .title = "A worker pool bounds the work",
    .student = {student, 1},
    .limits = {.wall_s = 10, .cpu_s = 20, .memory_mb = 512, .output_kb = 256},
    .checks = checks,
    .checks_count = 3,
    .max_points = 100,
};

void sample_measure(struct check_result *check, int rounds, double one, double many)
{
    check->evidence = (struct evidence){.procs = 2, .cpus = 2, .rounds_count = rounds};
    for (int i = 0; i < rounds; i++)
        check->evidence.rounds[i] = (struct round){
            .sequential = 0.2,
            .one = one,
            .many = many,
            .many_cpu = one,
            .spin_one = 0.056,
            .spin_many = 0.028,
        };
    check->shape = verdict_shape(check->check, &check->evidence);
}

/* Tier B, as an ordinary user has it. */
static const struct sandbox sandbox = {
    .tier = TIER_B,
    .active = {[LAYER_NAMESPACES] = true,
               [LAYER_LANDLOCK] = true,
               [LAYER_SECCOMP] = true,
               [LAYER_RLIMITS] = true},
    .why = {[LAYER_CGROUP] = "Permission denied"},
    .landlock_abi = 7,
    .canaries = 26,
};

struct result sample_result(void)
{
    struct result result = result_new(&sample_lesson);
    result.procs = 2;
    result.cpus = 2;
    result.sandbox = &sandbox;
    result.seed = 42;
    result.cpu_model = string_copy("Test CPU");
    result.submission = string_copy("exercises/03-worker-pool");
    result.student_file = string_copy("exercises/03-worker-pool/pool.c");
    memset(result.sha256, 'a', 64);
    check_settle(&result.checks[0], STATUS_PASS, REASON_NONE, string_copy("0.4 s"));
    check_settle(&result.checks[1], STATUS_PASS, REASON_NONE,
                 string_copy("4 fresh inputs, procs 1 and 2"));
    sample_measure(&result.checks[2], 5, 0.19, 0.1);
    check_settle(&result.checks[2], STATUS_PASS, REASON_NONE,
                 string_copy("speedup 1.90 of 2 (need 1.5)"));
    result_conclude(&result);
    return result;
}
