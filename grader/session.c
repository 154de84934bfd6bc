/* session.c - serves programs that are under way.
 *
 * A single loop waits for whatever comes next: bytes of an answer, bytes that a program prints,
 * room for more of an input, a program's end, or the moment to look at memory and at the clock. All
 * descriptors are non-blocking and every buffer is bounded, so nothing that a program does or
 * leaves undone can hold the grader up.
 *
 * The time that counts runs from just before the input is written to just after the last byte of
 * the answer was read. The wall-clock limit is given twice: once for starting up, and once more
 * from then on for the answer and the end.
 *
 * Memory is limited by looking at how much of it is filled (the resident set), every few
 * milliseconds, and not by RLIMIT_AS or RLIMIT_DATA, which count address space: the runtime
 * reserves 64 KiB of it for each task's stack and each thread of malloc 64 MiB, though most of that
 * is never touched. So such a limit would either be met by correct programs or be too wide for
 * wrong ones. */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

/* How much of what the program prints is kept to be shown. */
#define KEPT_BYTES ((size_t)64 << 10)

/* How often its memory is looked at. A program fills a few MiB in a millisecond, so this bounds
 * by how much it can overshoot; a look costs some microseconds, too little to show in a
 * measurement. */
#define LOOK_MS 10

/* Threads that a program may have at once: the runtime's workers, and one for each task that blocks
 * its own. Many more are a mistake, or meant to exhaust the machine. */
#define THREADS_MOST 4000

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

bool session_open(struct session *session, const struct limits *limits, int theirs[CHANNELS],
                  FILE *errors)
{
    bool ok = true;

    *session = (struct session){.limits = limits, .figures = -1};
    for (int i = 0; i < CHANNELS; i++)
        session->ours[i] = theirs[i] = -1;
    for (int i = 0; i < CHANNELS; i++)
        ok = ok && open_channel(session, (enum channel)i, &theirs[i], errors);
    return ok;
}

void session_begin(struct session *session, char *input)
{
    char path[64];

    session->deadline = clock_seconds() + session->limits->wall_s;
    session->input = input;
    session->input_bytes = strlen(input);
    session->printed.bytes = memory_new(KEPT_BYTES);
    session->report.bytes = memory_new(KEPT_BYTES);
    snprintf(path, sizeof path, "/proc/%d/stat", (int)session->process.program_pid);
    session->figures = open(path, O_RDONLY | O_CLOEXEC);
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

void session_end(struct session *session)
{
    if (session->over)
        return;
    drain_answer(session); /* first, because its clock runs */
    session->wait_status = process_end(&session->process, &session->usage);
    session->over = true;
}

void session_release(struct session *session)
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

/* ---- The loop -------------------------------------------------------------------------------- */

/* What is waited for in each session: its channels, and its end. */
enum { EXIT = CHANNELS, WAITS };

static void watch(const struct session *session, struct pollfd *waits)
{
    for (int i = 0; i < CHANNELS; i++)
        waits[i] = (struct pollfd){.fd = session->ours[i], .events = POLLIN};
    waits[INPUT].events = POLLOUT;
    if (session->asked <= 0)
        waits[INPUT].fd = -1;
    waits[EXIT] = (struct pollfd){.fd = session->process.exited, .events = POLLIN};
}

static void serve(struct session *session, const struct pollfd *waits)
{
    bool exited = waits[EXIT].revents != 0;

    if (waits[ANSWER].revents)
        receive_answer(session);
    if (waits[OUTPUT].revents)
        receive_output(session, OUTPUT);
    if (waits[ERRORS].revents)
        receive_output(session, ERRORS);
    if (waits[INPUT].revents && session->ours[INPUT] >= 0)
        send_input(session);
    if (!exited)
        look(session);
    if (exited || session->stop != STOP_NONE)
        session_end(session);
}

/* Where those lie that are not over: how many. What is over is watched by nobody. */
static size_t watch_all(const struct session *sessions, size_t count, struct pollfd *waits)
{
    size_t going = 0;

    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < WAITS; k++)
            waits[i * WAITS + (size_t)k] = (struct pollfd){.fd = -1};
        if (!sessions[i].over) {
            watch(&sessions[i], &waits[i * WAITS]);
            going++;
        }
    }
    return going;
}

void session_serve(struct session *sessions, size_t count)
{
    struct pollfd *waits = memory_new(count * WAITS * sizeof *waits);

    while (watch_all(sessions, count, waits) > 0) {
        if (poll(waits, count * WAITS, LOOK_MS) < 0)
            continue; /* EINTR */
        for (size_t i = 0; i < count; i++)
            if (!sessions[i].over)
                serve(&sessions[i], &waits[i * WAITS]);
    }
    free(waits);
    process_end_orphans();
    for (size_t i = 0; i < count; i++) {
        drain_output(&sessions[i], OUTPUT);
        drain_output(&sessions[i], ERRORS);
    }
}
