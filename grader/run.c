/* run.c - one run of one program: what it is given, and what it came to. In between, session.c
 * serves it.
 *
 * RLIMIT_AS is set very wide, only to make malloc fail for a program that asks for memory without
 * end and touches none; session.c limits what is filled.
 *
 * Invariant: whatever happens, the program and all that it started are gone when run_program
 * returns. */
#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "printable.h"
#include "session.h"

/* Address space for each byte of memory that it may fill: a parked task fills at least 4 KiB of
 * the 64 that are reserved for its stack, and as much again is for threads and malloc's arenas,
 * times two. */
#define ADDRESS_FACTOR 64

/* The only file that a run may write is the result of a simulation or exploration, which is short,
 * or a trace, which is some hundred bytes for each thing that happened. */
#define RESULT_BYTES_MAX ((size_t)64 << 10)
#define TRACE_BYTES_MAX ((size_t)64 << 20)

/* ---- Start ----------------------------------------------------------------------------------- */

static size_t result_bytes_max(const struct run_request *request)
{
    return request->trace ? TRACE_BYTES_MAX : RESULT_BYTES_MAX;
}

/* Adds an owned string, as all of these lists do. */
static void add(struct strings *list, char *item)
{
    strings_add(list, item);
    free(item);
}

static bool gives_figures(const struct run_request *request)
{
    return request->simulate || request->explore;
}

/* An exploration calls the program's main() many times, so its input comes as arguments. */
static struct strings arguments_of(const struct run_request *request)
{
    struct strings argv = {0};
    strings_add(&argv, request->program);
    strings_add(&argv, request->explore ? "--explored" : "--graded");
    if (request->explore) {
        add(&argv, string_format("seed=%" PRIu64, request->seed));
        for (size_t i = 0; i < request->input->count; i++)
            add(&argv, string_format("%s=%" PRId64, request->input->items[i].name,
                                     request->input->items[i].value));
    }
    return argv;
}

static struct strings environment_of(const struct run_request *request)
{
    struct strings environment = {0};
    strings_add(&environment, "PATH=/usr/bin:/bin");
    strings_add(&environment, "LANG=C");
    add(&environment, string_format("RT_PROCS=%d", request->procs));
    if (request->leaks)
        strings_add(&environment, "RT_LEAKS=1");
    if (request->trace)
        strings_add(&environment, "RT_TRACE=5");
    if (request->simulate) {
        if (!request->trace)
            strings_add(&environment, "RT_SIM_RESULT=5");
        add(&environment, string_format("RT_SIM_COSTS=%s", request->simulate));
        add(&environment,
            string_format("RT_SIM_WITHOUT=%s", request->without ? request->without : ""));
    }
    if (request->explore) {
        strings_add(&environment, "RT_EXPLORE_RESULT=5");
        strings_add(&environment, "RT_EXPLORE_ANSWER=4");
        add(&environment,
            string_format("RT_EXPLORE_SCHEDULES=%" PRIu64, request->explore->schedules));
        add(&environment, string_format("RT_EXPLORE_SEED=%" PRIu64, request->explore->seed));
        add(&environment, string_format("RT_EXPLORE_AGAIN=%s", request->explore->again));
    }
    return environment;
}

/* Starts the program on descriptors that are open. */
static bool start_on(struct session *session, const struct run_request *request,
                     int theirs[CHANNELS], FILE *errors)
{
    struct strings arguments = arguments_of(request), variables = environment_of(request);
    char **argv = strings_argv(&arguments), **environment = strings_argv(&variables);
    struct view view = {0};
    struct process_plan plan = {
        .sandbox = request->sandbox,
        .purpose = PURPOSE_RUN,
        .view = &view,
        .directory = "/",
        .argv = argv,
        .environment = environment,
        .descriptors = {-1, theirs[OUTPUT], theirs[ERRORS], theirs[INPUT], theirs[ANSWER]},
        .extra = session->result,
        .cpus = request->cpus,
        .cpus_count = gives_figures(request) ? 1 : request->procs,
        .cpu_s = request->limits->cpu_s,
        .file_bytes = result_bytes_max(request),
        .address_bytes = ((uint64_t)request->limits->memory_mb << 20) * ADDRESS_FACTOR,
    };

    if (plan.cpus_count > request->cpus->count)
        plan.cpus_count = request->cpus->count;
    view_add_libraries(&view);
    view_add(&view, VIEW_EXECUTE, request->program);
    bool started = process_start(&plan, &session->process, errors);
    view_release(&view);
    free(argv);
    free(environment);
    strings_release(&arguments);
    strings_release(&variables);
    return started;
}

static bool open_result(struct session *session, FILE *errors)
{
    session->result = memfd_create("result", MFD_CLOEXEC);
    if (session->result > 0)
        return true;
    fprintf(errors, "cannot run the program: no file in memory: %s\n", strerror(errno));
    session->result = 0;
    return false;
}

static bool start(struct session *session, const struct run_request *request, FILE *errors)
{
    int theirs[CHANNELS];
    bool ok = session_open(session, request->limits, theirs, errors);

    ok = ok && (!(gives_figures(request) || request->trace) || open_result(session, errors));
    ok = ok && start_on(session, request, theirs, errors);
    for (int i = 0; i < CHANNELS; i++)
        if (theirs[i] >= 0)
            close(theirs[i]);
    if (ok)
        session_begin(session, dialogue_input(request->input, request->seed));
    return ok;
}

/* ---- End ------------------------------------------------------------------------------------- */

/* What the run wrote into its file; NULL if that was nothing, or all that it might write: then
 * something is missing. */
static char *take_result(const struct session *session, size_t bytes_max)
{
    struct stat file;
    if (fstat(session->result, &file) != 0 || file.st_size == 0 ||
        (size_t)file.st_size >= bytes_max)
        return NULL;
    char *text = memory_new((size_t)file.st_size + 1);
    ssize_t got = pread(session->result, text, (size_t)file.st_size, 0);
    if (got == file.st_size)
        return text;
    free(text);
    return NULL;
}

static void tell(struct session *session, const struct run_request *request, struct run *run)
{
    const struct rusage *usage = &session->usage;

    run->cpu_seconds = (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
                       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) * 1e-6;
    run->peak_mb = (double)usage->ru_maxrss / 1024;
    struct ending ending = {
        .stop = session->stop,
        .dialogue = session->dialogue.state,
        .wait_status = session->wait_status,
        .cpu_seconds = run->cpu_seconds,
        .peak_mb = run->peak_mb,
        .trusted = request->trusted,
    };
    ending_explain(&ending, session->limits, run);

    if (session->result > 0)
        *(request->trace ? &run->trace : &run->figures) =
            take_result(session, result_bytes_max(request));
    run->printed = printable(session->printed.bytes, session->printed.kept);
    run->report = printable(session->report.bytes, session->report.kept);
    if (session->dialogue.state == DIALOGUE_ANSWERED) {
        run->seconds = session->answered - session->asked;
        run->answer = session->dialogue.answer;
        run->answer_bytes = session->dialogue.answer_bytes;
        session->dialogue.answer = NULL; /* now the run's */
    }
}

/* ---- From start to end ----------------------------------------------------------------------- */

bool run_programs(const struct run_request *requests, struct run *runs, size_t count, FILE *errors)
{
    struct session *sessions = memory_new(count * sizeof *sessions);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    size_t opened = 0;
    bool ok = true;

    for (size_t i = 0; i < count; i++)
        runs[i] = (struct run){0};
    /* To write to a program that has just ended is no reason to die. */
    sigaction(SIGPIPE, &ignore, &before);
    for (; ok && opened < count; opened++)
        ok = start(&sessions[opened], &requests[opened], errors);
    if (!ok)
        for (size_t i = 0; i + 1 < opened; i++) /* the last has no program */
            session_end(&sessions[i]);
    session_serve(sessions, ok ? count : opened - 1);
    for (size_t i = 0; i < opened; i++) {
        if (ok)
            tell(&sessions[i], &requests[i], &runs[i]);
        session_release(&sessions[i]);
    }
    sigaction(SIGPIPE, &before, NULL);
    free(sessions);
    return ok;
}

bool run_program(const struct run_request *request, struct run *run, FILE *errors)
{
    return run_programs(request, run, 1, errors);
}

void run_release(struct run *run)
{
    free(run->message);
    free(run->answer);
    free(run->printed);
    free(run->report);
    free(run->figures);
    free(run->trace);
    *run = (struct run){0};
}
