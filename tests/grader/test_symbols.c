/* Tests of grader/symbols.c: small submissions are compiled, and held against a small lesson. */
#include "symbols.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];
static struct strings objects;
static struct submission submission;
static struct diagnostics found;

static char *in_folder(const char *name)
{
    return string_format("%s/%s", folder, name);
}

static void run_command(char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command);
    free(command);
}

/* Compiles a text to NAME.o, with the flags that students' files get. */
static void compile(const char *name, const char *text)
{
    char *path = string_format("%s/%s.c", folder, name);
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    run_command(string_format("${CC:-cc} -O2 -g -w -fno-lto -fstack-clash-protection -c -o "
                              "%s/%s.o %s",
                              folder, name, path));
    free(path);
}

static void set_up(void)
{
    strcpy(folder, "/tmp/test_symbols-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    compile("harness", "int asked(void), answer(int), helper; int lend(void) { return 1; }\n"
                       "int harness(void) { return answer(asked() + helper); }\n");
    compile("exercise", "int harness(void), puts(const char *); int answer(int i) { return i; }\n"
                        "int main(void) { return puts(\"\") + harness(); }\n");
    compile("oracle", "int asked(void) { return 7; }\n");
    compile("runtime", "int write(int), getpid(void); int rt__secret(void) { return getpid(); }\n"
                       "int rt_go(void) { return write(1); }\n");
    run_command(string_format("ar rcs %s/runtime.a %s/runtime.o", folder, folder));
}

static void tear_down(void)
{
    run_command(string_format("rm -rf %s", folder));
    strings_release(&objects);
    diagnostics_release(&found);
    free(submission.sources);
    strings_release(&submission.files);
    submission = (struct submission){0};
}

/* Holds this text, as the student's only file, against the rules. */
static void check_text(const char *text)
{
    char *harness = in_folder("harness.o"), *exercise = in_folder("exercise.o");
    char *oracle = in_folder("oracle.o"), *library = in_folder("runtime.a");
    char *student = in_folder("student.o");
    struct trusted_objects trusted = {harness, exercise, oracle, library};

    compile("student", text);
    strings_add(&objects, student);
    strings_add(&submission.files, "work.c");
    submission.sources = memory_new(sizeof *submission.sources);
    submission.sources[0] = (struct source){(char *)text, strlen(text)};
    ck_assert(symbols_check(&objects, &submission, &trusted, &found, stderr));
    free(harness);
    free(exercise);
    free(oracle);
    free(library);
    free(student);
}

/* What is refused: the text, words of the message, and the line (0: none can be told). */
static const struct {
    const char *text, *words;
    int line;
} refused[] = {
    {"int asked(void) { return 1; }\nlong write(int f) { return f; }\n", "`write` must not", 2},
    {"#define HIDE wri##te\nint HIDE;\nint x() asm(\"getpid\");\nint x() { return 1; }\n",
     "`getpid` must not", 3},
    {"int __attribute__((weak)) puts(const char *s) { return 1; }\n", "`puts` must not", 1},
    {"\n\nasm(\".globl harness\\nharness: ret\\n\");\n", "`harness` must not", 3},
    {"int rt_go(void) { return 1; }\n", "`rt_go` must not", 1},
    {"int helper2;\nint lend = 1;\n", "`lend` must not", 2},
    {"int answer(int);\nint asked(void)\n{\n return answer(6);\n}\n", "`answer` is not for", 1},
    {"int rt__secret(void);\nint asked(void) { return rt__secret(); }\n", "`rt__secret` is not", 1},
    {"int g(void);\n__attribute__((constructor)) static void early(void) { g(); }\n",
     "before or after main", 2},
    {"int g(void);\n__attribute__((destructor)) static void late(void) { g(); }\n",
     "before or after main", 2},
    {"static void f(void) {}\n"
     "void (*p)(void) __attribute__((section(\".preinit_array\"), used)) = f;\n",
     ".preinit_array", 2},
    {"static void f(void) {}\n"
     "void (*p)(void) __attribute__((section(\".ctors\"), used)) = f;\n",
     ".ctors", 2},
    {"asm(\".section .init\\n nop\\n\");\n", ".init", 1},
    {"asm(\".section .interp,\\\"a\\\"\\n .asciz \\\"/tmp/loader\\\"\\n\");\n", ".interp", 1},
    {"static int f(void) { return 1; }\nstatic void *which(void) { return f; }\n"
     "int chosen(void) __attribute__((ifunc(\"which\")));\n",
     "resolver", 3},
    {"int __libc_start_main(void) { return 1; }\n", "belong to the compiler", 1},
    {"void _ITM_registerTMCloneTable(void) {}\n", "belong to the compiler", 1},
    {"int mine(void) { return 1; }\nasm(\".symver mine, getpid@@GLIBC_2.2.5\");\n", "getpid", 0},
};

START_TEST(what_changes_the_trusted_half_is_refused)
{
    check_text(refused[_i].text);
    ck_assert_uint_ge(found.count, 1);
    ck_assert_msg(strstr(found.items[0].message, refused[_i].words) != NULL, "%s",
                  found.items[0].message);
    ck_assert(found.items[0].error);
    ck_assert_str_eq(found.items[0].file, "work.c");
    if (refused[_i].line > 0)
        ck_assert_int_eq(found.items[0].line, refused[_i].line);
}
END_TEST

static const char *const fine[] = {
    "int asked(void) { return 1; }\n",
    "int lend(void), rt_go(void), puts(const char *); int asked(void) { return puts(\"\") + "
    "lend() + rt_go(); }\n",
    "static int write(int f) { return f; }\nint asked(void) { return write(2); }\n",
    "int qsort2, strlcpy, number; int asked(void) { static __thread int n; return ++n; }\n",
    "#include <stdio.h>\nstruct { char *s; } t[] = {{\"a\"}, {\"b\"}};\nconst double d = 1.5;\n"
    "int asked(void) { switch (qq()) { case 1: return 5; case 2: return 9; case 3: return 8; case "
    "4: return 17; case 5: return 3; } printf(\"%s %f\", t[1].s, d); return 0; }\nint qq(void) { "
    "return 1; }\n",
    "void free2(void **p) {}\nint asked(void) { __attribute__((cleanup(free2))) void *p = 0; "
    "return "
    "1; }\n",
    "_Atomic __int128 wide; int asked(void) { return (int)++wide; }\n",
    "int main2(void) { return 1; }\n__attribute__((cold, noinline)) int rare(void) { return 2; }\n"
    "__attribute__((hot)) int asked(void) { return rare(); }\n",
};

START_TEST(ordinary_code_passes)
{
    check_text(fine[_i]);
    ck_assert_msg(found.count == 0, "%s", found.count > 0 ? found.items[0].message : "");
}
END_TEST

START_TEST(what_is_no_object_is_refused)
{
    check_text("int asked(void) { return 1; }\n");
    ck_assert_uint_eq(found.count, 0);
    char *path = in_folder("script.o"), *missing = in_folder("harness.o");
    FILE *file = fopen(path, "w");
    fputs("INPUT(/etc/passwd)\n", file);
    fclose(file);
    char *exercise = in_folder("exercise.o"), *library = in_folder("runtime.a");
    struct trusted_objects trusted = {missing, exercise, exercise, library};
    strings_add(&objects, path);
    ck_assert(symbols_check(&objects, &submission, &trusted, &found, stderr));
    ck_assert_ptr_nonnull(strstr(found.items[found.count - 1].message, "no object file"));
    free(path);
    free(missing);
    free(exercise);
    free(library);
}
END_TEST

START_TEST(a_trusted_file_that_is_missing_is_the_infrastructures_fault)
{
    char *text = NULL;
    size_t size;
    FILE *errors = open_memstream(&text, &size);
    char *there = in_folder("harness.o"), *library = in_folder("runtime.a");
    struct trusted_objects trusted = {there, "/nowhere.o", there, library};

    ck_assert(!symbols_check(&objects, &submission, &trusted, &found, errors));
    fclose(errors);
    ck_assert_ptr_nonnull(strstr(text, "/nowhere.o"));
    free(text);
    free(there);
    free(library);
}
END_TEST

START_TEST(the_line_is_that_of_the_definition)
{
    ck_assert_int_eq(symbols_line("int f(void);\nint g(int f);\nint f(void)\n{\n}\n", "f"), 3);
    ck_assert_int_eq(symbols_line("int g;\nint fg;\n", "f"), 0);
    ck_assert_int_eq(symbols_line("\nx(f);\n", "f"), 2);
    ck_assert_int_eq(symbols_line("", "f"), 0);
    ck_assert_int_eq(symbols_line("f", ""), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("symbols");
    TCase *tests = tcase_create("symbols");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, what_changes_the_trusted_half_is_refused, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_loop_test(tests, ordinary_code_passes, 0, sizeof fine / sizeof *fine);
    tcase_add_test(tests, what_is_no_object_is_refused);
    tcase_add_test(tests, a_trusted_file_that_is_missing_is_the_infrastructures_fault);
    tcase_add_test(tests, the_line_is_that_of_the_definition);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
