/* output.c - see output.h. */
#include "explore/output.h"

#include <string.h>
#include <unistd.h>

#include "explore/memory.h"
#include "explore/program.h"

/* An answer descriptor of the grader's (exercises/exercise.h). */
#define TO_GRADER 4

/* A program that prints without end is not kept whole. */
#define TEXT_MAX ((size_t)1 << 20)

FILE *rt__report_file;

static struct rt__text printed, errors, answer;
static bool running;

static void append(struct rt__text *text, const char *bytes, size_t count)
{
    if (text->count + count + 1 > text->room) {
        if (text->room >= TEXT_MAX) {
            return;
        }
        text->room = 2 * (text->count + count) + 256;
        text->bytes = rt__kept_realloc(text->bytes, text->room);
    }
    memcpy(text->bytes + text->count, bytes, count);
    text->count += count;
    text->bytes[text->count] = '\0';
}

static ssize_t write_stream(void *text, const char *bytes, size_t count)
{
    append(text, bytes, count);
    return (ssize_t)count;
}

static FILE *stream(struct rt__text *text)
{
    cookie_io_functions_t functions = {.write = write_stream};
    FILE *file = fopencookie(text, "w", functions);
    if (file == NULL) {
        rt__kept_realloc(NULL, SIZE_MAX); /* says so, and ends */
    }
    return file;
}

/* Before the program's variables are saved: stdout and stderr are among them. */
void rt__output_start(void)
{
    rt__report_file = stderr;
    append(&printed, "", 0);
    append(&errors, "", 0);
    append(&answer, "", 0);
    stdout = stream(&printed);
    stderr = stream(&errors);
    setvbuf(stderr, NULL, _IONBF, 0);
}

void rt__output_begin(void)
{
    printed.count = errors.count = answer.count = 0;
    printed.bytes[0] = errors.bytes[0] = answer.bytes[0] = '\0';
    running = true;
}

void rt__output_end(void)
{
    fflush(stdout);
    running = false;
}

const struct rt__text *rt__output_answer(void)
{
    return answer.count > 0 ? &answer : &printed;
}

const struct rt__text *rt__output_errors(void)
{
    return &errors;
}

/* The program is linked with --wrap for this. */
ssize_t __real_write(int descriptor, const void *bytes, size_t count);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t count);

ssize_t __wrap_write(int descriptor, const void *bytes, size_t count)
{
    struct rt__text *text = descriptor == STDOUT_FILENO   ? &printed
                            : descriptor == STDERR_FILENO ? &errors
                            : descriptor == TO_GRADER     ? &answer
                                                          : NULL;
    if (!running || text == NULL) {
        return __real_write(descriptor, bytes, count);
    }
    if (text == &printed) {
        fflush(stdout);
    }
    append(text, bytes, count);
    return (ssize_t)count;
}
