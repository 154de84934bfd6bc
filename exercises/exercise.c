/* exercise.c - the program's side of the protocol, the input and the answer; main() is here.
 *
 * The whole exercise runs in the runtime's main task: it says "ready" when the runtime runs, so
 * that starting up is not timed, and it answers as soon as harness() returns, before the runtime
 * shuts down. A run may still fail after it has answered: a task that can never end is found only
 * then.
 *
 * Whatever goes wrong here is the lesson's or the grader's mistake, never the student's: fail(). */
#define _POSIX_C_SOURCE 200809L /* fdopen */

#include "exercise.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rt.h"

/* Where the grader talks with us; see exercise.h. */
#define FROM_GRADER 3
#define TO_GRADER 4

/* Lessons have a handful of inputs with short names. */
#define INPUTS_MAX 32
#define NAME_MAX_BYTES 32

static struct {
    char name[NAME_MAX_BYTES];
    int64_t value;
} inputs[INPUTS_MAX];
static int inputs_count;

static uint64_t random_state = 1; /* the seed, unless one is given */

static char *answer; /* answer_bytes of answer_room are filled */
static size_t answer_bytes, answer_room;

/* _exit and not exit: other tasks may still be running. */
static _Noreturn __attribute__((format(printf, 2, 3))) void leave(int status, const char *format,
                                                                  ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    _exit(status);
}

#define fail(...) leave(EXERCISE_EXIT_LESSON, "exercise: " __VA_ARGS__)

/* ---- Input ----------------------------------------------------------------------------------- */

static int64_t parse_value(const char *name, const char *text)
{
    char *end;

    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0')
        fail("the input %s is '%s', which is no whole number\n", name, text);
    return value;
}

/* The seed has all 64 bits, so it is read apart from the other inputs. */
static void set_seed(const char *text)
{
    char *end;

    errno = 0;
    random_state = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0')
        fail("the seed is '%s', which is no whole number\n", text);
}

/* Takes in "jobs 64" or "jobs=64". */
static void set_input(char *text, char separator)
{
    char *value = strchr(text, separator);

    if (value == NULL)
        fail("an input reads '%s', but it must be name%cvalue\n", text, separator);
    *value++ = '\0';
    if (strcmp(text, "seed") == 0) {
        set_seed(value);
        return;
    }
    if (inputs_count == INPUTS_MAX || strlen(text) >= NAME_MAX_BYTES)
        fail("there are more than %d inputs, or the name of '%s' is too long\n", INPUTS_MAX, text);
    strcpy(inputs[inputs_count].name, text);
    inputs[inputs_count++].value = parse_value(text, value);
}

static void read_input(void)
{
    char line[128];
    FILE *grader = fdopen(FROM_GRADER, "r");

    if (grader == NULL)
        fail("cannot read the input: %s\n", strerror(errno));
    while (fgets(line, sizeof line, grader) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "go") == 0) {
            fclose(grader);
            return;
        }
        set_input(line, ' ');
    }
    fail("the input ended too early\n");
}

int64_t input_get(const char *name)
{
    for (int i = 0; i < inputs_count; i++)
        if (strcmp(inputs[i].name, name) == 0)
            return inputs[i].value;
    fail("the harness asks for the input '%s', which was not given (%s=NUMBER)\n", name, name);
}

/* splitmix64 (Steele, Lea and Flood, 2014): a counter, and a mix of its bits. Any seed is a good
 * one. */
uint64_t input_random(void)
{
    uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t input_random_between(int64_t low, int64_t high)
{
    /* Unsigned, where the sums may wrap round; 0 stands for all 2^64 values. The remainder favours
     * small numbers by less than range/2^64, which nothing here could notice. */
    uint64_t range = (uint64_t)high - (uint64_t)low + 1;
    uint64_t number = input_random();

    return (int64_t)((uint64_t)low + (range == 0 ? number : number % range));
}

/* ---- Answer ---------------------------------------------------------------------------------- */

static void answer_reserve(size_t bytes)
{
    if (answer_bytes + bytes <= answer_room)
        return;
    size_t room = 2 * (answer_bytes + bytes);
    char *larger = realloc(answer, room);
    if (larger == NULL)
        leave(RT_EXIT_NOMEM, "exercise: out of memory for the answer\n");
    answer = larger;
    answer_room = room;
}

void answer_line(const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        fail("an answer line has a wrong format: '%s'\n", format);
    answer_reserve((size_t)length + 1);
    vsnprintf(answer + answer_bytes, (size_t)length + 1, format, again);
    va_end(again);
    answer_bytes += (size_t)length;
    answer[answer_bytes++] = '\n'; /* in the place of the NUL */
}

static void write_all(int descriptor, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail("cannot write the answer: %s\n", strerror(errno));
        bytes += written;
        count -= (size_t)written;
    }
}

static void send_answer(void)
{
    char header[32];

    snprintf(header, sizeof header, "answer %zu\n", answer_bytes);
    write_all(TO_GRADER, header, strlen(header));
    write_all(TO_GRADER, answer, answer_bytes);
}

/* ---- Bounded concurrency --------------------------------------------------------------------- */

void limit_tasks(int64_t most)
{
    int64_t tasks = rt_num_tasks();

    if (tasks > most)
        leave(EXERCISE_EXIT_TASKS,
              "exercise: %" PRId64 " tasks exist at once; this exercise allows %" PRId64
              ", the main task included\n",
              tasks, most);
}

/* ---- Start ----------------------------------------------------------------------------------- */

static void graded(void *unused)
{
    (void)unused;
    write_all(TO_GRADER, "ready\n", 6);
    read_input();
    harness();
    send_answer();
}

static void plain(void *unused)
{
    (void)unused;
    harness();
    fflush(stdout); /* what the student printed comes first */
    write_all(STDOUT_FILENO, answer, answer_bytes);
}

/* The answer goes where what the student printed doesn't, and the exploration looks for it
 * there. */
static void explored(void *unused)
{
    (void)unused;
    harness();
    write_all(TO_GRADER, answer, answer_bytes);
}

int main(int argc, char **argv)
{
    void (*run)(void *) = plain;
    int first = 1;

    if (argc > 1 && strcmp(argv[1], "--graded") == 0)
        run = graded, first = argc;
    else if (argc > 1 && strcmp(argv[1], "--explored") == 0)
        run = explored, first = 2;
    /* Line by line even into a pipe, so that what was printed before a crash is seen. */
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    for (int i = first; i < argc; i++)
        set_input(argv[i], '=');

    int error = rt_run(run, NULL);
    if (error == RT_ENOMEM)
        leave(RT_EXIT_NOMEM, "exercise: out of memory for the runtime\n");
    if (error != RT_OK)
        fail("the runtime does not start: %s\n", rt_strerror(error));
    return 0;
}
