/* run.c - one run of one program: start it, talk with it, watch it, end it.
 *
 * A single loop waits for whatever comes next: bytes of the answer, bytes that the program prints,
 * room for more of the input, the program's end, or the moment to look at its memory and at the
 * clock. All descriptors are non-blocking and every buffer is bounded, so nothing that the program
 * does or leaves undone can hold the grader up.
 *
 * The time that counts runs from just before the input is written to just after the last byte of
 * the answer was read. The wall-clock limit is given twice: once for starting up, and once more
 * from then on for the answer and the end.
 *
 * Memory is limited by looking at how much of it is filled (the resident set), every few
 * milliseconds, and not by RLIMIT_AS or RLIMIT_DATA, which count address space: the runtime
 * reserves 64 KiB of it for each task's stack and each thread of malloc 64 MiB, though most of that
 * is never touched. So such a limit would either be met by correct programs or be too wide for
 * wrong ones. RLIMIT_AS is still set, very wide, to make malloc fail for a program that asks for
 * memory without end and touches none.
 *
 * Invariant: whatever happens, the program and all that it started are gone when run_program
 * returns. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "dialogue.h"
#include "ending.h"
#include "printable.h"
#include "process.h"

/* How much of what the program prints is kept to be shown. */
#define KEPT_BYTES ((size_t)64 << 10)

/* How often its memory is looked at. A program fills a few MiB in a millisecond, so this bounds
 * by how much it can overshoot; a look costs some microseconds, too little to show in a
 * measurement. */
#define LOOK_MS 10

/* Threads that a program may have at once: the runtime's workers, and one for each task that blocks
 * its own. Many more are a mistake, or meant to exhaust the machine. */
#define THREADS_MOST 4000

/* Address space for each byte of memory that it may fill: a parked task fills at least 4 KiB of
 * the 64 that are reserved for its stack, and as much again is for threads and malloc's arenas,
 * times two. */
#define ADDRESS_FACTOR 64

/* The only file that a run may write is the result of a simulation or exploration, which is short,
 * or a trace, which is some hundred bytes for each thing that happened. */
#define RESULT_BYTES_MAX ((size_t)64 << 10)
#define TRACE_BYTES_MAX ((size_t)64 << 20)

/* What came through standard output or standard error. */
struct capture {
    char *bytes;
    size_t kept;
    size_t total;
};

/* Our ends of its pipes. */
enum channel { INPUT, ANSWER, OUTPUT, ERRORS, CHANNELS };

/* A run that is under way. */
struct session {
    const struct limits *limits;
    struct process process;
    int ours[CHANNELS]; /* -1 once closed */
    struct dialogue dialogue;
    char *input;
    size_t input_bytes, input_sent;
    struct capture printed, report;
    int result; /* a file in memory for what a simulated run comes to, or a trace; 0: for neither */
    int figures;     /* /proc/PID/stat, or -1 */
    double deadline; /* of the wall clock, as clock_seconds tells it */
    double asked;    /* when the input was sent; 0: not yet */
    double answered; /* when the answer was whole; 0: not yet */
    enum stop stop;
};

static void close_channel(struct session *session, enum channel channel)
{
    if (session->ours[channel] >= 0)
        close(session->ours[channel]);
    session->ours[channel] = -1;
}

/* ---- Start ----------------------------------------------------------------------------------- */

/* Makes a pipe for one channel; the program's end goes to *theirs. */
static bool open_channel(struct session *session, enum channel channel, int *theirs, FILE *errors)
{
    int ends[2];
    int mine = channel == INPUT ? 1 : 0;

    if (pipe2(ends, O_CLOEXEC) < 0) {
        fprintf(errors, "cannot run the program: no pipe: %s\n", strerror(errno));
        return false;
    }
    session->ours[channel] = ends[mine];
    *theirs = ends[1 - mine];
    /* Our end alone: the program's end blocks, as it expects. */
    fcntl(ends[mine], F_SETFL, O_NONBLOCK);
    return true;
}

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

static bool session_start(struct session *session, const struct run_request *request, FILE *errors)
{
    int theirs[CHANNELS] = {-1, -1, -1, -1};
    bool ok = true;
    char path[64];

    for (int i = 0; i < CHANNELS; i++)
        ok = ok && open_channel(session, (enum channel)i, &theirs[i], errors);
    ok = ok && (!(gives_figures(request) || request->trace) || open_result(session, errors));
    ok = ok && start_on(session, request, theirs, errors);
    for (int i = 0; i < CHANNELS; i++)
        if (theirs[i] >= 0)
            close(theirs[i]);
    if (!ok)
        return false;

    session->deadline = clock_seconds() + session->limits->wall_s;
    session->input = dialogue_input(request->input, request->seed);
    session->input_bytes = strlen(session->input);
    session->printed.bytes = memory_new(KEPT_BYTES);
    session->report.bytes = memory_new(KEPT_BYTES);
    snprintf(path, sizeof path, "/proc/%d/stat", (int)session->process.program_pid);
    session->figures = open(path, O_RDONLY | O_CLOEXEC);
    return true;
}

/* ---- While it runs --------------------------------------------------------------------------- */

/* Has the program stopped. The first cause counts: others follow from it. */
static void stop(struct session *session, enum stop cause)
{
    if (session->stop == STOP_NONE)
        session->stop = cause;
}

static bool over_output_limit(const struct session *session)
{
    size_t limit = (size_t)session->limits->output_kb << 10;

    return session->printed.total + session->report.total > limit;
}

static void send_input(struct session *session)
{
    const char *rest = session->input + session->input_sent;
    ssize_t sent = write(session->ours[INPUT], rest, session->input_bytes - session->input_sent);

    if (sent > 0)
        session->input_sent += (size_t)sent;
    /* A program that closed its end may still answer, though it could not know the question. */
    if ((sent < 0 && errno != EAGAIN && errno != EINTR) ||
        session->input_sent == session->input_bytes)
        close_channel(session, INPUT);
}

/* Reads once from a channel: how many bytes, 0 if there are none now. Closes it at its end. */
static size_t receive(struct session *session, enum channel channel, char *bytes, size_t room)
{
    ssize_t got = read(session->ours[channel], bytes, room);

    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        close_channel(session, channel);
    return got > 0 ? (size_t)got : 0;
}

/* Says whether anything came. */
static bool receive_answer(struct session *session)
{
    char bytes[1 << 16];
    size_t count = receive(session, ANSWER, bytes, sizeof bytes);
    enum dialogue_state before = session->dialogue.state;

    dialogue_receive(&session->dialogue, bytes, count);
    if (session->dialogue.state == DIALOGUE_BROKEN) {
        stop(session, STOP_BROKEN);
    } else if (session->dialogue.state == DIALOGUE_ANSWERED) {
        if (before != DIALOGUE_ANSWERED)
            session->answered = clock_seconds();
    } else if (before == DIALOGUE_STARTING && session->dialogue.state == DIALOGUE_ANSWERING) {
        session->asked = clock_seconds();
        session->deadline = session->asked + session->limits->wall_s;
        send_input(session);
    }
    return count > 0;
}

/* Says whether anything came. */
static bool receive_output(struct session *session, enum channel channel)
{
    struct capture *capture = channel == OUTPUT ? &session->printed : &session->report;
    char bytes[1 << 16];
    size_t count = receive(session, channel, bytes, sizeof bytes);
    size_t room = KEPT_BYTES - capture->kept;
    size_t kept = count < room ? count : room;

    memcpy(capture->bytes + capture->kept, bytes, kept);
    capture->kept += kept;
    capture->total += count;
    if (over_output_limit(session))
        stop(session, STOP_OUTPUT);
    return count > 0;
}

/* Reads how many threads the program has, and how much memory it fills. False if it has just
 * ended. */
static bool read_figures(const struct session *session, unsigned long *threads,
                         unsigned long long *bytes)
{
    char text[1024];
    unsigned long pages;
    ssize_t count = session->figures < 0 ? -1 : pread(session->figures, text, sizeof text - 1, 0);

    if (count <= 0)
        return false;
    text[count] = '\0';
    /* The second field is the program's name in parentheses, and may hold anything. The 20th is the
     * number of threads, the 24th that of pages. */
    const char *rest = strrchr(text, ')');
    if (!rest || sscanf(rest,
                        ") %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu "
                        "%*s %*s %*s %lu",
                        threads, &pages) != 2)
        return false;
    *bytes = (unsigned long long)pages * (unsigned long long)sysconf(_SC_PAGESIZE);
    return true;
}

/* Looks at the clock and at what the program takes of the machine. */
static void look(struct session *session)
{
    unsigned long threads;
    unsigned long long bytes;

    if (clock_seconds() >= session->deadline)
        stop(session, STOP_TIME);
    if (!read_figures(session, &threads, &bytes))
        return;
    if (bytes >> 20 > (unsigned long long)session->limits->memory_mb)
        stop(session, STOP_MEMORY);
    if (threads > THREADS_MOST)
        stop(session, STOP_THREADS);
}

/* Serves the program until it ends by itself or has to be stopped. */
static void attend(struct session *session)
{
    bool exited = false;

    while (!exited && session->stop == STOP_NONE) {
        bool sending = session->asked > 0;
        struct pollfd waits[] = {
            {.fd = session->ours[ANSWER], .events = POLLIN},
            {.fd = session->ours[OUTPUT], .events = POLLIN},
            {.fd = session->ours[ERRORS], .events = POLLIN},
            {.fd = sending ? session->ours[INPUT] : -1, .events = POLLOUT},
            {.fd = session->process.exited, .events = POLLIN},
        };

        if (poll(waits, sizeof waits / sizeof waits[0], LOOK_MS) < 0)
            continue; /* EINTR */
        if (waits[0].revents)
            receive_answer(session);
        if (waits[1].revents)
            receive_output(session, OUTPUT);
        if (waits[2].revents)
            receive_output(session, ERRORS);
        if (waits[3].revents && session->ours[INPUT] >= 0)
            send_input(session);
        exited = waits[4].revents != 0;
        if (!exited)
            look(session);
    }
}

/* ---- End ------------------------------------------------------------------------------------- */

/* Takes what is still in the pipes. A process that escaped may fill them for ever: the answer
 * breaks on what is too much, and the output has its limit. */
static void drain_answer(struct session *session)
{
    while (session->ours[ANSWER] >= 0 && session->stop == STOP_NONE && receive_answer(session))
        ;
}

static void drain_output(struct session *session, enum channel channel)
{
    while (session->ours[channel] >= 0 && !over_output_limit(session) &&
           receive_output(session, channel))
        ;
}

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

/* Ends the program and fills in what the run found. */
static void session_end(struct session *session, const struct run_request *request, struct run *run)
{
    struct rusage usage = {0};

    drain_answer(session); /* first, because its clock runs */
    int wait_status = process_end(&session->process, &usage);
    process_end_orphans();
    drain_output(session, OUTPUT);
    drain_output(session, ERRORS);

    run->cpu_seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
    run->peak_mb = (double)usage.ru_maxrss / 1024;
    struct ending ending = {
        .stop = session->stop,
        .dialogue = session->dialogue.state,
        .wait_status = wait_status,
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

static void session_release(struct session *session)
{
    for (int i = 0; i < CHANNELS; i++)
        close_channel(session, (enum channel)i);
    if (session->figures >= 0)
        close(session->figures);
    if (session->result > 0)
        close(session->result);
    dialogue_release(&session->dialogue);
    free(session->input);
    free(session->printed.bytes);
    free(session->report.bytes);
}

bool run_program(const struct run_request *request, struct run *run, FILE *errors)
{
    struct session session = {.limits = request->limits, .ours = {-1, -1, -1, -1}, .figures = -1};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

    *run = (struct run){0};
    /* To write to a program that has just ended is no reason to die. */
    sigaction(SIGPIPE, &ignore, &before);
    bool started = session_start(&session, request, errors);
    if (started) {
        attend(&session);
        session_end(&session, request, run);
    }
    session_release(&session);
    sigaction(SIGPIPE, &before, NULL);
    return started;
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
