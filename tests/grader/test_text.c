/* Tests of grader/text.c: strings, lists, suggestions and files. */
#include "text.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "result.h"

static struct strings list_of(const char *a, const char *b, const char *c)
{
    struct strings list = {0};

    strings_add(&list, a);
    strings_add(&list, b);
    strings_add(&list, c);
    return list;
}

START_TEST(a_list_keeps_copies_in_order)
{
    char word[] = "send";
    struct strings list = {0};

    strings_add(&list, word);
    word[0] = 'm';
    strings_add(&list, "receive");
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.items[0], "send");
    ck_assert_str_eq(list.items[1], "receive");
    strings_release(&list);
    ck_assert_uint_eq(list.count, 0);
    ck_assert_ptr_null(list.items);
}
END_TEST

START_TEST(a_list_can_be_given_its_own_item)
{
    struct strings list = {0};

    strings_add(&list, "close");
    for (int i = 0; i < 100; i++)
        strings_add(&list, list.items[0]);
    ck_assert_str_eq(list.items[100], "close");
    strings_release(&list);
}
END_TEST

START_TEST(a_list_contains_whole_items_only)
{
    struct strings list = list_of("send", "receive", "close");

    ck_assert(strings_contain(&list, "receive"));
    ck_assert(!strings_contain(&list, "rec"));
    ck_assert(!strings_contain(&list, ""));
    strings_release(&list);
}
END_TEST

START_TEST(a_list_is_joined_with_separators_between)
{
    struct strings list = list_of("a", "b", "c"), empty = {0};
    char *joined = strings_join(&list, ", "), *nothing = strings_join(&empty, ", ");

    ck_assert_str_eq(joined, "a, b, c");
    ck_assert_str_eq(nothing, "");
    free(joined);
    free(nothing);
    strings_release(&list);
}
END_TEST

START_TEST(a_format_of_any_length_fits)
{
    char *text = string_format("%05000d|%s", 7, "end");

    ck_assert_uint_eq(strlen(text), 5004);
    ck_assert_str_eq(text + 4999, "7|end");
    free(text);
}
END_TEST

START_TEST(new_memory_is_zero)
{
    unsigned char *memory = memory_new(1000);

    for (int i = 0; i < 1000; i++)
        ck_assert_uint_eq(memory[i], 0);
    free(memory);
}
END_TEST

START_TEST(no_bytes_are_still_memory)
{
    void *memory = memory_new(0);

    ck_assert_ptr_nonnull(memory);
    memory = memory_resize(memory, 0);
    ck_assert_ptr_nonnull(memory);
    free(memory);
}
END_TEST

/* Runs `fails` in a child with its messages hidden, and returns the child's exit status. */
static int status_of(void (*fails)(void))
{
    int status;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        fails();
        _exit(98);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(out_of_memory_is_never_the_students_fault)
{
    ck_assert_int_eq(status_of(memory_exhausted), BARISTA_INFRA);
}
END_TEST

START_TEST(nearest_finds_the_usual_misspellings)
{
    struct strings names = list_of("points", "needs", "minutes");

    ck_assert_str_eq(strings_nearest(&names, "pionts"), "points");    /* swapped */
    ck_assert_str_eq(strings_nearest(&names, "need"), "needs");       /* one missing */
    ck_assert_str_eq(strings_nearest(&names, "minuttes"), "minutes"); /* one too many */
    ck_assert_str_eq(strings_nearest(&names, "Points"), "points");    /* one replaced */
    strings_release(&names);
}
END_TEST

START_TEST(nearest_takes_the_closest_of_several)
{
    struct strings names = list_of("rt_chan_new", "rt_chan_len", "rt_chan_send");

    ck_assert_str_eq(strings_nearest(&names, "rt_chan_sent"), "rt_chan_send");
    ck_assert_str_eq(strings_nearest(&names, "rt_chan_lenn"), "rt_chan_len");
    strings_release(&names);
}
END_TEST

START_TEST(nearest_allows_a_third_of_the_word)
{
    struct strings names = list_of("abcdef", "no", "other");

    ck_assert_str_eq(strings_nearest(&names, "abcdxy"), "abcdef");
    ck_assert_ptr_null(strings_nearest(&names, "abcxyz"));
    ck_assert_ptr_null(strings_nearest(&names, "on"));
    ck_assert_ptr_null(strings_nearest(&names, ""));
    strings_release(&names);
}
END_TEST

START_TEST(nearest_leaves_very_long_words_alone)
{
    char *word = string_format("%064d", 0), *candidate = string_format("%063d", 0);
    struct strings names = list_of(word, "a", "b"), shorter = list_of(candidate, "a", "b");

    ck_assert_ptr_null(strings_nearest(&shorter, word));
    ck_assert_ptr_null(strings_nearest(&names, candidate));
    ck_assert_str_eq(strings_nearest(&shorter, candidate), candidate);
    strings_release(&names);
    strings_release(&shorter);
    free(candidate);
    free(word);
}
END_TEST

START_TEST(a_file_is_read_whole)
{
    FILE *file = tmpfile();
    char path[64], block[1000];
    size_t length;

    ck_assert_ptr_nonnull(file);
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 50; i++)
        ck_assert_uint_eq(fwrite(block, sizeof block, 1, file), 1);
    fputs("end", file);
    fflush(file);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));

    char *text = file_read(path, &length);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(length, 50003);
    ck_assert_str_eq(text + 50000, "end");
    free(text);
    fclose(file);
}
END_TEST

START_TEST(a_file_whose_size_is_not_known_is_read_whole)
{
    size_t length;
    char *text = file_read("/proc/self/status", &length);

    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(strlen(text), length);
    ck_assert_uint_gt(length, 0);
    free(text);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_says_why)
{
    errno = 0;
    ck_assert_ptr_null(file_read("no/such/file", NULL));
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_ptr_null(file_read(".", NULL));
    ck_assert_int_eq(errno, EISDIR);
}
END_TEST

START_TEST(a_file_without_end_is_refused)
{
    ck_assert_ptr_null(file_read("/dev/zero", NULL));
    ck_assert_int_eq(errno, EFBIG);
}
END_TEST

START_TEST(a_file_is_written_whole_or_not_at_all)
{
    char folder[] = "/tmp/test_text-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *path = string_format("%s/file", folder), *inside = string_format("%s/file/x", folder);
    ck_assert(file_write(path, "first\n"));
    ck_assert(file_write(path, "second\n"));
    char *text = file_read(path, NULL);
    ck_assert_str_eq(text, "second\n");
    ck_assert(!file_write(inside, "no"));
    ck_assert_int_eq(errno, ENOTDIR);
    ck_assert_int_eq(unlink(path) + rmdir(folder), 0); /* nothing else is in it */
    free(text);
    free(inside);
    free(path);
}
END_TEST

START_TEST(what_is_no_file_is_written_to_and_stays)
{
    char folder[] = "/tmp/test_text-XXXXXX", read_back[8] = "";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *path = string_format("%s/pipe", folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    int pipe = open(path, O_RDWR);
    ck_assert(file_write(path, "text\n"));
    ck_assert_int_eq(read(pipe, read_back, sizeof read_back - 1), 5);
    ck_assert_str_eq(read_back, "text\n");
    close(pipe);
    ck_assert(!file_write(folder, "no"));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_int_eq(unlink(path) + rmdir(folder), 0);
    free(path);
}
END_TEST

START_TEST(a_link_stays_and_leads_to_the_new_file)
{
    char folder[] = "/tmp/test_text-XXXXXX", target[8] = "";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *file = string_format("%s/file", folder), *link = string_format("%s/link", folder);
    ck_assert(file_write(file, "first\n"));
    ck_assert_int_eq(symlink("file", link), 0);
    ck_assert(file_write(link, "second\n"));
    ck_assert_int_eq(readlink(link, target, sizeof target - 1), 4);
    char *text = file_read(file, NULL);
    ck_assert_str_eq(text, "second\n");
    ck_assert_int_eq(unlink(link) + unlink(file) + rmdir(folder), 0);
    free(text);
    free(link);
    free(file);
}
END_TEST

START_TEST(whether_a_file_can_be_written_is_told_and_changes_nothing)
{
    char folder[] = "/tmp/test_text-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *path = string_format("%s/file", folder), *inside = string_format("%s/file/x", folder);
    ck_assert(file_can_be_written(path));
    ck_assert_int_lt(access(path, F_OK), 0);
    ck_assert(file_write(path, "first\n"));
    ck_assert(file_can_be_written(path));
    char *text = file_read(path, NULL);
    ck_assert_str_eq(text, "first\n");
    ck_assert(!file_can_be_written(inside));
    ck_assert_int_eq(errno, ENOTDIR);
    ck_assert(!file_can_be_written(folder));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert(file_can_be_written("/dev/null"));
    ck_assert_int_eq(unlink(path) + rmdir(folder), 0); /* nothing else is in it */
    free(text);
    free(inside);
    free(path);
}
END_TEST

START_TEST(folder_names_are_sorted_and_without_hidden_ones)
{
    struct strings names = folder_names("tests/grader/lessons/good");

    ck_assert_uint_eq(names.count, 4);
    ck_assert_str_eq(names.items[0], "Makefile");
    ck_assert_str_eq(names.items[1], "exercises");
    ck_assert_str_eq(names.items[2], "lessons");
    ck_assert_str_eq(names.items[3], "tests");
    strings_release(&names);
}
END_TEST

START_TEST(a_missing_folder_has_no_names)
{
    struct strings names = folder_names("no/such/folder");

    ck_assert_uint_eq(names.count, 0);
    ck_assert(!folder_exists("no/such/folder"));
    ck_assert(!folder_exists("/dev/null"));
    ck_assert(folder_exists("tests"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");

    tcase_add_test(tests, a_list_keeps_copies_in_order);
    tcase_add_test(tests, a_list_can_be_given_its_own_item);
    tcase_add_test(tests, a_list_contains_whole_items_only);
    tcase_add_test(tests, a_list_is_joined_with_separators_between);
    tcase_add_test(tests, a_format_of_any_length_fits);
    tcase_add_test(tests, new_memory_is_zero);
    tcase_add_test(tests, no_bytes_are_still_memory);
    tcase_add_test(tests, out_of_memory_is_never_the_students_fault);
    tcase_add_test(tests, nearest_finds_the_usual_misspellings);
    tcase_add_test(tests, nearest_takes_the_closest_of_several);
    tcase_add_test(tests, nearest_allows_a_third_of_the_word);
    tcase_add_test(tests, nearest_leaves_very_long_words_alone);
    tcase_add_test(tests, a_file_is_read_whole);
    tcase_add_test(tests, a_file_whose_size_is_not_known_is_read_whole);
    tcase_add_test(tests, a_file_that_cannot_be_read_says_why);
    tcase_add_test(tests, a_file_without_end_is_refused);
    tcase_add_test(tests, a_file_is_written_whole_or_not_at_all);
    tcase_add_test(tests, what_is_no_file_is_written_to_and_stays);
    tcase_add_test(tests, a_link_stays_and_leads_to_the_new_file);
    tcase_add_test(tests, whether_a_file_can_be_written_is_told_and_changes_nothing);
    tcase_add_test(tests, folder_names_are_sorted_and_without_hidden_ones);
    tcase_add_test(tests, a_missing_folder_has_no_names);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
