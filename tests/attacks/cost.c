/* cost.c - what the sandbox costs: how much longer a program takes that does nothing.
 *
 * Runs of each tier and runs without a sandbox take turns, so that a machine that slows down
 * meanwhile slows all of them down. The median is given, because now and then the kernel has
 * something else to do. Started by `make sandbox-cost`. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "process.h"
#include "sandbox.h"

#define RUNS 200
#define WARM_UPS 5
#define TIERS 4

#define BUDGET_MS 6.0

static char *nothing[] = {"/bin/true", NULL};
static char *environment[] = {"RT_PROCS=1", NULL};

static double run_directly(void)
{
    double begin = clock_seconds();
    pid_t child;

    if (posix_spawn(&child, nothing[0], NULL, NULL, nothing, environment) != 0)
        exit(3);
    waitpid(child, NULL, 0);
    return (clock_seconds() - begin) * 1e3;
}

/* As run.c runs a submission: it is over when its pidfd says so. */
static double run_in(const struct sandbox *sandbox)
{
    double begin = clock_seconds();
    struct process process;
    struct view view = {0};
    struct process_plan plan = {
        .sandbox = sandbox,
        .purpose = PURPOSE_RUN,
        .view = &view,
        .directory = "/",
        .argv = nothing,
        .environment = environment,
        .descriptors = {-1, -1, -1, -1, -1},
        .cpu_s = 10,
        .file_bytes = 1 << 20,
        .address_bytes = (uint64_t)16 << 30,
    };

    view_add_libraries(&view);
    view_add(&view, VIEW_EXECUTE, nothing[0]);
    if (!process_start(&plan, &process, stderr))
        exit(3);
    process_end(&process, NULL);
    view_release(&view);
    return (clock_seconds() - begin) * 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, RUNS, sizeof *values, compare);
    return values[RUNS / 2];
}

int main(void)
{
    static double times[TIERS + 1][RUNS];
    struct sandbox sandboxes[TIERS];
    bool there[TIERS], within = true;

    for (int i = 0; i < TIERS; i++) {
        struct sandbox_wish wish = {.tier = (enum tier)(TIER_A + i), .memory_mb = 256};
        there[i] = sandbox_choose(&wish, &sandboxes[i], stderr);
    }
    for (int run = -WARM_UPS; run < RUNS; run++) {
        int place = run < 0 ? 0 : run;
        times[TIERS][place] = run_directly();
        for (int i = 0; i < TIERS; i++)
            if (there[i])
                times[i][place] = run_in(&sandboxes[i]);
    }
    double direct = median(times[TIERS]);
    printf("%d runs of each; the time of a program that does nothing, median:\n\n", RUNS);
    printf("  no sandbox   %6.2f ms\n", direct);
    for (int i = 0; i < TIERS; i++) {
        if (there[i]) {
            double overhead = median(times[i]) - direct;
            within = within && overhead <= BUDGET_MS;
            printf("  tier %c       %6.2f ms   overhead %.2f ms\n", 'A' + i, median(times[i]),
                   overhead);
        }
        sandbox_release(&sandboxes[i]);
    }
    printf("\nThe overhead must be at most %.0f ms: %s\n", BUDGET_MS, within ? "it is" : "MISSED");
    return within ? 0 : 1;
}
