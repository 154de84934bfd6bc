/* compiler.c - starts the compilers, collects what they print, and waits for all of them in one
 * loop.
 *
 * A compiler is not to be trusted either: what it reads may make it run for hours, or print or
 * write without end. So it runs under limits like the programs that it makes. */
#include "compiler.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "printable.h"
#include "process.h"

/* What a compiler prints beyond this is dropped: nobody reads as much. */
#define KEPT_BYTES ((size_t)256 << 10)

/* Limits that no exercise comes near: cc1 takes about 50 MiB for one, and an object a few KiB. */
#define ADDRESS_BYTES ((uint64_t)4 << 30)
#define FILE_BYTES ((uint64_t)256 << 20)

/* A compiler that was started. */
struct job {
    struct compilation *compilation;
    struct process process;
    bool running;
    int pipe; /* what it prints; -1 once closed */
    char *kept;
    size_t kept_bytes;
};

/* The words of $CC, or "cc". */
static struct strings compiler_words(void)
{
    const char *value = getenv("CC");
    struct strings words = {0};
    char *copy = string_copy(value ? value : ""), *rest;

    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        strings_add(&words, word);
    if (words.count == 0)
        strings_add(&words, "cc");
    free(copy);
    return words;
}

static bool job_start(struct job *job, const struct strings *compiler, char **environment,
                      int seconds, FILE *errors)
{
    const struct strings *arguments = &job->compilation->arguments;
    char **argv = memory_new((compiler->count + arguments->count + 1) * sizeof *argv);
    int ends[2];

    memcpy(argv, compiler->items, compiler->count * sizeof *argv);
    memcpy(argv + compiler->count, arguments->items, arguments->count * sizeof *argv);
    if (pipe2(ends, O_CLOEXEC) < 0) {
        fprintf(errors, "cannot run the compiler: no pipe: %s\n", strerror(errno));
        free(argv);
        return false;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    struct process_plan plan = {
        .argv = argv,
        .environment = environment,
        .descriptors = {-1, ends[1], ends[1], -1, -1},
        .cpu_s = seconds,
        .address_bytes = ADDRESS_BYTES,
        .file_bytes = FILE_BYTES,
    };
    job->running = process_start(&plan, &job->process, errors);
    job->pipe = ends[0];
    job->kept = memory_new(KEPT_BYTES);
    close(ends[1]);
    free(argv);
    return job->running;
}

/* Reads what there is; says whether there was anything. */
static bool job_receive(struct job *job)
{
    char bytes[1 << 16];
    ssize_t got = read(job->pipe, bytes, sizeof bytes);

    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            close(job->pipe);
            job->pipe = -1;
        }
        return false;
    }
    size_t room = KEPT_BYTES - job->kept_bytes;
    size_t kept = (size_t)got < room ? (size_t)got : room;
    memcpy(job->kept + job->kept_bytes, bytes, kept);
    job->kept_bytes += kept;
    return true;
}

/* Ends a compiler, by force if it still runs: then `forced` says why. */
static void job_end(struct job *job, enum compilation_end forced)
{
    int status = process_end(&job->process, NULL);

    job->running = false;
    while (job->pipe >= 0 && job->kept_bytes < KEPT_BYTES && job_receive(job))
        ;
    if (forced != COMPILATION_DONE)
        job->compilation->end = forced;
    else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        job->compilation->end = COMPILATION_DONE;
    else
        job->compilation->end = COMPILATION_FAILED;
}

/* Waits until something happens, or the time is over, and deals with it. Returns how many still
 * run. */
static size_t attend(struct job *jobs, size_t count, double deadline)
{
    struct pollfd *waits = memory_new(2 * count * sizeof *waits);
    double left_ms = (deadline - clock_seconds()) * 1000;
    bool cancel = false;
    size_t running = 0;

    for (size_t i = 0; i < count; i++) {
        waits[2 * i] = (struct pollfd){.fd = jobs[i].running ? jobs[i].pipe : -1, .events = POLLIN};
        waits[2 * i + 1] =
            (struct pollfd){.fd = jobs[i].running ? jobs[i].process.exited : -1, .events = POLLIN};
    }
    int happened = poll(waits, 2 * count, left_ms > 0 ? (int)left_ms + 1 : 0);

    for (size_t i = 0; happened > 0 && i < count; i++) {
        if (waits[2 * i].revents)
            job_receive(&jobs[i]);
        if (waits[2 * i + 1].revents)
            job_end(&jobs[i], COMPILATION_DONE);
    }
    free(waits);
    for (size_t i = 0; i < count; i++)
        cancel = cancel || (jobs[i].compilation->student && !jobs[i].running &&
                            jobs[i].compilation->end != COMPILATION_DONE);
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].running && clock_seconds() >= deadline)
            job_end(&jobs[i], COMPILATION_TIMEOUT);
        else if (jobs[i].running && cancel && !jobs[i].compilation->student)
            job_end(&jobs[i], COMPILATION_CANCELLED);
        running += jobs[i].running;
    }
    return running;
}

static void jobs_release(struct job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].running)
            job_end(&jobs[i], COMPILATION_CANCELLED);
        if (jobs[i].pipe >= 0)
            close(jobs[i].pipe);
        jobs[i].compilation->output =
            printable(jobs[i].kept ? jobs[i].kept : "", jobs[i].kept_bytes);
        free(jobs[i].kept);
    }
    free(jobs);
    process_end_orphans();
}

bool compiler_run(struct compilation *compilations, size_t count, const char *folder, int seconds,
                  FILE *errors)
{
    const char *path = getenv("PATH");
    struct strings compiler = compiler_words();
    struct job *jobs = memory_new(count * sizeof *jobs);
    double deadline = clock_seconds() + seconds;
    bool ok = true;

    char *path_variable = string_format("PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin");
    char *folder_variable = string_format("TMPDIR=%s", folder);
    /* In C its messages are in English and plain ASCII, as compiler_output.c expects them. */
    char *environment[] = {path_variable, folder_variable, "LC_ALL=C", NULL};

    for (size_t i = 0; i < count; i++)
        jobs[i] = (struct job){.compilation = &compilations[i], .pipe = -1};
    for (size_t i = 0; ok && i < count; i++)
        ok = job_start(&jobs[i], &compiler, environment, seconds, errors);
    while (ok && attend(jobs, count, deadline) > 0)
        ;
    jobs_release(jobs, count);
    strings_release(&compiler);
    free(path_variable);
    free(folder_variable);
    return ok;
}

void compilation_release(struct compilation *compilation)
{
    strings_release(&compilation->arguments);
    free(compilation->output);
}
