/* Tests of grader/submission.c: what counts as a submission, and what is refused. */
#include "submission.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static struct lesson lesson;
static struct submission submission;

static void run_command(char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command);
    free(command);
}

static void set_up(void)
{
    strcpy(folder, "/tmp/test_submission-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    lesson.id = "03-worker-pool";
    strings_add(&lesson.student, "pool.c");
}

static void tear_down(void)
{
    run_command(string_format("rm -rf %s", folder));
    strings_release(&lesson.student);
}

static char *path_of(const char *name)
{
    return string_format("%s/%s", folder, name);
}

static void put(const char *name, const char *text)
{
    char *path = path_of(name);
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

/* Finds a submission that must be all right. */
static void find(const char *path)
{
    ck_assert(submission_find(&lesson, path, &submission, stderr));
}

/* The hash of the submission in `name`, in a buffer of the caller's. */
static void hash_of(const char *name, char hash[65])
{
    char *path = path_of(name);

    find(path);
    strcpy(hash, submission.sha256);
    submission_release(&submission);
    free(path);
}

/* Expects a refusal whose message has all of these words (up to a NULL). */
static void expect_refused(const char *name, const char *words, const char *more)
{
    char *text = NULL, *path = path_of(name);
    size_t size;
    FILE *errors = open_memstream(&text, &size);

    ck_assert(!submission_find(&lesson, path, &submission, errors));
    fclose(errors);
    ck_assert_msg(strstr(text, words) != NULL, "%s", text);
    ck_assert_msg(strstr(text, more) != NULL, "%s", text);
    ck_assert_ptr_null(submission.path);
    free(text);
    free(path);
}

START_TEST(a_folder_holds_the_files_by_name)
{
    put("pool.c", "int x;\n");
    put("other.c", "not looked at");
    char *expected = path_of("pool.c");
    find(folder);
    ck_assert_str_eq(submission.path, folder);
    ck_assert_uint_eq(submission.files.count, 1);
    ck_assert_str_eq(submission.files.items[0], expected);
    ck_assert_uint_eq(submission.sources[0].size, 7);
    ck_assert_mem_eq(submission.sources[0].bytes, "int x;\n", 7);
    submission_release(&submission);
    free(expected);
}
END_TEST

START_TEST(slashes_at_the_end_of_a_folder_do_not_matter)
{
    put("pool.c", "");
    char *path = path_of("//"), *expected = path_of("pool.c");
    find(path);
    ck_assert_str_eq(submission.files.items[0], expected);
    submission_release(&submission);
    free(path);
    free(expected);
}
END_TEST

START_TEST(a_c_file_stands_for_the_only_student_file)
{
    put("solution.c", "int x;\n");
    put("pool.c", "int x;\n");
    char by_file[65], by_folder[65];
    hash_of("solution.c", by_file);
    hash_of("", by_folder);
    ck_assert_str_eq(by_file, by_folder); /* its own name does not count */
}
END_TEST

START_TEST(without_a_path_the_exercise_is_graded)
{
    find(NULL);
    ck_assert_str_eq(submission.path, "exercises/03-worker-pool");
    ck_assert_str_eq(submission.files.items[0], "exercises/03-worker-pool/pool.c");
    submission_release(&submission);
}
END_TEST

START_TEST(the_hash_tells_contents_and_names_apart)
{
    char first[65], second[65];

    put("pool.c", "int x;\n");
    hash_of("", first);
    ck_assert_uint_eq(strlen(first), 64);
    put("pool.c", "int y;\n");
    hash_of("", second);
    ck_assert_str_ne(first, second);
}
END_TEST

START_TEST(where_one_file_ends_matters_to_the_hash)
{
    char first[65], second[65];

    strings_add(&lesson.student, "other.c");
    /* Names, line ends and contents run into the same bytes in both. */
    put("pool.c", "A\nother.c\nB");
    put("other.c", "");
    hash_of("", first);
    put("pool.c", "A\n");
    put("other.c", "Bother.c\n");
    hash_of("", second);
    ck_assert_str_ne(first, second);
}
END_TEST

START_TEST(missing_files_are_all_named)
{
    strings_add(&lesson.student, "other.c");
    expect_refused("", "pool.c: No such file", "other.c: No such file");
    expect_refused("", "03-worker-pool", "a folder with pool.c, other.c\n");
}
END_TEST

START_TEST(a_missing_folder_says_what_was_expected)
{
    expect_refused("nowhere", "nowhere: No such file", "a folder with pool.c, or a single .c file");
}
END_TEST

START_TEST(a_name_that_drives_a_terminal_is_refused_and_not_shown)
{
    expect_refused("a\033[2J", "a\\x1b[2J", "give it another one");
    expect_refused("a\n::error::x", "\\x3a:error::x", "give it another one");
}
END_TEST

START_TEST(a_single_file_is_not_enough_for_two)
{
    strings_add(&lesson.student, "other.c");
    put("pool.c", "");
    expect_refused("pool.c", "is not a folder", "a folder with pool.c, other.c\n");
}
END_TEST

START_TEST(a_file_that_is_no_c_file_is_refused)
{
    put("notes.txt", "");
    expect_refused("notes.txt", "is not a folder", "single .c file");
}
END_TEST

START_TEST(a_symbolic_link_is_refused)
{
    char *path = path_of("pool.c");

    ck_assert_int_eq(symlink("/etc/passwd", path), 0);
    expect_refused("", "pool.c: is a symbolic link", "put the file itself there");
    free(path);
}
END_TEST

START_TEST(a_link_to_a_folder_is_refused)
{
    run_command(string_format("mkdir %s/theirs && touch %s/theirs/pool.c && ln -s theirs %s/mine",
                              folder, folder, folder));
    expect_refused("mine", "mine: is a symbolic link", "");
    expect_refused("mine//", "mine//: is a symbolic link", "");
}
END_TEST

START_TEST(a_hard_link_is_refused)
{
    char *path = path_of("pool.c"), *other = path_of("other.c");

    FILE *file = fopen(other, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    ck_assert_int_eq(link(other, path), 0);
    expect_refused("", "pool.c: has a second name", "put a copy");
    free(other);
    free(path);
}
END_TEST

START_TEST(a_fifo_is_refused_without_waiting)
{
    char *path = path_of("pool.c");

    ck_assert_int_eq(mkfifo(path, 0600), 0);
    expect_refused("", "pool.c: is not a file", "");
    free(path);
}
END_TEST

START_TEST(a_folder_in_place_of_a_file_is_refused)
{
    char *path = path_of("pool.c");

    ck_assert_int_eq(mkdir(path, 0700), 0);
    expect_refused("", "pool.c: is not a file", "");
    free(path);
}
END_TEST

START_TEST(a_file_of_1_mib_is_the_largest)
{
    char *path = path_of("pool.c");

    put("pool.c", "");
    ck_assert_int_eq(truncate(path, 1 << 20), 0);
    find(folder);
    ck_assert_uint_eq(submission.sources[0].size, 1 << 20);
    submission_release(&submission);
    ck_assert_int_eq(truncate(path, (1 << 20) + 1), 0);
    expect_refused("", "larger than 1 MiB", "");
    free(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("submission");
    TCase *tests = tcase_create("submission");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_folder_holds_the_files_by_name);
    tcase_add_test(tests, slashes_at_the_end_of_a_folder_do_not_matter);
    tcase_add_test(tests, a_c_file_stands_for_the_only_student_file);
    tcase_add_test(tests, without_a_path_the_exercise_is_graded);
    tcase_add_test(tests, the_hash_tells_contents_and_names_apart);
    tcase_add_test(tests, where_one_file_ends_matters_to_the_hash);
    tcase_add_test(tests, missing_files_are_all_named);
    tcase_add_test(tests, a_missing_folder_says_what_was_expected);
    tcase_add_test(tests, a_name_that_drives_a_terminal_is_refused_and_not_shown);
    tcase_add_test(tests, a_name_that_drives_a_terminal_is_refused_and_not_shown);
    tcase_add_test(tests, a_single_file_is_not_enough_for_two);
    tcase_add_test(tests, a_file_that_is_no_c_file_is_refused);
    tcase_add_test(tests, a_symbolic_link_is_refused);
    tcase_add_test(tests, a_link_to_a_folder_is_refused);
    tcase_add_test(tests, a_hard_link_is_refused);
    tcase_add_test(tests, a_fifo_is_refused_without_waiting);
    tcase_add_test(tests, a_folder_in_place_of_a_file_is_refused);
    tcase_add_test(tests, a_file_of_1_mib_is_the_largest);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
