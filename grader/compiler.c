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

/* Limits that no exercise comes near: cc1 takes about 50 MiB for one, and an object a few KiB. A
 * student's object must not take the room that the lesson's own need. */
#define ADDRESS_BYTES ((uint64_t)4 << 30)
#define FILE_BYTES ((uint64_t)32 << 20)

/* A compiler that was started. */
struct job {
    struct compilation *compilation;
    struct process process;
    bool running;
    int pipe; /* what it prints; -1 once closed */
    char *kept;
    size_t kept_bytes;
};

/* What all compilers have in common. */
struct setting {
    const struct sandbox *sandbox;
    struct strings compiler; /* the words of $CC */
    char *directory;         /* where we are */
    int seconds;
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

/* Why it can't be started may be as simple as that. */
static void explain_missing(const struct setting *setting, FILE *errors)
{
    char *path = program_path(setting->compiler.items[0]);

    if (!path)
        fprintf(errors,
                "there is no compiler %s: set CC to one, or install one with `make setup`\n",
                setting->compiler.items[0]);
    free(path);
}

/* Starts a compiler on one pipe for all that it prints. */
static bool start_on(struct job *job, const struct setting *setting, int pipe, FILE *errors)
{
    const struct compilation *compilation = job->compilation;
    const char *path = getenv("PATH");
    char *path_variable = string_format("PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin");
    char *folder_variable = string_format("TMPDIR=%s", compilation->folder);
    /* In C its messages are in English and plain ASCII, as compiler_output.c expects them. A cache
     * of compilations would have nowhere to lie. */
    char *environment[] = {path_variable, folder_variable, "LC_ALL=C", "CCACHE_DISABLE=1", NULL};
    struct strings words = {0};
    struct view view = {0};

    strings_add_all(&words, &setting->compiler);
    strings_add_all(&words, &compilation->arguments);
    for (size_t i = 0; i < setting->compiler.count; i++)
        view_add_toolchain(&view, setting->compiler.items[i]);
    for (size_t i = 0; i < compilation->view.count; i++)
        view_add(&view, compilation->view.items[i].access, compilation->view.items[i].path);
    view_add(&view, VIEW_WRITE, compilation->folder);
    char **argv = strings_argv(&words);
    struct process_plan plan = {
        .sandbox = setting->sandbox,
        .purpose = PURPOSE_COMPILE,
        .view = &view,
        .directory = setting->directory,
        .argv = argv,
        .environment = environment,
        .descriptors = {-1, pipe, pipe, -1, -1},
        .cpu_s = setting->seconds,
        .address_bytes = ADDRESS_BYTES,
        .file_bytes = FILE_BYTES,
    };
    bool started = process_start(&plan, &job->process, errors);
    free(argv);
    view_release(&view);
    strings_release(&words);
    free(path_variable);
    free(folder_variable);
    return started;
}

static bool job_start(struct job *job, const struct setting *setting, FILE *errors)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0) {
        fprintf(errors, "cannot run the compiler: no pipe: %s\n", strerror(errno));
        return false;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    job->running = start_on(job, setting, ends[1], errors);
    job->pipe = ends[0];
    job->kept = memory_new(KEPT_BYTES);
    close(ends[1]);
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

/* Says how a compiler failed that has not said it itself. */
static void explain_silence(struct job *job, int status)
{
    int length = WIFSIGNALED(status)
                     ? snprintf(job->kept, KEPT_BYTES, "(it died of signal %d, %s, without a word)",
                                WTERMSIG(status), strsignal(WTERMSIG(status)))
                     : snprintf(job->kept, KEPT_BYTES, "(it exited with status %d, without a word)",
                                WEXITSTATUS(status));
    job->kept_bytes = (size_t)length;
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
    if (job->compilation->end == COMPILATION_FAILED && job->kept_bytes == 0)
        explain_silence(job, status);
}

/* Waits until something happens, or the time is over, and deals with it. Returns how many still
 * run. */
static size_t attend(struct job *jobs, size_t count, double deadline)
{
    struct pollfd *waits = memory_new(2 * count * sizeof *waits);
    double left_ms = (deadline - clock_seconds()) * 1000;
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
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].running && clock_seconds() >= deadline)
            job_end(&jobs[i], COMPILATION_TIMEOUT);
        running += jobs[i].running;
    }
    return running;
}

static void jobs_release(struct job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].running)
            job_end(&jobs[i], COMPILATION_FAILED);
        if (jobs[i].pipe >= 0)
            close(jobs[i].pipe);
        jobs[i].compilation->output =
            printable(jobs[i].kept ? jobs[i].kept : "", jobs[i].kept_bytes);
        free(jobs[i].kept);
    }
    free(jobs);
    process_end_orphans();
}

bool compiler_run(const struct sandbox *sandbox, struct compilation *compilations, size_t count,
                  int seconds, FILE *errors)
{
    struct setting setting = {sandbox, compiler_words(), getcwd(NULL, 0), seconds};
    struct job *jobs = memory_new(count * sizeof *jobs);
    double deadline = clock_seconds() + seconds;
    bool ok = true;

    for (size_t i = 0; i < count; i++)
        jobs[i] = (struct job){.compilation = &compilations[i], .pipe = -1};
    for (size_t i = 0; ok && i < count; i++)
        ok = job_start(&jobs[i], &setting, errors);
    while (ok && attend(jobs, count, deadline) > 0)
        ;
    if (!ok)
        explain_missing(&setting, errors);
    jobs_release(jobs, count);
    strings_release(&setting.compiler);
    free(setting.directory);
    return ok;
}

void compilation_release(struct compilation *compilation)
{
    strings_release(&compilation->arguments);
    view_release(&compilation->view);
    free(compilation->folder);
    free(compilation->output);
}
