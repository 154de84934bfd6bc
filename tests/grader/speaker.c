/* speaker.c - compiles the speaking program and runs it. */
#include "speaker.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct run_request speaker_request;
struct limits speaker_limits;
struct cpus speaker_cpus;

/* Where the binary and its names are. */
static char *folder;

static struct input jobs = {.name = "jobs", .value = 64};
static struct input_list input = {.items = &jobs, .count = 1};

char *speaker_path(const char *name)
{
    return string_format("%s/%s", folder, name);
}

/* Runs a shell command, owned; Check's assertions only work inside of tests. */
static void shell(char *command)
{
    if (system(command) != 0) {
        fprintf(stderr, "speaker: this failed: %s\n", command);
        exit(EXIT_FAILURE);
    }
    free(command);
}

void speaker_make(void)
{
    const char *parent = getenv("TMPDIR");

    folder = string_format("%s/barista-speaker-XXXXXX", parent ? parent : "/tmp");
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(EXIT_FAILURE);
    }
    shell(string_format("${CC:-cc} -std=c11 -D_GNU_SOURCE -O1 -o '%s/speaker' "
                        "tests/grader/programs/speaker.c",
                        folder));
}

void speaker_remove(void)
{
    shell(string_format("rm -rf '%s'", folder));
    free(folder);
}

void speaker_set_up(void)
{
    speaker_limits = (struct limits){.wall_s = 20, .cpu_s = 10, .memory_mb = 64, .output_kb = 256};
    speaker_cpus = cpus_allowed();
    speaker_request = (struct run_request){.sandbox = sandbox_none(),
                                           .input = &input,
                                           .limits = &speaker_limits,
                                           .seed = 42,
                                           .procs = 1,
                                           .cpus = &speaker_cpus};
}

char *speaker_named(const char *name)
{
    char *path = speaker_path(name);
    char *binary = speaker_path("speaker");

    ck_assert(link(binary, path) == 0 || errno == EEXIST);
    free(binary);
    return path;
}

struct run speaker_run(const char *name)
{
    struct run run;
    char *path = speaker_named(name);

    speaker_request.program = path;
    ck_assert(run_program(&speaker_request, &run, stderr));
    free(path);
    return run;
}
