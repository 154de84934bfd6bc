/* test_docs.c - keeps README.md, ARCHITECTURE.md, HACKING.md and lessons/README.md in step with the
 * project.
 *
 * ci/check-docs knows which names in them must exist. It must find nothing wrong with the documents
 * as they are, and something in copies of them that are broken in one place each. And each snippet
 * of C or YAML must stand, letter by letter, in some file of the project. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text.h"

static char copies[32]; /* a folder with copies of the documents */

static void shell(const char *command)
{
    ck_assert_msg(system(command) == 0, "this failed: %s", command);
}

static void set_up(void)
{
    strcpy(copies, "/tmp/test_docs-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(copies));
    ck_assert_int_eq(setenv("COPIES", copies, 1), 0);
    shell("cp README.md ARCHITECTURE.md HACKING.md \"$COPIES\"");
    shell("mkdir \"$COPIES\"/lessons && cp lessons/README.md \"$COPIES\"/lessons");
}

static void tear_down(void)
{
    shell("rm -r \"$COPIES\"");
}

/* Runs ci/check-docs on a folder. Returns its exit status; *said is what it printed, owned. */
static int check_docs(const char *folder, char **said)
{
    char *command = string_format("ci/check-docs %s 2>&1", folder);
    FILE *output = popen(command, "r");
    ck_assert_ptr_nonnull(output);
    char bytes[4096];
    size_t count = fread(bytes, 1, sizeof bytes - 1, output);
    bytes[count] = '\0';
    int status = pclose(output);
    free(command);
    *said = string_copy(bytes);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(the_documents_name_only_what_there_is)
{
    char *said;
    int status = check_docs(".", &said);
    ck_assert_msg(status == 0 && *said == '\0', "ci/check-docs: exit status %d\n%s", status, said);
    free(said);
}
END_TEST

START_TEST(links_out_of_the_project_are_left_alone)
{
    char *said;
    shell("echo 'See [Go](https://go.dev/ref/spec#Go_statements).' >>\"$COPIES\"/README.md");
    ck_assert_int_eq(check_docs(copies, &said), 0);
    free(said);
}
END_TEST

/* One way of breaking the copies, and what the script must say to it. */
static const struct {
    const char *command;
    const char *complaint;
} mistakes[] = {
    {"echo 'see `runtime/chanel.c`' >>\"$COPIES\"/README.md", "no file runtime/chanel.c"},
    {"echo 'see `tests/*/test_x*.c`' >>\"$COPIES\"/HACKING.md", "no file tests/*/test_x*.c"},
    {"echo 'see `wroker.h`' >>\"$COPIES\"/ARCHITECTURE.md", "no file is called wroker.h"},
    {"echo 'run `make chekc`' >>\"$COPIES\"/README.md", "no target chekc"},
    {"printf '```sh\\n$ make V=1 -s tset\\n```\\n' >>\"$COPIES\"/HACKING.md", "no target tset"},
    {"echo '`build/barista lnit`' >>\"$COPIES\"/HACKING.md", "barista has no command lnit"},
    {"echo 'see [this](GONE.md#there)' >>\"$COPIES\"/README.md", "a link to GONE.md"},
    {"printf 'a `name\\nbroken` here\\n' >>\"$COPIES\"/README.md", "has to end on the line"},
    {"sed -i '/^verdict.c /d' \"$COPIES\"/ARCHITECTURE.md", "grader/verdict.c is not on the map"},
    {"sed -i '/^include.rt.h /d' \"$COPIES\"/ARCHITECTURE.md", "rt.h is not on the map"},
    {"sed -i 's/^verdict.c .h/& .S/' \"$COPIES\"/ARCHITECTURE.md", "no file grader/verdict.S"},
    {"sed -i 's/^| event processor.*| 10 |$/| events | 99 |/' \"$COPIES\"/lessons/README.md",
     "there is no lesson 99"},
    {"echo '| this | `make matricks` |' >>\"$COPIES\"/lessons/README.md", "no target matricks"},
    {"echo '| this | `io_bond.c` |' >>\"$COPIES\"/lessons/README.md",
     "no file is called io_bond.c"},
    {"echo '| this | `sort_reading` |' >>\"$COPIES\"/lessons/README.md",
     "no sample is called sort_re"},
    {"sed -i 's/ 16 |$/ |/' \"$COPIES\"/lessons/README.md", "16-cancellation is taught nowhere"},
};

START_TEST(a_mistake_is_found_and_named)
{
    char *said;
    shell(mistakes[_i].command);
    int status = check_docs(copies, &said);
    ck_assert_msg(status == 1 && strstr(said, mistakes[_i].complaint) != NULL,
                  "after %s: exit status %d\n%s", mistakes[_i].command, status, said);
    free(said);
}
END_TEST

/* ---- Snippets -------------------------------------------------------------------------------- */

static const char *const documents[] = {"README.md", "ARCHITECTURE.md", "HACKING.md"};
#define DOCUMENTS (int)(sizeof documents / sizeof *documents)

/* All that a snippet may be cut from, in one text. Owned. */
static char *all_code(void)
{
    shell("find runtime grader exercises lessons tests -name '*.[ch]' -o -name '*.yaml' | "
          "xargs cat >\"$COPIES\"/code");
    char *path = string_format("%s/code", copies);
    char *code = file_read(path, NULL);
    ck_assert_ptr_nonnull(code);
    free(path);
    return code;
}

/* Ends the next snippet of `text`, returns it, and puts *rest behind it. NULL if there is none. */
static char *next_snippet(char *text, char **rest)
{
    char *c = strstr(text, "```c\n"), *yaml = strstr(text, "```yaml\n");
    char *fence = c == NULL || (yaml != NULL && yaml < c) ? yaml : c;
    if (fence == NULL)
        return NULL;
    char *snippet = strchr(fence, '\n') + 1;
    char *end = strstr(snippet, "```");
    ck_assert_msg(end != NULL, "a snippet has no end:\n%s", snippet);
    *rest = end + 3;
    while (end[-1] == ' ') /* the fence may be indented */
        end--;
    *end = '\0';
    return snippet;
}

START_TEST(every_snippet_is_cut_from_the_project)
{
    char *code = all_code(), *text = file_read(documents[_i], NULL), *rest = text, *snippet;
    ck_assert_ptr_nonnull(text);
    while ((snippet = next_snippet(rest, &rest)) != NULL)
        ck_assert_msg(strstr(code, snippet) != NULL, "%s shows what no file has:\n%s",
                      documents[_i], snippet);
    free(text);
    free(code);
}
END_TEST

START_TEST(snippets_are_found_in_lists_too)
{
    char text[] = "x\n```yaml\na: 1\n```\n1. y\n\n   ```c\n    int z;\n   ```\n";
    char *rest = text;
    ck_assert_str_eq(next_snippet(rest, &rest), "a: 1\n");
    ck_assert_str_eq(next_snippet(rest, &rest), "    int z;\n");
    ck_assert_ptr_null(next_snippet(rest, &rest));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("docs");
    TCase *tests = tcase_create("docs");
    int count = sizeof mistakes / sizeof *mistakes;
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_documents_name_only_what_there_is);
    tcase_add_test(tests, links_out_of_the_project_are_left_alone);
    tcase_add_loop_test(tests, a_mistake_is_found_and_named, 0, count);
    tcase_add_loop_test(tests, every_snippet_is_cut_from_the_project, 0, DOCUMENTS);
    tcase_add_test(tests, snippets_are_found_in_lists_too);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
