/* document.c - builds the tree from libyaml's events by recursive descent.
 *
 * A mistake of grammar ends the parsing: what follows can't be trusted. Everything else that is
 * refused is recorded, replaced by a broken node or dropped, and parsing goes on, so that one pass
 * finds it all.
 *
 * Invariants: each event is deleted by the function that was given it or fetched it; a function
 * that returns NULL or false has recorded a mistake and released what it built. */
#include "document.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <yaml.h>

#include "text.h"

/* Levels of lists and mappings. A lesson needs four: the lesson, its checks, a check, its input.
 * The limit keeps the recursion off the end of the stack. */
#define DEPTH_MAX 8

/* Entries of one list or mapping. No lesson comes near it; it bounds the search for duplicates. */
#define ENTRIES_MAX 256

/* How much of a value a message shows, in bytes. */
#define SHOWN_MAX 40

struct reader {
    yaml_parser_t parser;
    const char *text;
    size_t length;
    struct mistakes *mistakes;
};

void node_free(struct node *node)
{
    if (!node)
        return;
    for (size_t i = 0; i < node->count; i++) {
        node_free(node->items[i]);
        if (node->keys)
            node_free(node->keys[i]);
    }
    free(node->items);
    free(node->keys);
    free(node->text);
    free(node);
}

/* ---- Mistakes of grammar --------------------------------------------------------------------- */

/* The line and column of a byte; libyaml's reader gives only an offset when bytes are no UTF-8. */
static void place_of_byte(const struct reader *reader, size_t offset, int *line, int *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < offset && i < reader->length; i++) {
        if (reader->text[i] == '\n') {
            (*line)++;
            *column = 1;
        } else if ((reader->text[i] & 0xC0) != 0x80) { /* continuation bytes of UTF-8 don't count */
            (*column)++;
        }
    }
}

/* Whether the indentation of a line (from 1) holds a tab: the most common cause of a mistake, for
 * which libyaml has no word. */
static bool indented_with_tab(const struct reader *reader, int line)
{
    const char *at = reader->text, *end = reader->text + reader->length;

    for (; line > 1 && at < end; line--) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (!newline)
            return false;
        at = newline + 1;
    }
    while (at < end && *at == ' ')
        at++;
    return at < end && *at == '\t';
}

static void add_grammar_mistake(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    int line = (int)parser->problem_mark.line + 1, column = (int)parser->problem_mark.column + 1;

    if (parser->error == YAML_MEMORY_ERROR)
        memory_exhausted();
    if (parser->error == YAML_READER_ERROR) {
        place_of_byte(reader, parser->problem_offset, &line, &column);
        mistakes_add(reader->mistakes, line, column,
                     "not valid YAML: %s; save the file as UTF-8 text", parser->problem);
    } else if (indented_with_tab(reader, line)) {
        mistakes_add(reader->mistakes, line, column,
                     "not valid YAML: a tab in the indentation; indent with spaces only");
    } else if (parser->context) {
        mistakes_add(reader->mistakes, line, column,
                     "not valid YAML: %s, %s that begins in line %d", parser->problem,
                     parser->context, (int)parser->context_mark.line + 1);
    } else {
        mistakes_add(reader->mistakes, line, column, "not valid YAML: %s", parser->problem);
    }
}

/* ---- Nodes ----------------------------------------------------------------------------------- */

static bool next_event(struct reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    add_grammar_mistake(reader);
    return false;
}

static void add_mistake_at(struct reader *reader, const struct node *node, const char *text)
{
    mistakes_add(reader->mistakes, node->line, node->column, "%s", text);
}

/* Lessons have no use for what anchors and tags say about a node. The node itself is taken. */
static void refuse_properties(struct reader *reader, const struct node *node,
                              const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        mistakes_add(reader->mistakes, node->line, node->column,
                     "anchor \"&%s\": anchors are not allowed; write the value out", anchor);
    if (tag)
        add_mistake_at(reader, node,
                       "a tag (\"!...\"): tags are not allowed; write the value alone");
}

static void read_scalar(struct reader *reader, struct node *node, const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;

    for (size_t i = 0; i < length; i++) {
        if (iscntrl((unsigned char)value[i]) && value[i] != '\n') {
            mistakes_add(reader->mistakes, node->line, node->column,
                         "control character \\x%02X; only printable text is allowed",
                         (unsigned)value[i]);
            node->kind = NODE_BROKEN;
            return;
        }
    }
    node->kind = NODE_SCALAR;
    node->text = string_copy(value);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static struct node *read_node(struct reader *reader, yaml_event_t *event, int depth);

static bool room_for_more(struct reader *reader, const struct node *node)
{
    if (node->count < ENTRIES_MAX)
        return true;
    mistakes_add(reader->mistakes, node->line, node->column,
                 "more than %d entries; fewer are allowed", ENTRIES_MAX);
    return false;
}

static bool read_list(struct reader *reader, struct node *list, int depth)
{
    yaml_event_t event;

    list->kind = NODE_LIST;
    while (next_event(reader, &event)) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        struct node *item = read_node(reader, &event, depth + 1);
        if (!item)
            return false;
        if (!room_for_more(reader, list)) {
            node_free(item);
            return false;
        }
        list->items = memory_resize(list->items, (list->count + 1) * sizeof *list->items);
        list->items[list->count++] = item;
    }
    return false;
}

/* Whether a key may enter the map; otherwise the mistake is recorded. */
static bool key_is_new(struct reader *reader, const struct node *map, const struct node *key)
{
    if (key->kind == NODE_BROKEN)
        return false;
    if (key->kind != NODE_SCALAR) {
        add_mistake_at(reader, key, "a key must be a word, not a list or a mapping");
        return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->keys[i]->text, key->text) == 0) {
            char *shown = node_shown(key);
            mistakes_add(reader->mistakes, key->line, key->column,
                         "duplicate key %s: line %d has it already; give each key once", shown,
                         map->keys[i]->line);
            free(shown);
            return false;
        }
    }
    return true;
}

/* Takes over key and value. */
static bool add_entry(struct reader *reader, struct node *map, struct node *key, struct node *value)
{
    bool room = room_for_more(reader, map);

    if (!room || !key_is_new(reader, map, key)) {
        node_free(key);
        node_free(value);
        return room;
    }
    map->keys = memory_resize(map->keys, (map->count + 1) * sizeof *map->keys);
    map->items = memory_resize(map->items, (map->count + 1) * sizeof *map->items);
    map->keys[map->count] = key;
    map->items[map->count] = value;
    map->count++;
    return true;
}

static bool read_map(struct reader *reader, struct node *map, int depth)
{
    yaml_event_t event;

    map->kind = NODE_MAP;
    while (next_event(reader, &event)) {
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        struct node *key = read_node(reader, &event, depth + 1);
        if (!key)
            return false;
        struct node *value =
            next_event(reader, &event) ? read_node(reader, &event, depth + 1) : NULL;
        if (!value) {
            node_free(key);
            return false;
        }
        if (!add_entry(reader, map, key, value))
            return false;
    }
    return false;
}

/* Reads the node that begins with `event`, to its end. */
static struct node *read_node(struct reader *reader, yaml_event_t *event, int depth)
{
    struct node *node = memory_new(sizeof *node);
    bool whole = true;

    node->kind = NODE_BROKEN;
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    if (depth > DEPTH_MAX) {
        mistakes_add(reader->mistakes, node->line, node->column,
                     "nested too deeply; at most %d levels are allowed", DEPTH_MAX);
        whole = false;
    } else if (event->type == YAML_ALIAS_EVENT) {
        mistakes_add(reader->mistakes, node->line, node->column,
                     "alias \"*%s\": aliases are not allowed; write the value out",
                     event->data.alias.anchor);
    } else if (event->type == YAML_SCALAR_EVENT) {
        refuse_properties(reader, node, event->data.scalar.anchor, event->data.scalar.tag);
        read_scalar(reader, node, event);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        refuse_properties(reader, node, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag);
        whole = read_list(reader, node, depth);
    } else { /* the grammar leaves nothing else */
        refuse_properties(reader, node, event->data.mapping_start.anchor,
                          event->data.mapping_start.tag);
        whole = read_map(reader, node, depth);
    }
    yaml_event_delete(event);
    if (!whole) {
        node_free(node);
        return NULL;
    }
    return node;
}

/* ---- The document ---------------------------------------------------------------------------- */

/* Fetches events up to the next one of either type, and says which it was; false after a mistake of
 * grammar. Only the marks between documents are passed over. */
static bool skip_to(struct reader *reader, yaml_event_type_t wanted, yaml_event_type_t end,
                    yaml_event_t *event)
{
    for (;;) {
        if (!next_event(reader, event))
            return false;
        if (event->type == wanted || event->type == end)
            return true;
        yaml_event_delete(event);
    }
}

static struct node *read_document(struct reader *reader)
{
    yaml_event_t event;

    if (!skip_to(reader, YAML_DOCUMENT_START_EVENT, YAML_STREAM_END_EVENT, &event))
        return NULL;
    bool empty = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    if (empty) {
        mistakes_add(reader->mistakes, 1, 1, "the file is empty; expected a mapping (key: value)");
        return NULL;
    }
    if (!next_event(reader, &event))
        return NULL;
    struct node *root = read_node(reader, &event, 1);
    if (!root || !skip_to(reader, YAML_DOCUMENT_START_EVENT, YAML_STREAM_END_EVENT, &event)) {
        node_free(root);
        return NULL;
    }
    if (event.type == YAML_DOCUMENT_START_EVENT)
        mistakes_add(reader->mistakes, (int)event.start_mark.line + 1,
                     (int)event.start_mark.column + 1,
                     "a second document begins here; one per file is allowed");
    yaml_event_delete(&event);
    return root;
}

struct node *document_parse(const char *text, size_t length, struct mistakes *mistakes)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF"; /* some Windows editors write it */
    size_t skipped = length >= 3 && memcmp(text, byte_order_mark, 3) == 0 ? 3 : 0;
    struct reader reader = {
        .text = text + skipped, .length = length - skipped, .mistakes = mistakes};

    if (!yaml_parser_initialize(&reader.parser))
        memory_exhausted();
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text, reader.length);
    /* Otherwise two odd bytes at the start would make it UTF-16. */
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    struct node *root = read_document(&reader);
    yaml_parser_delete(&reader.parser);
    return root;
}

/* ---- Scalars --------------------------------------------------------------------------------- */

bool node_is_number(const struct node *node)
{
    const char *text = node->text;
    char *end;

    if (node->kind != NODE_SCALAR || !node->plain || !strpbrk(text, "0123456789"))
        return false;
    strtod(text, &end);
    return *end == '\0' && !isspace((unsigned char)*text);
}

static bool is_plain_word(const struct node *node, const char *const *words)
{
    if (node->kind != NODE_SCALAR || !node->plain)
        return false;
    for (; *words; words++)
        if (strcasecmp(node->text, *words) == 0)
            return true;
    return false;
}

bool node_is_null(const struct node *node)
{
    static const char *const words[] = {"", "~", "null", NULL};
    return is_plain_word(node, words);
}

bool node_is_boolean(const struct node *node)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", NULL};
    return is_plain_word(node, words);
}

/* Cuts between characters, never within one of several bytes. */
static char *shortened(const char *text)
{
    size_t length = strlen(text);

    if (length <= SHOWN_MAX)
        return string_copy(text);
    for (length = SHOWN_MAX; length > 0 && (text[length] & 0xC0) == 0x80; length--)
        ;
    return string_format("%.*s...", (int)length, text);
}

char *node_shown(const struct node *node)
{
    if (node->kind == NODE_LIST)
        return string_copy("a list");
    if (node->kind == NODE_MAP)
        return string_copy("a mapping (key: value)");
    if (node->kind == NODE_BROKEN || node_is_null(node))
        return string_copy("nothing");

    char *text = shortened(node->text);
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    char *shown = node_is_number(node)    ? string_format("the number %s", text)
                  : node_is_boolean(node) ? string_format("the truth value %s", text)
                                          : string_format("\"%s\"", text);
    free(text);
    return shown;
}

/* ---- Files ----------------------------------------------------------------------------------- */

/* Asked before it is opened what it is: opening a pipe would wait for ever. */
char *document_file(const char *path, size_t *length, struct mistakes *mistakes)
{
    struct stat status;
    char *text = NULL;

    if (stat(path, &status) != 0)
        mistakes_add(mistakes, 1, 1, "cannot read it: %s", strerror(errno));
    else if (!S_ISREG(status.st_mode))
        mistakes_add(mistakes, 1, 1, "cannot read it: it must be a regular file");
    else if ((size_t)status.st_size > DOCUMENT_BYTES_MAX)
        mistakes_add(mistakes, 1, 1, "the file has %lld bytes; at most %zu are allowed",
                     (long long)status.st_size, DOCUMENT_BYTES_MAX);
    else if (!(text = file_read(path, length)))
        mistakes_add(mistakes, 1, 1, "cannot read it: %s", strerror(errno));
    return text;
}
