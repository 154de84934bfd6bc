/* source_lines.c - asks addr2line (GNU binutils, or LLVM's). The program that it reads was made
 * from a student's source, so it is run as compilers are, and what it prints is made harmless. */
#include "source_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "printable.h"
#include "process.h"

/* Reading what a program has to say about so few addresses takes milliseconds. */
#define CPU_S 10
#define ADDRESS_BYTES ((uint64_t)1 << 30)
#define OUTPUT_BYTES 65536

/* Whether this function, at "/home/ada/barista/runtime/select.c:12", is the runtime's own. Its
 * static functions have no prefix that tells, but its folder does. */
static bool is_runtime(const char *function, const char *line)
{
    if (strncmp(function, "rt_", 3) == 0 || strncmp(function, "__wrap_", 7) == 0)
        return true;
    char *folder = realpath("runtime", NULL);
    size_t length = folder ? strlen(folder) : 0;
    bool inside = folder && strncmp(line, folder, length) == 0 && line[length] == '/';
    free(folder);
    return inside;
}

/* "rt__task_entry", then "runtime/task.c:12 (discriminator 3)", for each function that an address
 * is in. */
static void add_lines(char *text, struct strings *lines)
{
    char *rest = NULL;
    for (char *function = strtok_r(text, "\n", &rest); function;
         function = strtok_r(NULL, "\n", &rest)) {
        char *line = strtok_r(NULL, "\n", &rest);
        if (!line || is_runtime(function, line) || strchr(line, '?'))
            continue;
        char *remark = strstr(line, " (discriminator"); /* the path before it may have spaces */
        if (remark)
            *remark = '\0';
        if (lines->count == 0 || strcmp(lines->items[lines->count - 1], line) != 0)
            strings_add(lines, line);
    }
}

static char *read_all(int descriptor)
{
    char *bytes = memory_new(OUTPUT_BYTES);
    size_t length = 0;
    ssize_t got;
    while (length < OUTPUT_BYTES &&
           ((got = read(descriptor, bytes + length, OUTPUT_BYTES - length)) > 0 ||
            (got < 0 && errno == EINTR)))
        length += got > 0 ? (size_t)got : 0;
    char *text = printable(bytes, length);
    free(bytes);
    return text;
}

static void ask(const struct sandbox *sandbox, const char *program, const struct strings *command,
                struct strings *lines, FILE *errors)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return;
    struct view view = {0};
    view_add_toolchain(&view, command->items[0]);
    view_add(&view, VIEW_READ, program);
    char *environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", NULL};
    char **argv = strings_argv(command);
    struct process_plan plan = {.sandbox = sandbox,
                                .purpose = PURPOSE_COMPILE,
                                .view = &view,
                                .argv = argv,
                                .environment = environment,
                                .descriptors = {-1, ends[1], -1, -1, -1},
                                .cpu_s = CPU_S,
                                .address_bytes = ADDRESS_BYTES};
    struct process process;
    bool started = process_start(&plan, &process, errors);
    close(ends[1]);
    if (started) {
        char *text = read_all(ends[0]);
        add_lines(text, lines);
        free(text);
        process_end(&process, NULL);
    }
    close(ends[0]);
    free(argv);
    view_release(&view);
}

void source_lines(const struct sandbox *sandbox, const char *program, const int64_t *addresses,
                  int count, struct strings *lines, FILE *errors)
{
    char *tool = program_path("addr2line");
    struct strings command = {0};
    if (tool && count > 0) {
        strings_add(&command, "addr2line");
        strings_add(&command, "--inlines");
        strings_add(&command, "--functions");
        strings_add(&command, "--exe");
        strings_add(&command, program);
        for (int i = 0; i < count; i++) {
            char *address = string_format("0x%llx", (unsigned long long)addresses[i]);
            strings_add(&command, address);
            free(address);
        }
        ask(sandbox, program, &command, lines, errors);
    }
    strings_release(&command);
    free(tool);
}
