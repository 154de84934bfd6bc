/* Tests of grader/document.c: the tree and its places, and what is refused. */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "lesson_fixture.h"

/* Parses; the caller owns the tree, and *mistakes are valid until the next call. */
static struct node *parse_bytes(const char *text, size_t length, const char **mistakes)
{
    struct mistakes list = {0};
    struct node *root = document_parse(text, length, &list);

    *mistakes = printed(&list, "f");
    return root;
}

/* A text that must parse, without a mistake. */
static struct node *parsed(const char *text)
{
    const char *mistakes;
    struct node *root = parse_bytes(text, strlen(text), &mistakes);

    ck_assert_str_eq(mistakes, "");
    ck_assert_ptr_nonnull(root);
    return root;
}

/* A text that is refused, but whose tree can still be searched for more. */
static void refused(const char *text, const char *expected)
{
    const char *mistakes;
    struct node *root = parse_bytes(text, strlen(text), &mistakes);

    ck_assert_str_eq(mistakes, expected);
    ck_assert_ptr_nonnull(root);
    node_free(root);
}

/* A text that can't be parsed to its end. */
static void hopeless_bytes(const char *text, size_t length, const char *expected)
{
    const char *mistakes;

    ck_assert_ptr_null(parse_bytes(text, length, &mistakes));
    ck_assert_str_eq(mistakes, expected);
}

static void hopeless(const char *text, const char *expected)
{
    hopeless_bytes(text, strlen(text), expected);
}

/* `count` times `part`, owned. */
static char *repeated(const char *part, size_t count)
{
    char *text = memory_new(strlen(part) * count + 1);

    for (size_t i = 0; i < count; i++)
        memcpy(text + i * strlen(part), part, strlen(part));
    return text;
}

START_TEST(a_map_has_keys_values_and_places)
{
    struct node *map = parsed("# comment\nminutes: 25\n  \ntitle: \"A\"\n");

    ck_assert_int_eq(map->kind, NODE_MAP);
    ck_assert_uint_eq(map->count, 2);
    ck_assert_str_eq(map->keys[1]->text, "title");
    ck_assert_int_eq(map->keys[1]->line, 4);
    ck_assert_int_eq(map->keys[1]->column, 1);
    ck_assert_str_eq(map->items[0]->text, "25");
    ck_assert_int_eq(map->items[0]->line, 2);
    ck_assert_int_eq(map->items[0]->column, 10);
    node_free(map);
}
END_TEST

START_TEST(a_list_has_items_in_order)
{
    struct node *list = parsed("- a\n- [b, c]\n- {d: e}\n");

    ck_assert_int_eq(list->kind, NODE_LIST);
    ck_assert_uint_eq(list->count, 3);
    ck_assert_int_eq(list->items[1]->kind, NODE_LIST);
    ck_assert_str_eq(list->items[1]->items[1]->text, "c");
    ck_assert_int_eq(list->items[2]->kind, NODE_MAP);
    node_free(list);
}
END_TEST

START_TEST(columns_count_characters_not_bytes)
{
    struct node *map = parsed("{\"caf\xC3\xA9\": 1}");

    ck_assert_int_eq(map->items[0]->column, 10);
    node_free(map);
}
END_TEST

START_TEST(quotes_make_text_of_anything)
{
    struct node *list = parsed("[42, \"42\", yes, 'yes', null, \"\"]");

    ck_assert(node_is_number(list->items[0]));
    ck_assert(!node_is_number(list->items[1]));
    ck_assert(node_is_boolean(list->items[2]));
    ck_assert(!node_is_boolean(list->items[3]));
    ck_assert(node_is_null(list->items[4]));
    ck_assert(!node_is_null(list->items[5]));
    node_free(list);
}
END_TEST

START_TEST(numbers_are_told_from_words)
{
    struct node *list = parsed("[1, -2.5, 1e9, 0x10, .5, 0.75N, 03-pool, nan, inf, 1 2, -]");

    for (size_t i = 0; i < list->count; i++)
        ck_assert_msg(node_is_number(list->items[i]) == (i < 5), "%s", list->items[i]->text);
    node_free(list);
}
END_TEST

START_TEST(a_node_is_shown_in_a_short_line)
{
    static const char *const expected[] = {"\"soon\"",
                                           "the number 42",
                                           "the truth value off",
                                           "nothing",
                                           "a list",
                                           "a mapping (key: value)",
                                           "\"two lines\"",
                                           "\"0123456789012345678901234567890123456789...\"",
                                           "\"012345678901234567890123456789012345678...\""};
    struct node *list = parsed("- soon\n- 42\n- off\n-\n- []\n- {}\n- \"two\\nlines\"\n"
                               "- \"01234567890123456789012345678901234567890\"\n"
                               "- \"012345678901234567890123456789012345678\xC3\xA9\"\n");

    ck_assert_uint_eq(list->count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < list->count; i++) {
        char *shown = node_shown(list->items[i]);
        ck_assert_str_eq(shown, expected[i]);
        free(shown);
    }
    node_free(list);
}
END_TEST

START_TEST(a_byte_order_mark_and_windows_line_ends_are_taken)
{
    struct node *map = parsed("\xEF\xBB\xBF"
                              "a: 1\r\nb: 2\r\n");

    ck_assert_uint_eq(map->count, 2);
    ck_assert_int_eq(map->keys[1]->line, 2);
    ck_assert_str_eq(map->items[1]->text, "2");
    node_free(map);
}
END_TEST

START_TEST(duplicate_keys_are_refused_and_the_first_counts)
{
    const char *mistakes;
    const char *text = "a: 1\nb: 2\na: 3\n";
    struct node *map = parse_bytes(text, strlen(text), &mistakes);

    ck_assert_str_eq(mistakes,
                     "f:3:1: duplicate key \"a\": line 1 has it already; give each key once\n");
    ck_assert_uint_eq(map->count, 2);
    ck_assert_str_eq(map->items[0]->text, "1");
    node_free(map);
}
END_TEST

START_TEST(anchors_aliases_and_tags_are_each_refused)
{
    refused("a: &x 1\nb: *x\nc: !!int \"3\"\nd: &y [1]\ne: !t {}\n",
            "f:1:4: anchor \"&x\": anchors are not allowed; write the value out\n"
            "f:2:4: alias \"*x\": aliases are not allowed; write the value out\n"
            "f:3:4: a tag (\"!...\"): tags are not allowed; write the value alone\n"
            "f:4:4: anchor \"&y\": anchors are not allowed; write the value out\n"
            "f:5:4: a tag (\"!...\"): tags are not allowed; write the value alone\n");
}
END_TEST

START_TEST(an_alias_as_key_is_refused)
{
    refused("*x : 1\n", "f:1:1: alias \"*x\": aliases are not allowed; write the value out\n");
}
END_TEST

START_TEST(a_list_as_key_is_refused)
{
    refused("? [a, b]\n: 1\nc: 2\n", "f:1:3: a key must be a word, not a list or a mapping\n");
}
END_TEST

START_TEST(a_second_document_is_refused)
{
    refused("a: 1\n---\nb: 2\n", "f:2:1: a second document begins here; one per file is allowed\n");
}
END_TEST

START_TEST(a_document_may_have_its_marks)
{
    struct node *map = parsed("---\na: 1\n...\n");

    ck_assert_uint_eq(map->count, 1);
    node_free(map);
}
END_TEST

START_TEST(an_empty_file_is_refused)
{
    hopeless("", "f:1:1: the file is empty; expected a mapping (key: value)\n");
    hopeless("# only a comment\n\n", "f:1:1: the file is empty; expected a mapping (key: value)\n");
}
END_TEST

START_TEST(a_tab_in_the_indentation_is_named)
{
    hopeless("a:\n\tb: 1\n",
             "f:2:1: not valid YAML: a tab in the indentation; indent with spaces only\n");
    hopeless("a:\n  b: 1\n  \tc: 1\n",
             "f:3:3: not valid YAML: a tab in the indentation; indent with spaces only\n");
}
END_TEST

START_TEST(a_mistake_of_grammar_has_its_place_and_context)
{
    hopeless("a: [1, 2\nb: 3\n", "f:2:2: not valid YAML: did not find expected ',' or ']', "
                                 "while parsing a flow sequence that begins in line 1\n");
    hopeless("a: 1\nb: @\n", "f:2:4: not valid YAML: found character that cannot start any token, "
                             "while scanning for the next token that begins in line 2\n");
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_refused_at_their_place)
{
    hopeless("a: 1\n\xC3\xA9: \xFF\n",
             "f:2:4: not valid YAML: invalid leading UTF-8 octet; save the file as UTF-8 text\n");
    hopeless_bytes(
        "\xFF\xFE"
        "a\0:\0",
        6, "f:1:1: not valid YAML: invalid leading UTF-8 octet; save the file as UTF-8 text\n");
}
END_TEST

START_TEST(control_characters_are_refused)
{
    refused("a: \"x\\e[31m\"\nb: \"\\0\"\nc: \"a\\tb\"\nd: \"\\x7F\"\n",
            "f:1:4: control character \\x1B; only printable text is allowed\n"
            "f:2:4: control character \\x00; only printable text is allowed\n"
            "f:3:4: control character \\x09; only printable text is allowed\n"
            "f:4:4: control character \\x7F; only printable text is allowed\n");
    refused("\"a\\0b\": 1\n", "f:1:1: control character \\x00; only printable text is allowed\n");
}
END_TEST

START_TEST(depth_is_limited)
{
    node_free(parsed("[[[[[[[a]]]]]]]"));
    hopeless("[[[[[[[[a]]]]]]]]", "f:1:9: nested too deeply; at most 8 levels are allowed\n");

    char *deep = repeated("[", 60000);
    hopeless(deep, "f:1:9: nested too deeply; at most 8 levels are allowed\n");
    free(deep);
}
END_TEST

START_TEST(the_number_of_entries_is_limited)
{
    char *items = repeated("- a\n", 256), *too_many = repeated("- a\n", 257);
    char *keys = repeated("? b\n", 1), *longer;

    node_free(parsed(items));
    hopeless(too_many, "f:1:1: more than 256 entries; fewer are allowed\n");
    for (int i = 0; i < 256; i++) {
        longer = string_format("%sk%d: 1\n", keys, i);
        free(keys);
        keys = longer;
    }
    hopeless(keys, "f:1:1: more than 256 entries; fewer are allowed\n");
    free(keys);
    free(items);
    free(too_many);
}
END_TEST

static TCase *tree_tests(void)
{
    TCase *tests = tcase_create("tree");

    tcase_add_test(tests, a_map_has_keys_values_and_places);
    tcase_add_test(tests, a_list_has_items_in_order);
    tcase_add_test(tests, columns_count_characters_not_bytes);
    tcase_add_test(tests, quotes_make_text_of_anything);
    tcase_add_test(tests, numbers_are_told_from_words);
    tcase_add_test(tests, a_node_is_shown_in_a_short_line);
    tcase_add_test(tests, a_byte_order_mark_and_windows_line_ends_are_taken);
    tcase_add_test(tests, a_document_may_have_its_marks);
    return tests;
}

static TCase *refusal_tests(void)
{
    TCase *tests = tcase_create("refusals");

    tcase_add_test(tests, duplicate_keys_are_refused_and_the_first_counts);
    tcase_add_test(tests, anchors_aliases_and_tags_are_each_refused);
    tcase_add_test(tests, an_alias_as_key_is_refused);
    tcase_add_test(tests, a_list_as_key_is_refused);
    tcase_add_test(tests, a_second_document_is_refused);
    tcase_add_test(tests, an_empty_file_is_refused);
    tcase_add_test(tests, a_tab_in_the_indentation_is_named);
    tcase_add_test(tests, a_mistake_of_grammar_has_its_place_and_context);
    tcase_add_test(tests, bytes_that_are_no_utf8_are_refused_at_their_place);
    tcase_add_test(tests, control_characters_are_refused);
    tcase_add_test(tests, depth_is_limited);
    tcase_add_test(tests, the_number_of_entries_is_limited);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("document");

    suite_add_tcase(suite, tree_tests());
    suite_add_tcase(suite, refusal_tests());

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
