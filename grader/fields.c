/* fields.c - checks values one by one and phrases what is wrong with them. */
#include "fields.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* "id, kind, points" as a list of words. Key lists are written the way that messages show them. */
static struct strings split(const char *words)
{
    struct strings list = {0};
    char *copy = string_copy(words), *rest = NULL;

    for (char *word = strtok_r(copy, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest))
        strings_add(&list, word);
    free(copy);
    return list;
}

bool text_made_of(const char *text, const char *set)
{
    return *text && text[strspn(text, set)] == '\0';
}

void node_unexpected(const struct node *node, const char *label, const char *expected,
                     const struct strings *candidates, struct mistakes *mistakes)
{
    if (node->kind == NODE_BROKEN)
        return;

    const char *nearest =
        candidates && node->kind == NODE_SCALAR ? strings_nearest(candidates, node->text) : NULL;
    char *shown = node_shown(node);
    char *question = nearest ? string_format("; did you mean \"%s\"?", nearest) : string_copy("");

    mistakes_add(mistakes, node->line, node->column, "%s: expected %s, found %s%s", label, expected,
                 shown, question);
    free(question);
    free(shown);
}

/* ---- Mappings -------------------------------------------------------------------------------- */

struct fields fields_of(const struct node *node, const char *label, struct mistakes *mistakes)
{
    if (node && node->kind == NODE_MAP)
        return (struct fields){.map = node, .mistakes = mistakes};
    if (node)
        node_unexpected(node, label, "a mapping (key: value)", NULL, mistakes);
    return (struct fields){.map = NULL, .mistakes = mistakes};
}

void fields_allow(const struct fields *fields, const char *owner, const char *keys)
{
    struct strings allowed = split(keys);

    for (size_t i = 0; fields->map && i < fields->map->count; i++) {
        const struct node *key = fields->map->keys[i];

        if (strings_contain(&allowed, key->text))
            continue;
        const char *nearest = strings_nearest(&allowed, key->text);
        char *shown = node_shown(key);
        char *question =
            nearest ? string_format("did you mean \"%s\"? ", nearest) : string_copy("");
        mistakes_add(fields->mistakes, key->line, key->column,
                     "unknown key %s in %s; %sallowed are: %s", shown, owner, question, keys);
        free(question);
        free(shown);
    }
    strings_release(&allowed);
}

const struct node *field_find(const struct fields *fields, const char *key, enum presence presence,
                              const char *expected)
{
    if (!fields->map)
        return NULL;
    for (size_t i = 0; i < fields->map->count; i++)
        if (strcmp(fields->map->keys[i]->text, key) == 0)
            return fields->map->items[i];
    if (presence == REQUIRED)
        mistakes_add(fields->mistakes, fields->map->line, fields->map->column,
                     "missing key \"%s\": expected %s", key, expected);
    return NULL;
}

/* ---- Numbers --------------------------------------------------------------------------------- */

/* Decimal digits with an optional minus. A leading zero would make the number octal for some
 * readers of YAML, and decimal for others. */
static bool is_whole_number(const struct node *node)
{
    if (node->kind != NODE_SCALAR || !node->plain)
        return false;

    const char *digits = node->text + (node->text[0] == '-');
    return text_made_of(digits, "0123456789") && (digits[0] != '0' || digits[1] == '\0');
}

static char *integer_expected(int64_t low, int64_t high)
{
    if (low == high)
        return string_format("the number %" PRId64, low);
    return string_format("a whole number from %" PRId64 " to %" PRId64, low, high);
}

bool node_integer(const struct node *node, const char *label, int64_t low, int64_t high,
                  struct mistakes *mistakes, int64_t *value)
{
    if (is_whole_number(node)) {
        errno = 0;
        long long number = strtoll(node->text, NULL, 10);
        if (errno == 0 && number >= low && number <= high) {
            *value = number;
            return true;
        }
    }
    char *expected = integer_expected(low, high);
    node_unexpected(node, label, expected, NULL, mistakes);
    free(expected);
    return false;
}

bool field_int(const struct fields *fields, const char *key, enum presence presence, int low,
               int high, int *value)
{
    char *expected = integer_expected(low, high);
    const struct node *node = field_find(fields, key, presence, expected);
    int64_t number;

    free(expected);
    if (!node || !node_integer(node, key, low, high, fields->mistakes, &number))
        return false;
    *value = (int)number;
    return true;
}

bool field_number(const struct fields *fields, const char *key, enum presence presence, double low,
                  double high, double *value)
{
    char *expected = string_format("a number from %g to %g", low, high);
    const struct node *node = field_find(fields, key, presence, expected);
    bool good = false;

    if (node) {
        /* Only digits and a point: neither "1e3" nor "0x10" nor "nan" is plain to every reader. */
        if (node_is_number(node) && text_made_of(node->text, "-.0123456789")) {
            double number = strtod(node->text, NULL);
            good = number >= low && number <= high;
            if (good)
                *value = number;
        }
        if (!good)
            node_unexpected(node, key, expected, NULL, fields->mistakes);
    }
    free(expected);
    return good;
}

/* ---- Texts ----------------------------------------------------------------------------------- */

const char *node_text(const struct node *node, const char *label, const struct text_rule *rule,
                      struct mistakes *mistakes)
{
    bool other_type = node_is_number(node) || node_is_boolean(node);

    if (node->kind == NODE_SCALAR && !other_type && !node_is_null(node) && rule->valid(node->text))
        return node->text;
    if (other_type && rule->valid(node->text)) {
        char *expected = string_format("%s (in quotes, to make it text)", rule->expected);
        node_unexpected(node, label, expected, NULL, mistakes);
        free(expected);
    } else {
        node_unexpected(node, label, rule->expected, NULL, mistakes);
    }
    return NULL;
}

bool field_text(const struct fields *fields, const char *key, enum presence presence,
                const struct text_rule *rule, char **value)
{
    const struct node *node = field_find(fields, key, presence, rule->expected);
    const char *text = node ? node_text(node, key, rule, fields->mistakes) : NULL;

    if (text)
        *value = string_copy(text);
    return text != NULL;
}

static char *list_expected(const struct text_rule *rule, size_t least, size_t most)
{
    if (least == most)
        return string_format("a list of exactly %zu, each %s", least, rule->expected);
    return string_format("a list of %zu to %zu, each %s", least, most, rule->expected);
}

static void add_texts(const struct node *list, const char *key, const struct text_rule *rule,
                      struct mistakes *mistakes, struct strings *values)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        const char *text = node_text(item, key, rule, mistakes);

        if (text && strings_contain(values, text)) {
            char *shown = node_shown(item);
            mistakes_add(mistakes, item->line, item->column,
                         "%s: %s is listed twice; once is allowed", key, shown);
            free(shown);
        } else if (text) {
            strings_add(values, text);
        }
    }
}

const struct node *field_texts(const struct fields *fields, const char *key, enum presence presence,
                               const struct text_rule *rule, size_t least, size_t most,
                               struct strings *values)
{
    char *expected = list_expected(rule, least, most);
    const struct node *node = field_find(fields, key, presence, expected);

    if (node && node->kind != NODE_LIST) {
        node_unexpected(node, key, expected, NULL, fields->mistakes);
        node = NULL;
    } else if (node) {
        if (node->count < least || node->count > most)
            mistakes_add(fields->mistakes, node->line, node->column, "%s: expected %s, found %zu",
                         key, expected, node->count);
        add_texts(node, key, rule, fields->mistakes, values);
    }
    free(expected);
    return node;
}

/* ---- Choices --------------------------------------------------------------------------------- */

bool field_choice(const struct fields *fields, const char *key, enum presence presence,
                  const char *choices, int *index)
{
    struct strings words = split(choices);
    char *expected = string_format("one of %s", choices);
    const struct node *node = field_find(fields, key, presence, expected);
    bool good = false;

    for (size_t i = 0; node && node->kind == NODE_SCALAR && i < words.count; i++) {
        if (strcmp(node->text, words.items[i]) == 0) {
            *index = (int)i;
            good = true;
        }
    }
    if (node && !good)
        node_unexpected(node, key, expected, &words, fields->mistakes);
    free(expected);
    strings_release(&words);
    return good;
}
