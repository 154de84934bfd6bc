#include "fake_program.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>

#include "sample.h"

static const char head[] = "#!/bin/sh\n"
                           "answer() {\n"
                           "    text=$(printf \"$1.\"); text=${text%.}\n"
                           "    printf 'answer %d\\n%s' ${#text} \"$text\" >&4\n"
                           "}\n"
                           "echo ready >&4\n"
                           "while read -r name value && [ $name != go ]; do\n"
                           "    [ $name = seed ] && seed=$value\n"
                           "done <&3\n";

void fake_program(const char *name, const char *body)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "%s%s\n", head, body);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(name, 0755), 0);
}

struct trial fake_trial(const struct check *check, int procs)
{
    static const struct build build = {.ok = true, .program = "./program", .oracle = "./oracle"};
    static struct cpus cpus;
    cpus = cpus_allowed();
    return (struct trial){
        .lesson = &sample_lesson,
        .check = check,
        .build = &build,
        .cpus = &cpus,
        .sandbox = sandbox_none(),
        .procs = procs,
    };
}
