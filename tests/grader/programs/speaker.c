/* speaker.c - a program that speaks the grader's protocol by hand, well or badly.
 *
 * How it behaves is told by the name that it is started under, since the grader gives every
 * program the same arguments: tests link one binary under many names. `answers` is the one that
 * does all it should; each other differs in what its name says. It does without the runtime, so
 * that it can do what the runtime would not let it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *behaviour;

static int is(const char *name)
{
    return strcmp(behaviour, name) == 0;
}

static void say(int descriptor, const char *text)
{
    size_t length = strlen(text);

    while (length > 0) {
        ssize_t written = write(descriptor, text, length);

        if (written < 0)
            _exit(1);
        text += written;
        length -= (size_t)written;
    }
}

static void answer(const char *text)
{
    char header[32];

    snprintf(header, sizeof header, "answer %zu\n", strlen(text));
    say(4, header);
    say(4, text);
}

static void flood(int descriptor)
{
    static char noise[1 << 16];

    memset(noise, '.', sizeof noise - 1);
    for (;;)
        say(descriptor, noise);
}

static void wait_for_ever(void)
{
    for (;;)
        pause();
}

/* Leaves a process behind that holds all pipes open, and prints its number. With a session of
 * its own, killing the group of this one does not reach it. */
static void leave_behind(int own_session)
{
    int ready[2];
    char byte;

    if (pipe(ready) < 0)
        _exit(1);
    if (fork() == 0) {
        if (own_session)
            setsid();
        pid_t child = fork();
        if (child == 0)
            wait_for_ever();
        printf("%d\n", (int)child);
        fflush(stdout);
        if (write(ready[1], "", 1) != 1)
            _exit(1);
        _exit(0);
    }
    if (read(ready[0], &byte, 1) != 1)
        _exit(1);
}

/* Waits for the input, but leaves it in the pipe. */
static const char *await_input(void)
{
    struct pollfd input = {.fd = 3, .events = POLLIN};

    poll(&input, 1, -1);
    return "";
}

/* The input as it came, up to and with "go". */
static const char *read_input(void)
{
    static char text[1 << 18];
    size_t length = 0;

    while (!strstr(text, "go\n")) {
        ssize_t got = read(3, text + length, sizeof text - 1 - length);

        if (got <= 0)
            _exit(1);
        length += (size_t)got;
    }
    return text;
}

static void answer_environment(void)
{
    char text[4096] = "";

    for (char **variable = environ; *variable; variable++) {
        strncat(text, *variable, sizeof text - strlen(text) - 1);
        strncat(text, "\n", sizeof text - strlen(text) - 1);
    }
    answer(text);
}

static void answer_descriptors(void)
{
    char text[4096] = "";

    for (int descriptor = 0; descriptor < 1024; descriptor++)
        if (fcntl(descriptor, F_GETFD) >= 0)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%d ", descriptor);
    answer(text);
}

static void answer_cpus(void)
{
    char text[4096] = "";
    cpu_set_t set;

    sched_getaffinity(0, sizeof set, &set);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &set))
            snprintf(text + strlen(text), sizeof text - strlen(text), "%d ", cpu);
    answer(text);
}

/* How many signals are ignored or blocked, and what standard input gives. */
static void answer_surroundings(void)
{
    char text[128], byte;
    sigset_t blocked;
    int ignored_count = 0, blocked_count = 0;

    sigprocmask(SIG_BLOCK, NULL, &blocked);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;

        if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
            ignored_count++;
        blocked_count += sigismember(&blocked, number) == 1;
    }
    snprintf(text, sizeof text, "ignored %d blocked %d stdin %zd", ignored_count, blocked_count,
             read(0, &byte, 1));
    answer(text);
}

static void answer_session(void)
{
    char text[32];

    snprintf(text, sizeof text, "%d", (int)getsid(0));
    answer(text);
}

/* Fills memory, a MiB at a time, up to 1 GiB. */
static void fill_memory(void)
{
    for (int i = 0; i < 1024; i++) {
        char *block = malloc(1 << 20);

        if (!block)
            _exit(1);
        memset(block, 1, 1 << 20);
    }
}

/* Asks for 100 GiB without touching it, and answers how many were given. */
static void reserve_memory(void)
{
    char text[32];
    int given = 0;

    while (given < 100 && malloc((size_t)1 << 30))
        given++;
    snprintf(text, sizeof text, "%s", given < 100 ? "refused" : "given");
    answer(text);
}

static void answer_large(size_t bytes)
{
    char *text = malloc(bytes + 1);

    if (!text)
        _exit(1);
    memset(text, 'x', bytes);
    text[bytes] = '\0';
    answer(text);
}

/* What is done before "ready". */
static void start(void)
{
    if (is("never-ready"))
        wait_for_ever();
    if (is("dies-at-start"))
        abort();
    if (is("closes-input")) {
        close(3);
        say(4, "ready\n");
        wait_for_ever();
    }
    if (is("says-nonsense"))
        say(4, "steady\n");
    if (is("answers-early"))
        say(4, "ready\nanswer 2\nhi");
    else if (is("slowly-ready"))
        for (const char *letter = "ready\n"; *letter; letter++)
            say(4, (char[]){*letter, '\0'});
    else
        say(4, "ready\n");
}

/* Opens the pipe `meeting` beside the binary, which has to wait until somebody opens its other
 * end. */
static void meet(const char *binary, int access)
{
    char path[4096];

    snprintf(path, sizeof path, "%.*s/meeting", (int)(strrchr(binary, '/') - binary), binary);
    if (open(path, access) < 0)
        _exit(1);
}

/* Instead of the answer. */
static void misbehave(void)
{
    if (is("never-answers"))
        wait_for_ever();
    if (is("computes-for-ever"))
        for (volatile int i = 0;; i++)
            ;
    if (is("answers-half")) {
        say(4, "answer 10\nhalf");
        wait_for_ever();
    }
    if (is("answers-half-and-ends")) {
        say(4, "answer 10\nhalf");
        _exit(0);
    }
    if (is("answers-too-much")) {
        say(4, "answer 4\nhalf of it");
        wait_for_ever();
    }
    if (is("announces-too-much")) {
        say(4, "answer 999999999999\n");
        wait_for_ever();
    }
    if (is("floods-answer"))
        flood(4);
    if (is("floods-output"))
        flood(1);
    if (is("floods-errors"))
        flood(2);
    if (is("uses-null"))
        *(volatile int *)NULL = 1;
    if (is("kills-itself"))
        kill(getpid(), SIGKILL);
    if (strncmp(behaviour, "exits-", 6) == 0)
        _exit(atoi(behaviour + 6));
    if (is("fills-memory"))
        fill_memory();
}

static void respond(const char *input)
{
    if (is("prints")) {
        printf("\x1b[31mred\x1b[0m \xc3\xa9\n");
        fprintf(stderr, "a report\n");
        fflush(stdout);
    }
    if (is("environment"))
        answer_environment();
    else if (is("descriptors"))
        answer_descriptors();
    else if (is("cpus"))
        answer_cpus();
    else if (is("surroundings"))
        answer_surroundings();
    else if (is("session"))
        answer_session();
    else if (is("reserves-memory"))
        reserve_memory();
    else if (is("answers-large"))
        answer_large(3 << 20);
    else if (is("answers-nothing"))
        answer("");
    else
        answer(input);
}

int main(int argc, char **argv)
{
    behaviour = strrchr(argv[0], '/') + 1;
    if (argc != 2 || strcmp(argv[1], "--graded") != 0)
        return 1;
    start();
    const char *input = is("never-reads") ? await_input() : read_input();
    misbehave();
    if (is("meets-reader") || is("meets-writer"))
        meet(argv[0], is("meets-reader") ? O_RDONLY : O_WRONLY);
    if (is("leaves-child") || is("leaves-daemon"))
        leave_behind(is("leaves-daemon"));
    respond(input);
    if (is("hangs-after"))
        wait_for_ever();
    if (is("crashes-after"))
        abort();
    return 0;
}
