/* classify.c - builds a program around the learner's function, and measures it.
 *
 * First alone: how long does a call take, and how much of that is computing? Then several copies of
 * the work beside each other, in three forms, in turns: one after the other, as tasks on one proc,
 * as tasks on several. The first says what the function is made of, the second what tasks and procs
 * make of it; if the two do not fit - it waits, and yet waits do not overlap - they are measured
 * once more in rt_blocking.
 *
 * This is the learner's own code on the learner's own machine, with the files and the network that
 * it needs: it is run without a sandbox, and under limits that only stop what never ends. */
#include "classify.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "compiler.h"
#include "run.h"
#include "seed.h"
#include "spread.h"
#include "undisturbed.h"

#define COMPILE_SECONDS 30
#define LIBRARY "build/libbarista.a"
#define FUNCTION "grader/classify/function.c"

/* A call that takes longer never ends, as far as anybody wants to wait. */
#define ALONE_SECONDS 10
/* What is timed takes at least so long, or the start of tasks would count. */
#define WORK_SECONDS 0.005
#define CALLS_MOST 1000000

/* At least so many copies beside each other, if that is not a matter of many seconds. */
#define COPIES_LEAST 8
#define COPIES_SECONDS 4
#define COMPUTING_FOR_A_WAIT 4
#define ROUNDS_MOST 7
#define PATIENCE_SECONDS 12

/* ---- Building -------------------------------------------------------------------------------- */

static void add_owned(struct strings *list, char *item)
{
    strings_add(list, item);
    free(item);
}

/* The flags of an exercise (build.c), but for the language: the learner's own code may use all of
 * the system. */
static struct compilation compile_command(const char *file, const char *function,
                                          const struct classify_program *program)
{
    static const char *const flags[] = {"-std=gnu11",
                                        "-O2",
                                        "-g",
                                        "-fstack-clash-protection",
                                        "-fno-omit-frame-pointer",
                                        "-Wall",
                                        "-Wextra",
                                        "-Werror=implicit-function-declaration",
                                        "-Werror=implicit-int",
                                        "-Werror=int-conversion",
                                        "-Werror=incompatible-pointer-types",
                                        "-fdiagnostics-color=never",
                                        "-Iruntime/include",
                                        "-iquote",
                                        "exercises",
                                        FUNCTION,
                                        "grader/classify/harness.c",
                                        "exercises/exercise.c",
                                        "exercises/spent.c",
                                        LIBRARY,
                                        "-rdynamic",
                                        "-pthread",
                                        "-lm"};
    struct compilation command = {.folder = string_copy(program->folder.path)};
    add_owned(&command.arguments, string_format("-DCLASSIFY_FILE=\"%s\"", file));
    add_owned(&command.arguments, string_format("-DCLASSIFY_FUNCTION=%s", function));
    add_owned(&command.arguments, string_format("-o%s/program", program->folder.path));
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        strings_add(&command.arguments, flags[i]);
    return command;
}

/* Whether the compiler found a mistake in the file itself, and not only in how its function is
 * called. */
static bool is_wrong_itself(const char *output, const char *path)
{
    char *lines = string_copy(output), *rest = NULL;
    bool found = false;
    for (char *line = strtok_r(lines, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        found = found || (strncmp(line, path, strlen(path)) == 0 && strstr(line, "error: "));
    free(lines);
    return found;
}

/* The learner has not included anything from us: takes out the first line that says so. */
static void cut_include(char *output)
{
    char *line = strstr(output, "In file included from " FUNCTION);
    char *end = line ? strchr(line, '\n') : NULL;
    if (end)
        memmove(line, end + 1, strlen(end + 1) + 1);
}

/* In the words of the learner, who knows the file by the name `file`. */
static char *explain_failure(struct compilation *command, const char *file, const char *path,
                             const char *function)
{
    if (command->end == COMPILATION_TIMEOUT)
        return string_format("%s: the compiler had not finished after %d s, and was stopped", file,
                             COMPILE_SECONDS);
    bool wrong_itself = is_wrong_itself(command->output, path);
    bool linked =
        strstr(command->output, "ld returned") || strstr(command->output, "linker command");
    if (!wrong_itself && !linked)
        return string_format("%s has no function that can be called as %s(), without arguments;\n"
                             "write one that makes what it works on: void %s(void) { ... }",
                             file, function, function);
    cut_include(command->output);
    string_replace(&command->output, path, file);
    return string_format("%s does not %s:\n\n%s", file, wrong_itself ? "compile" : "link",
                         command->output);
}

bool classify_build(const char *file, const char *function, struct classify_program *program,
                    FILE *errors)
{
    char path[PATH_MAX];
    *program = (struct classify_program){0};
    if (!realpath(file, path)) {
        fprintf(errors, "barista: cannot read %s: %s\n", file, strerror(errno));
        return false;
    }
    program->folder = folder_new(errors);
    if (!program->folder.path)
        return false;
    struct compilation command = compile_command(path, function, program);
    bool ok = compiler_run(sandbox_none(), &command, 1, COMPILE_SECONDS, errors);
    if (ok && command.end == COMPILATION_DONE)
        program->path = string_format("%s/program", program->folder.path);
    else if (ok)
        program->complaint = explain_failure(&command, file, path, function);
    compilation_release(&command);
    return ok;
}

void classify_program_release(struct classify_program *program)
{
    folder_free(&program->folder);
    free(program->path);
    free(program->complaint);
    *program = (struct classify_program){0};
}

/* ---- Measuring ------------------------------------------------------------------------------- */

/* As in classify/harness.c. */
enum form { ONE_AFTER_THE_OTHER, TASKS, TASKS_THAT_BLOCK };

struct session {
    const struct classify_program *program;
    const struct cpus *cpus;
    struct classify_figures *figures;
    char **complaint;
    FILE *errors;
};

static void complain(const struct session *session, const struct run *run, int limit_s)
{
    const char *report = run->report ? run->report : "";
    if (run->reason == REASON_TIMEOUT)
        *session->complaint =
            string_format("It had not come to an end after %d s, and was stopped: give it less to "
                          "do. There is nothing on its standard input to wait for.\n%s",
                          limit_s, report);
    else
        *session->complaint =
            string_format("%s\n%s", run->message ? run->message : reason_text(run->reason), report);
}

/* Runs `copies` copies; false when the machine or the function has failed. */
static bool run_copies(const struct session *session, enum form form, int copies, int procs,
                       struct undisturbed *times)
{
    struct input items[] = {{"copies", copies}, {"calls", session->figures->calls}, {"form", form}};
    struct input_list input = {items, sizeof items / sizeof *items};
    struct limits limits = {.wall_s = copies == 1 ? ALONE_SECONDS : 10 * ALONE_SECONDS,
                            .cpu_s = 1000,
                            .memory_mb = 8192,
                            .output_kb = 65536};
    struct run_request request = {.sandbox = sandbox_none(),
                                  .program = session->program->path,
                                  .input = &input,
                                  .limits = &limits,
                                  .procs = procs,
                                  .cpus = session->cpus};
    struct run run;
    if (!run_program(&request, &run, session->errors))
        return false;
    bool ok = run.reason == REASON_NONE && undisturbed_read(run.answer, procs, times);
    if (!ok)
        complain(session, &run, limits.wall_s);
    run_release(&run);
    return ok;
}

/* What is not computing is waiting: where one thread at a time works. */
static double share_of_waiting(const struct undisturbed *times)
{
    double waited = times->clock - times->computed;
    return waited > 0 ? waited / times->clock : 0;
}

/* One call; and while that is too short, ten times as many. */
static bool measure_alone(const struct session *session)
{
    struct classify_figures *figures = session->figures;
    struct undisturbed times = {0};
    for (figures->calls = 1; figures->calls <= CALLS_MOST; figures->calls *= 10) {
        if (!run_copies(session, ONE_AFTER_THE_OTHER, 1, 1, &times))
            return false;
        if (times.clock >= WORK_SECONDS) {
            figures->call_s = times.clock / (double)figures->calls;
            figures->waiting = share_of_waiting(&times);
            return true;
        }
    }
    *session->complaint = string_format(
        "A million calls of it take %.1f ms in all, so there is nothing to measure. Either it does "
        "nothing when it is called again, or the compiler has left out work whose result nobody "
        "sees: have the function return it, or store it in a volatile variable.",
        times.clock * 1e3);
    return false;
}

/* A multiple of the number of procs, so that all procs have as much to do. Where it waits and
 * computes, so many that computing takes longer than a wait even when it is shared: else more procs
 * would have nothing to show. */
static void choose_copies(struct classify_figures *figures)
{
    double work_s = figures->call_s * (double)figures->calls;
    int each = (COPIES_LEAST + figures->procs - 1) / figures->procs;
    if (classify(figures).bound == BOUND_MIXED) {
        double ratio = figures->waiting / (1 - figures->waiting);
        each = (int)fmax(each, ceil(COMPUTING_FOR_A_WAIT * ratio));
    }
    while (each > 1 && work_s * each * figures->procs > COPIES_SECONDS)
        each--;
    figures->copies = each * figures->procs > 1 ? each * figures->procs : 2;
}

/* The times of all rounds, by form. */
struct rounds {
    int count;
    double in_sequence[ROUNDS_MOST], one[ROUNDS_MOST], many[ROUNDS_MOST], waiting[ROUNDS_MOST];
    double achieved[ROUNDS_MOST];
};

static bool measure_round(const struct session *session, const struct spin *spin, uint64_t *stream,
                          struct rounds *rounds)
{
    const struct classify_figures *figures = session->figures;
    int order[3], round = rounds->count, copies = figures->copies;
    struct spin_time spin_one, spin_many;
    struct undisturbed times[3] = {{0}};
    seed_shuffle(stream, order, 3);
    for (int i = 0; i < 3; i++) {
        int part = order[i], procs = part == 2 ? figures->procs : 1;
        enum form form = part == 0 ? ONE_AFTER_THE_OTHER : TASKS;
        if (part == 2 && figures->procs == 1)
            continue;
        if (!run_copies(session, form, copies, procs, &times[part]))
            return false;
    }
    rounds->in_sequence[round] = times[0].clock;
    rounds->waiting[round] = share_of_waiting(&times[0]);
    rounds->one[round] = times[1].clock;
    rounds->many[round] = times[2].clock;
    if (!calibrate_spin(spin, session->cpus, 1, &spin_one, session->errors) ||
        !calibrate_spin(spin, session->cpus, figures->procs, &spin_many, session->errors))
        return false;
    rounds->achieved[round] = spin_one.seconds / spin_many.seconds;
    rounds->count++;
    return true;
}

static double median_of(const double *values, int count)
{
    double sorted[ROUNDS_MOST];
    memcpy(sorted, values, (size_t)count * sizeof *values);
    return spread_of(sorted, count).median;
}

static double median_ratio(const double *over, const double *under, int count)
{
    double ratios[ROUNDS_MOST];
    for (int i = 0; i < count; i++)
        ratios[i] = under[i] > 0 ? over[i] / under[i] : 0;
    return spread_of(ratios, count).median;
}

static void sum_up(const struct rounds *rounds, struct classify_figures *figures)
{
    int count = rounds->count;
    figures->in_sequence = median_of(rounds->in_sequence, count);
    figures->waiting = median_of(rounds->waiting, count);
    figures->one = median_of(rounds->one, count);
    figures->many = median_of(rounds->many, count);
    figures->gain_one = median_ratio(rounds->in_sequence, rounds->one, count);
    figures->gain_many = median_ratio(rounds->in_sequence, rounds->many, count);
    figures->speedup = median_ratio(rounds->one, rounds->many, count);
    figures->achievable = median_of(rounds->achieved, count);
}

/* What rt_blocking would make of waits that do not overlap. A function that calls the runtime must
 * not be called in there: then there is no such figure, and nothing to complain of. Each call has a
 * thread then, and when all of them wake up at once they stand in line for each other, which is no
 * disturbance. */
static void measure_wrapped(const struct session *session)
{
    struct undisturbed times;
    char *unused = NULL;
    struct session wrapped = *session;
    wrapped.complaint = &unused;
    if (run_copies(&wrapped, TASKS_THAT_BLOCK, session->figures->copies, 1, &times))
        session->figures->wrapped = times.disturbed;
    free(unused);
}

bool classify_measure(const struct classify_program *program, const struct cpus *cpus, int procs,
                      struct classify_figures *figures, char **complaint, FILE *errors)
{
    struct session session = {program, cpus, figures, complaint, errors};
    *figures = (struct classify_figures){.procs = procs};
    *complaint = NULL;
    if (!measure_alone(&session))
        return false;
    choose_copies(figures);
    struct rounds rounds = {0};
    struct spin spin = calibrate_size(procs);
    uint64_t stream = seed_fresh();
    double round_s = 2.5 * figures->copies * figures->call_s * (double)figures->calls;
    int most = (int)(PATIENCE_SECONDS / round_s) + 1;
    while (rounds.count < (most < ROUNDS_MOST ? most : ROUNDS_MOST))
        if (!measure_round(&session, &spin, &stream, &rounds))
            return false;
    sum_up(&rounds, figures);
    if (classify(figures).concurrency == CONCURRENCY_BLOCKED)
        measure_wrapped(&session);
    return true;
}
