/* child.c - see child.h. */
#include "child.h"

#include <check.h>
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rt.h"

/* One of the child's output streams, as the parent collects it. */
struct stream {
    int fd;
    char *text;
    size_t length;
};

/* Not Check's assert: children are run outside of tests too. */
static void must(bool worked, const char *call)
{
    if (!worked) {
        perror(call);
        abort();
    }
}

static void run_in_runtime(void (*fn)(void *arg))
{
    int error = rt_run(fn, NULL);

    if (error != RT_OK) {
        say("rt_run: %s\n", rt_strerror(error));
        exit(CHILD_NOT_RUN);
    }
}

static void become_child(int out, int err, void (*fn)(void *arg), bool in_runtime,
                         const char *const *env)
{
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    for (; env && *env; env++)
        putenv((char *)*env);
    if (in_runtime)
        run_in_runtime(fn);
    else
        fn(NULL);
    exit(EXIT_SUCCESS);
}

/* Takes what has arrived. Returns false at the end of the stream. */
static bool read_some(struct stream *stream)
{
    char dropped[1024];
    size_t room = CHILD_OUTPUT_BYTES - 1 - stream->length;
    ssize_t n = room > 0 ? read(stream->fd, stream->text + stream->length, room)
                         : read(stream->fd, dropped, sizeof dropped);

    if (n > 0 && room > 0) {
        stream->length += (size_t)n;
        stream->text[stream->length] = '\0';
    }
    return n > 0 || (n < 0 && errno == EINTR);
}

/* Collects both streams until the child has closed them. Returns false when it took too long. */
static bool collect(struct stream *streams)
{
    int64_t deadline_ns = rt_now() + CHILD_TIMEOUT_S * RT_SECOND;
    int open = 2;

    while (open > 0) {
        struct pollfd fds[2] = {{streams[0].fd, POLLIN, 0}, {streams[1].fd, POLLIN, 0}};
        int64_t left_ns = deadline_ns - rt_now();

        if (left_ns <= 0)
            return false;
        if (poll(fds, 2, (int)(left_ns / RT_MS) + 1) < 0)
            continue;
        for (int i = 0; i < 2; i++) {
            if (fds[i].revents != 0 && !read_some(&streams[i])) {
                streams[i].fd = -1; /* poll skips it from now on */
                open--;
            }
        }
    }
    return true;
}

static void run(struct child *child, void (*fn)(void *arg), bool in_runtime, const char *const *env)
{
    int out[2], err[2], status;
    pid_t pid;

    *child = (struct child){0};
    must(pipe(out) == 0 && pipe(err) == 0, "pipe");
    fflush(NULL); /* or the child would write our buffered output again */
    pid = fork();
    must(pid >= 0, "fork");
    if (pid == 0)
        become_child(out[1], err[1], fn, in_runtime, env);
    close(out[1]);
    close(err[1]);
    if (!collect((struct stream[]){{out[0], child->out, 0}, {err[0], child->err, 0}})) {
        child->timed_out = true;
        kill(pid, SIGKILL);
    }
    close(out[0]);
    close(err[0]);
    must(waitpid(pid, &status, 0) == pid, "waitpid");
    child->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void child_run(struct child *child, void (*main_fn)(void *arg), const char *const *env)
{
    run(child, main_fn, true, env);
}

void child_call(struct child *child, void (*fn)(void *arg), const char *const *env)
{
    run(child, fn, false, env);
}

void say(const char *format, ...)
{
    char text[1024];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (write(STDOUT_FILENO, text, (size_t)length) != length)
        abort();
}

const char *place_of(const char *file, const char *mark)
{
    static char place[256];
    char line[512], comment[128];
    FILE *source = fopen(file, "r");
    int number = 0;

    ck_assert_msg(source != NULL, "%s: %s (run tests in the project's root)", file,
                  strerror(errno));
    snprintf(comment, sizeof comment, "/* @%s */", mark);
    place[0] = '\0';
    while (place[0] == '\0' && fgets(line, sizeof line, source)) {
        number++;
        if (strstr(line, comment))
            snprintf(place, sizeof place, "%s:%d", file, number);
    }
    fclose(source);
    ck_assert_msg(place[0] != '\0', "%s: no line contains %s", file, comment);
    return place;
}

int count_reported(const struct child *child, const char *text)
{
    int count = 0;

    for (const char *at = child->err; (at = strstr(at, text)); at += strlen(text))
        count++;
    return count;
}

/* file:4 is not in "file:42". */
static bool contains_place(const char *entry, const char *place)
{
    const char *found = entry;

    while ((found = strstr(found, place)) && isdigit((unsigned char)found[strlen(place)]))
        found++;
    return found != NULL;
}

static bool contains_all(const char *entry, const char *const *texts)
{
    while (*texts && strstr(entry, *texts))
        texts++;
    return *texts == NULL;
}

/* The length of the entry that begins at `text`: a line, and those after it that are indented more
 * than entries are. */
static size_t entry_length(const char *text)
{
    size_t length = 0;

    do {
        length += strcspn(text + length, "\n");
        length += text[length] == '\n';
    } while (strncmp(text + length, "    ", 4) == 0);
    return length;
}

void assert_reported(const struct child *child, const char *place, const char *const *texts)
{
    char entry[2048];
    size_t length;

    for (const char *at = child->err; *at; at += length) {
        length = entry_length(at);
        snprintf(entry, sizeof entry, "%.*s", (int)length, at);
        if (contains_place(entry, place) && contains_all(entry, texts))
            return;
    }
    ck_abort_msg("no entry has %s and \"%s\":\n%s", place, texts[0], child->err);
}
