/* Tests of grader/page.c: what stands in the page. tests/pictures/ looks at what a browser makes of
 * it. */
#include <check.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"
#include "page.h"
#include "sample.h"
#include "trace_sample.h"

#define DATA_BEGIN "<script type=\"application/json\" id=\"data\">"

static struct trace trace;
static struct page page;

static void make(void)
{
    enter_scratch();
    trace = trace_sample(HOSTILE_NAME);
    page = (struct page){.title = "<b>\"T&C\"</b>", .subject = "</script>", .trace = &trace};
}

static void release(void)
{
    trace_release(&trace);
    leave_scratch();
}

static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        found++;
    return found;
}

START_TEST(it_refers_to_nothing_outside_of_itself)
{
    static const char *const references[] = {
        "http:", "https:", "//", " src=", "href=", "url(", "import", "fetch(", "XMLHttp"};
    struct trace plain = trace_sample("nap"); /* the other one's name has ` src=` in it, as text */
    page.trace = &plain;
    char *text = page_text(&page);
    trace_release(&plain);
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        ck_assert_msg(!strstr(text, references[i]), "there is `%s`", references[i]);
    ck_assert_has(text, "default-src 'none'");
    free(text);
}
END_TEST

START_TEST(what_a_run_says_never_becomes_markup)
{
    char *text = page_text(&page);
    ck_assert_uint_eq(count(text, "<script"), 2);
    ck_assert_uint_eq(count(text, "</script>"), 2);
    ck_assert_uint_eq(count(text, "<img"), 0);
    ck_assert_uint_eq(count(text, "<b>"), 0);
    ck_assert_has(text, "<title>&lt;b&gt;&quot;T&amp;C&quot;&lt;/b&gt;</title>");
    free(text);
}
END_TEST

START_TEST(the_data_are_json_and_whole)
{
    char *text = page_text(&page);
    char *data = strstr(text, DATA_BEGIN) + strlen(DATA_BEGIN);
    *strstr(data, "</script>") = '\0';
    json_t *json = json_loads(data, 0, NULL);
    ck_assert_ptr_nonnull(json);
    ck_assert_str_eq(json_string_value(json_object_get(json, "subject")), "</script>");
    const json_t *tasks = json_object_get(json, "tasks");
    ck_assert_uint_eq(json_array_size(tasks), 3);
    const json_t *nap = json_array_get(tasks, 1);
    ck_assert_has(json_string_value(json_object_get(nap, "name")), "</script><img src=x>");
    const json_t *stretch = json_array_get(json_object_get(nap, "stretches"), 2);
    ck_assert_int_eq(json_integer_value(json_array_get(stretch, 0)), 5000);
    ck_assert_int_eq(json_integer_value(json_array_get(stretch, 2)), TASK_WAITS);
    const json_t *spent = json_array_get(json_object_get(json, "spent"), 0);
    ck_assert_uint_eq(json_array_size(json_object_get(spent, "spent_ps")),
                      json_array_size(json_object_get(json, "states")));
    json_decref(json);
    free(text);
}
END_TEST

/* Elements that have no end. */
static bool is_empty(const char *name, size_t length)
{
    return (length == 4 && strncmp(name, "meta", 4) == 0) || *name == '!';
}

START_TEST(elements_are_closed_in_order)
{
    char *text = page_text(&page);
    const char *open[32];
    size_t depth = 0;
    for (const char *at = text; (at = strchr(at, '<')) != NULL;) {
        const char *name = at + 1 + (at[1] == '/');
        size_t length = strcspn(name, " >/");
        if (at[1] == '/') {
            ck_assert_uint_gt(depth, 0);
            depth--;
            ck_assert_msg(strncmp(open[depth], name, length) == 0, "</%.*s> closes %.10s",
                          (int)length, name, open[depth]);
        } else if (!is_empty(name, length)) {
            ck_assert_uint_lt(depth, 32);
            open[depth++] = name;
        }
        /* There is no markup inside of these. */
        bool script = at[1] != '/' && strncmp(name, "script", 6) == 0;
        bool style = at[1] != '/' && strncmp(name, "style", 5) == 0;
        at = script ? strstr(at, "</script") : style ? strstr(at, "</style") : at + 1;
    }
    ck_assert_uint_eq(depth, 0);
    free(text);
}
END_TEST

START_TEST(a_file_appears_whole_or_not_at_all)
{
    ck_assert(page_write(&page, "run.html"));
    char *written = file_read("run.html", NULL), *text = page_text(&page);
    ck_assert_str_eq(written, text);
    ck_assert_ptr_null(file_read("run.html.new", NULL));
    ck_assert(!page_write(&page, "nowhere/run.html"));
    ck_assert_int_eq(errno, ENOENT);
    free(text);
    free(written);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("page");
    TCase *tests = tcase_create("page");
    tcase_add_checked_fixture(tests, make, release);
    tcase_add_test(tests, it_refers_to_nothing_outside_of_itself);
    tcase_add_test(tests, what_a_run_says_never_becomes_markup);
    tcase_add_test(tests, the_data_are_json_and_whole);
    tcase_add_test(tests, elements_are_closed_in_order);
    tcase_add_test(tests, a_file_appears_whole_or_not_at_all);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
