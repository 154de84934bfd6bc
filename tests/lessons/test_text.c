/* test_text.c - keeps what the lessons tell in step with what the project does.
 *
 * A text that shows code which no longer exists teaches something wrong, and nobody notices. So
 * every C snippet of a lesson must stand, letter by letter, in that lesson's demo, its exercise or
 * one of its submissions, which are all compiled; every text must have the parts that readers look
 * for, and name the commands that produce its figures and check its exercise; and every demo must
 * run, fit a terminal of 80 columns, also when its output goes into a pipe, and give the figures
 * that the lesson's questions ask for.
 *
 * Lessons are found by their folders: a new one is tested without a change here. */
#include <check.h>
#include <dirent.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "demo_figures.h"
#include "figure.h"
#include "lesson.h"
#include "questions.h"
#include "text.h"

#define FENCE "```"
#define C_FENCE "```c\n"

static struct strings ids;

static char *lesson_file(const char *id, const char *name)
{
    char *path = string_format("lessons/%s/%s", id, name);
    char *text = file_read(path, NULL);
    ck_assert_msg(text != NULL, "cannot read %s", path);
    free(path);
    return text;
}

/* Whether one of the C files in a lesson's folder below `area` contains the snippet. */
static bool area_contains(const char *area, const char *id, const char *snippet)
{
    bool found = false;
    char *folder = string_format("%s/%s", area, id);
    DIR *entries = opendir(folder);
    ck_assert_msg(entries != NULL, "cannot read %s", folder);
    for (struct dirent *entry; !found && (entry = readdir(entries)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || (strcmp(ending, ".c") != 0 && strcmp(ending, ".h") != 0))
            continue;
        char *path = string_format("%s/%s", folder, entry->d_name);
        char *text = file_read(path, NULL);
        found = text != NULL && strstr(text, snippet) != NULL;
        free(text);
        free(path);
    }
    closedir(entries);
    free(folder);
    return found;
}

START_TEST(every_snippet_is_cut_from_code_that_compiles)
{
    const char *id = ids.items[_i];
    char *text = lesson_file(id, "lesson.md");
    for (char *at = text; (at = strstr(at, "\n" C_FENCE)) != NULL;) {
        char *snippet = at + strlen("\n" C_FENCE);
        char *end = strstr(snippet, "\n" FENCE);
        ck_assert_msg(end != NULL, "lessons/%s/lesson.md: a snippet has no end", id);
        end[1] = '\0';
        ck_assert_msg(area_contains("lessons", id, snippet) ||
                          area_contains("exercises", id, snippet) ||
                          area_contains("tests/submissions", id, snippet),
                      "lessons/%s/lesson.md shows code that stands neither in the demo nor in the "
                      "exercise nor in a submission:\n%s",
                      id, snippet);
        at = end + 1 + strlen(FENCE);
    }
    free(text);
}
END_TEST

START_TEST(every_text_names_the_commands_that_go_with_it)
{
    const char *id = ids.items[_i];
    static const char *const commands[] = {
        "make predict LESSON=", "make demo LESSON=", "make check LESSON=", "make quiz LESSON="};
    char *text = lesson_file(id, "lesson.md");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char *command = string_format("%s%.2s", commands[i], id);
        ck_assert_msg(strstr(text, command) != NULL, "lessons/%s/lesson.md never says `%s`", id,
                      command);
        free(command);
    }
    free(text);
}
END_TEST

START_TEST(every_text_has_the_parts_that_readers_look_for)
{
    const char *id = ids.items[_i];
    static const char *const parts[] = {"Predict",        "Measure", "Why",        "Exercise",
                                        "The same in Go", "Traps",   "Go further", "Sources"};
    char *text = lesson_file(id, "lesson.md");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *heading = string_format("\n## %s\n", parts[i]);
        ck_assert_msg(strstr(text, heading) != NULL, "lessons/%s/lesson.md has no part \"%s\"", id,
                      parts[i]);
        free(heading);
    }
    free(text);
}
END_TEST

/* The demo has given its figures to this file. Each must be there, whatever the number of procs
 * was. */
static void expect_figures(const char *id, const char *path)
{
    struct questions *questions = questions_exist(id) ? questions_load(id, stderr) : NULL;
    struct demo_figures figures;
    char *text = file_read(path, NULL);
    ck_assert_msg(demo_figures_parse(text, &figures), "%s gave no figures, or one twice:\n%s", id,
                  text);
    for (size_t i = 0; questions && i < questions->predictions_count; i++) {
        const char *name = questions->predictions[i].figure;
        ck_assert_msg(name == NULL || demo_figure(&figures, name) != NULL,
                      "the demo of %s ran without figure(\"%s\", ...)", id, name);
    }
    demo_figures_release(&figures);
    questions_free(questions);
    free(text);
}

START_TEST(every_demo_runs_and_fits_80_columns)
{
    char figures[] = "/tmp/barista-figures-XXXXXX";
    int file = mkstemp(figures);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert_int_eq(setenv(FIGURES_VARIABLE, figures, 1), 0);
    char *barista = string_copy(getenv("BARISTA") ? getenv("BARISTA") : "build/barista");
    char *program = string_format("%s/lessons/%s/demo", dirname(barista), ids.items[_i]);
    ck_assert_int_eq(unsetenv("COLUMNS"), 0);
    FILE *output = popen(program, "r");
    ck_assert_ptr_nonnull(output);
    char line[1024];
    int lines = 0;
    for (; fgets(line, sizeof line, output) != NULL; lines++)
        ck_assert_msg(strcspn(line, "\n") <= 80, "%s prints more than 80 columns:\n%s", program,
                      line);
    int status = pclose(output);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0 && lines > 0,
                  "%s did not run well (status %d, %d lines)", program, status, lines);
    expect_figures(ids.items[_i], figures);
    unlink(figures);
    free(program);
    free(barista);
}
END_TEST

int main(void)
{
    ids = lesson_ids();
    int count = (int)ids.count;
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_set_timeout(tests, 60); /* a demo runs for some seconds, longer under a sanitizer */
    tcase_add_loop_test(tests, every_snippet_is_cut_from_code_that_compiles, 0, count);
    tcase_add_loop_test(tests, every_text_names_the_commands_that_go_with_it, 0, count);
    tcase_add_loop_test(tests, every_text_has_the_parts_that_readers_look_for, 0, count);
    tcase_add_loop_test(tests, every_demo_runs_and_fits_80_columns, 0, count);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    strings_release(&ids);
    return failed ? 1 : 0;
}
