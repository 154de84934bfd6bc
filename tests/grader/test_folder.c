/* Tests of grader/folder.c: folders in use, removed, and left behind. */
#include "folder.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text.h"

static char parent[64];

static void set_up(void)
{
    strcpy(parent, "/tmp/test_folder-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(parent));
    setenv("TMPDIR", parent, 1);
}

/* Fails if a test left anything behind. */
static void tear_down(void)
{
    ck_assert_int_eq(rmdir(parent), 0);
}

/* Makes an entry with a file and a folder in it. */
static void fill(const char *path)
{
    char *command = string_format("mkdir -p %s/deep/er && touch %s/deep/er/file && "
                                  "ln -s /etc %s/link",
                                  path, path, path);

    ck_assert_int_eq(system(command), 0);
    free(command);
}

START_TEST(a_folder_is_private_and_goes_with_all_that_is_in_it)
{
    struct folder folder = folder_new(stderr);
    struct stat status;

    ck_assert_int_eq(strncmp(folder.path, parent, strlen(parent)), 0);
    ck_assert_int_eq(stat(folder.path, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0700);
    fill(folder.path);
    folder_free(&folder);
    ck_assert_ptr_null(folder.path);
    folder_free(&folder);
    ck_assert_int_eq(access("/etc/passwd", F_OK), 0);
}
END_TEST

START_TEST(folders_in_use_are_left_alone)
{
    struct folder first = folder_new(stderr), second = folder_new(stderr);

    ck_assert_str_ne(first.path, second.path);
    ck_assert_int_eq(access(first.path, F_OK), 0);
    folder_free(&first);
    folder_free(&second);
}
END_TEST

START_TEST(what_a_killed_grader_left_is_removed_by_the_next)
{
    pid_t pid = fork();

    if (pid == 0) {
        struct folder folder = folder_new(stderr);
        fill(folder.path);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
    struct folder next = folder_new(stderr);
    folder_free(&next); /* and tear_down finds nothing */
}
END_TEST

START_TEST(what_was_killed_before_it_had_a_lock_is_removed_too)
{
    char *command = string_format("mkdir %s/barista-aaaaaa %s/barista-bbbbbb && "
                                  "touch %s/barista-bbbbbb/lock-to-be",
                                  parent, parent, parent);

    ck_assert_int_eq(system(command), 0);
    struct folder folder = folder_new(stderr);
    folder_free(&folder); /* and tear_down finds nothing */
    free(command);
}
END_TEST

START_TEST(a_similar_folder_with_something_in_it_is_left_alone)
{
    char *similar = string_format("%s/barista-coffee", parent);
    char *inside = string_format("%s/beans", similar);

    ck_assert_int_eq(mkdir(similar, 0700) + mkdir(inside, 0700), 0);
    struct folder folder = folder_new(stderr);
    folder_free(&folder);
    ck_assert_int_eq(rmdir(inside) + rmdir(similar), 0);
    free(inside);
    free(similar);
}
END_TEST

START_TEST(graders_that_begin_together_all_get_one)
{
    pid_t pids[4];

    for (int i = 0; i < 4; i++) {
        pids[i] = fork();
        for (int n = 0; pids[i] == 0 && n < 200; n++) {
            struct folder folder = folder_new(stderr);
            if (!folder.path || access(folder.path, W_OK) != 0)
                _exit(1);
            folder_free(&folder);
        }
        if (pids[i] == 0)
            _exit(0);
    }
    for (int i = 0; i < 4; i++) {
        int status;
        ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
        ck_assert_int_eq(status, 0);
    }
}
END_TEST

START_TEST(other_folders_are_left_alone)
{
    char *similar = string_format("%s/barista-notes", parent);
    char *other = string_format("%s/other", parent);

    ck_assert_int_eq(mkdir(similar, 0700), 0);
    ck_assert_int_eq(mkdir(other, 0700), 0);
    struct folder folder = folder_new(stderr);
    folder_free(&folder);
    ck_assert_int_eq(rmdir(similar), 0);
    ck_assert_int_eq(rmdir(other), 0);
    free(similar);
    free(other);
}
END_TEST

START_TEST(a_parent_that_is_not_there_is_told)
{
    char *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);

    setenv("TMPDIR", "/nowhere", 1);
    struct folder folder = folder_new(errors);
    fclose(errors);
    ck_assert_ptr_null(folder.path);
    ck_assert_ptr_nonnull(strstr(text, "cannot make a folder /nowhere/barista-"));
    free(text);
}
END_TEST

START_TEST(without_tmpdir_it_is_tmp)
{
    unsetenv("TMPDIR");
    struct folder folder = folder_new(stderr);
    ck_assert_int_eq(strncmp(folder.path, "/tmp/barista-", 13), 0);
    folder_free(&folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("folder");
    TCase *tests = tcase_create("folder");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_folder_is_private_and_goes_with_all_that_is_in_it);
    tcase_add_test(tests, folders_in_use_are_left_alone);
    tcase_add_test(tests, what_a_killed_grader_left_is_removed_by_the_next);
    tcase_add_test(tests, what_was_killed_before_it_had_a_lock_is_removed_too);
    tcase_add_test(tests, a_similar_folder_with_something_in_it_is_left_alone);
    tcase_add_test(tests, graders_that_begin_together_all_get_one);
    tcase_add_test(tests, other_folders_are_left_alone);
    tcase_add_test(tests, a_parent_that_is_not_there_is_told);
    tcase_add_test(tests, without_tmpdir_it_is_tmp);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
