/* lesson_fixture.c - moves tests into a course, and feeds the loader with variations of one
 * lesson. */
#include "lesson_fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int project_root = -1;
static char parent[64] = "/tmp"; /* of scratch */
static char scratch[sizeof parent + 32];

static void remember_project_root(void)
{
    project_root = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(project_root, 0);
}

void enter_project(const char *folder)
{
    ck_assert_int_eq(fchdir(project_root), 0);
    ck_assert_int_eq(chdir(folder), 0);
}

void enter_good_course(void)
{
    remember_project_root();
    enter_project("tests/grader/lessons/good");
}

void leave_course(void)
{
    enter_project(".");
    close(project_root);
}

void make_parent_of_scratches(void)
{
    strcpy(parent, "/tmp/barista-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(parent));
}

void remove_parent_of_scratches(void)
{
    char *command = string_format("rm -rf %s", parent);

    shell(command);
    free(command);
    strcpy(parent, "/tmp");
}

void enter_scratch(void)
{
    remember_project_root();
    snprintf(scratch, sizeof scratch, "%s/barista-test-XXXXXX", parent);
    ck_assert_ptr_nonnull(mkdtemp(scratch));
    ck_assert_int_eq(chdir(scratch), 0);
}

void enter_copy_of_good_course(void)
{
    enter_good_course();
    char *good = getcwd(NULL, 0), *command = string_format("cp -r '%s'/. .", good);
    leave_course();

    enter_scratch();
    shell(command);
    free(command);
    free(good);
}

void leave_scratch(void)
{
    char *command = string_format("rm -rf %s", scratch);

    leave_course();
    shell(command);
    free(command);
}

void shell(const char *command)
{
    ck_assert_int_eq(system(command), 0);
}

const char *printed(struct mistakes *mistakes, const char *path)
{
    static char *text;
    size_t bytes;

    free(text);
    FILE *stream = open_memstream(&text, &bytes);
    ck_assert_ptr_nonnull(stream);
    mistakes_print(mistakes, path, stream);
    fclose(stream);
    mistakes_release(mistakes);
    return text;
}

const char *mistakes_in(const char *text, size_t length)
{
    struct mistakes mistakes = {0};
    struct lesson *lesson = lesson_parse(GOOD_ID, text, length, &mistakes);

    /* A lesson comes back exactly when there is nothing wrong with it. */
    ck_assert_int_eq(lesson != NULL, mistakes_total(&mistakes) == 0);
    lesson_free(lesson);
    return printed(&mistakes, "yaml");
}

char *good_text(void)
{
    char *text = file_read("lessons/" GOOD_ID "/lesson.yaml", NULL);

    ck_assert_ptr_nonnull(text);
    return text;
}

const char *mistakes_with(const char *old, const char *replacement)
{
    char *good = good_text();
    char *at = strstr(good, old);

    ck_assert_msg(at != NULL, "the lesson has no \"%s\"", old);
    ck_assert_msg(strstr(at + 1, old) == NULL, "the lesson has \"%s\" twice", old);
    *at = '\0';
    char *text = string_format("%s%s%s", good, replacement, at + strlen(old));
    const char *mistakes = mistakes_in(text, strlen(text));
    free(text);
    free(good);
    return mistakes;
}
