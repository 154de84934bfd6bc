/* Tests of grader/object.c: what a compiler makes is read right, and what it never makes does no
 * harm. That the fuzzer finds nothing either, `make fuzz` shows. */
#include "object.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

static char folder[64];
static char *path;

static void set_up(void)
{
    strcpy(folder, "/tmp/test_object-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    path = string_format("%s/a.o", folder);
    char *command = string_format("printf 'int used(void); static int own = 1; int defined(void) { "
                                  "return used() + own++; }' | ${CC:-cc} -O1 -x c -c -o %s -",
                                  path);
    ck_assert_int_eq(system(command), 0);
    free(command);
}

static void tear_down(void)
{
    char *command = string_format("rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
    free(command);
    free(path);
}

static const struct symbol *find(const struct object *object, const char *name)
{
    for (size_t i = 0; i < object->symbols_count; i++)
        if (strcmp(object->symbols[i].name, name) == 0)
            return &object->symbols[i];
    return NULL;
}

START_TEST(symbols_and_sections_are_read)
{
    struct object object;
    const char *why;
    bool text = false;

    ck_assert(object_read(path, &object, &why));
    ck_assert(find(&object, "defined")->defined);
    ck_assert(!find(&object, "used")->defined);
    ck_assert_ptr_null(find(&object, "own"));
    for (size_t i = 0; i < object.sections_count; i++)
        text = text || strcmp(object.sections[i], ".text") == 0;
    ck_assert(text);
    object_release(&object);
}
END_TEST

/* Parses a copy of the first `size` bytes, with one of them changed. */
static void parse(const char *bytes, size_t size, size_t place, char value)
{
    struct object object;
    const char *why;
    char *copy = memory_new(size + 1); /* so that reading beyond it is seen by AddressSanitizer */

    memcpy(copy, bytes, size);
    if (place < size)
        copy[place] = value;
    if (object_parse(copy, size, &object, &why))
        for (size_t i = 0; i < object.symbols_count; i++)
            ck_assert_ptr_nonnull(object.symbols[i].name);
    object_release(&object);
}

START_TEST(a_damaged_file_does_no_harm)
{
    size_t size;
    char *bytes = file_read(path, &size);

    for (size_t i = 0; i < size; i++) {
        parse(bytes, i, i, 0);
        parse(bytes, size, i, (char)0xff);
        parse(bytes, size, i, (char)(bytes[i] ^ 0x40));
    }
    free(bytes);
}
END_TEST

static void take(const struct object *object, void *context)
{
    if (find(object, "defined"))
        strings_add(context, "defined");
}

START_TEST(an_archive_is_more_than_its_first_member)
{
    struct strings names = {0};
    char *library = string_format("%s/lib.a", folder);
    char *command =
        string_format("cp %s %s/b.o && ar rcs %s %s %s/b.o", path, folder, library, path, folder);
    ck_assert_int_eq(system(command), 0);
    ck_assert(archive_read(library, take, &names));
    ck_assert_uint_eq(names.count, 2);
    ck_assert(!archive_read(path, take, &names));
    ck_assert(!archive_read("/nowhere", take, &names));
    strings_release(&names);
    free(command);
    free(library);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object");
    TCase *tests = tcase_create("object");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, symbols_and_sections_are_read);
    tcase_add_test(tests, a_damaged_file_does_no_harm);
    tcase_add_test(tests, an_archive_is_more_than_its_first_member);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
