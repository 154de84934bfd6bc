/* course.c - copies what a grading needs into a folder of its own.
 *
 * Copies and not links, so that an ordinary user can be let in, and so that an attack which gets
 * out finds nothing to spoil. */
#include "course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static void run(char *command)
{
    if (system(command) != 0) {
        fprintf(stderr, "attacks: failed: %s\n", command);
        exit(3);
    }
    free(command);
}

/* Writes the lesson with this folder's name in it, by which attacks find what they must not
 * read. */
static void write_lesson(const char *course)
{
    run(string_format("sed 's|@COURSE@|%s|' tests/attacks/course/lesson.yaml "
                      ">'%s/lessons/99-attacked/lesson.yaml'",
                      course, course));
}

char *course_new(const char *build)
{
    char *course = string_copy("/tmp/barista-attacks-XXXXXX");

    if (!mkdtemp(course)) {
        perror("attacks: no folder");
        exit(3);
    }
    run(string_format("cd '%s' && mkdir -p build runtime exercises/99-attacked lessons/99-attacked "
                      "tmp home/work && chmod 755 .",
                      course));
    run(string_format(
        "cp '%s/barista' '%s/barista-inside' build/libbarista.a build/libbarista-sim.a "
        "'%s/build'",
        build, build, course));
    run(string_format("cp -r runtime/include '%s/runtime' && cp exercises/exercise.[ch] "
                      "'%s/exercises' && cp tests/attacks/course/*.[ch] '%s/exercises/99-attacked'",
                      course, course, course));
    write_lesson(course);
    return course;
}

void course_give(const char *course, unsigned user)
{
    run(string_format("chown -R %u:%u '%s'", user, user, course));
}

void course_free(char *course)
{
    run(string_format("rm -rf '%s'", course));
    free(course);
}
