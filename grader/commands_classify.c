/* commands_classify.c - `barista classify FILE FUNCTION`: what kind of work a function of your own
 * is. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "classify.h"
#include "commands.h"
#include "machine.h"
#include "result.h"
#include "wrap.h"

/* The figures of the course are for eight, and more copies than that only take longer. */
#define PROCS_MOST_HERE 8

static bool is_name(const char *word)
{
    if (!isalpha((unsigned char)*word) && *word != '_')
        return false;
    for (; *word; word++)
        if (!isalnum((unsigned char)*word) && *word != '_')
            return false;
    return true;
}

static int complain(const char *file, const char *function, const char *complaint)
{
    fprintf(stderr, "%s() in %s cannot be classified:\n", function, file);
    wrap_print(stderr, 2, complaint);
    return BARISTA_FAIL;
}

static int measure_and_show(const char *file, const char *function,
                            const struct classify_program *program)
{
    struct cpus cpus = cpus_allowed();
    machine_spread_over_cores("", &cpus);
    int procs = cpus.count < PROCS_MOST_HERE ? cpus.count : PROCS_MOST_HERE;
    struct classify_figures figures;
    char *complaint;
    int status = BARISTA_PASS;
    if (classify_measure(program, &cpus, procs, &figures, &complaint, stderr))
        classify_show(file, function, &figures, stdout);
    else
        status = complaint ? complain(file, function, complaint) : BARISTA_INFRA;
    free(complaint);
    return status;
}

int command_classify(const struct arguments *arguments)
{
    if (arguments->words_count < 2) {
        fputs("barista: classify takes a file and a function in it, for example:\n"
              "    make classify FILE=mine.c FUNCTION=work\n",
              stderr);
        return BARISTA_USAGE;
    }
    const char *file = arguments->words[0], *function = arguments->words[1];
    if (!is_name(function)) {
        fprintf(stderr, "barista: \"%s\" is no name of a function\n", function);
        return BARISTA_USAGE;
    }
    struct stat status_of_file;
    if (stat(file, &status_of_file) != 0 || !S_ISREG(status_of_file.st_mode)) {
        fprintf(stderr, "barista: there is no file %s\n", file);
        return BARISTA_USAGE;
    }
    struct classify_program program;
    int status = BARISTA_INFRA;
    if (classify_build(file, function, &program, stderr)) {
        if (program.path)
            status = measure_and_show(file, function, &program);
        else
            fprintf(stderr, "%s\n", program.complaint);
        status = program.path ? status : BARISTA_FAIL;
    }
    classify_program_release(&program);
    return status;
}
