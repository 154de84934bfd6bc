/* document.h - a YAML file as a tree of nodes, each of which knows its line and column.
 *
 * A thin layer over libyaml that takes the part of YAML that a lesson needs - mappings, lists and
 * scalars - and refuses the rest with a clear message: anchors, aliases, tags, a second document,
 * duplicate keys, control characters. It can be given any bytes at all: sizes and depth are
 * limited.
 *
 * Ownership: a node owns all below it; node_free() releases the whole tree. */
#ifndef BARISTA_DOCUMENT_H
#define BARISTA_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "mistakes.h"

/* NODE_BROKEN stands where something was refused; the mistake is in the list already, so readers of
 * the tree pass over it in silence. */
enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP, NODE_BROKEN };

struct node {
    enum node_kind kind;
    int line, column; /* where it begins, from 1 */
    char *text;       /* scalar: its text; no control characters but newlines */
    bool plain;       /* scalar: written without quotes, so that 42, yes and null have a meaning */
    struct node **items; /* list: its items; map: its values */
    struct node **keys;  /* map: the key of each value; scalars, all different */
    size_t count;        /* of items */
};

/* The largest file that is read: lessons have about 2 KiB. */
#define DOCUMENT_BYTES_MAX ((size_t)64 << 10)

/* Parses the `length` bytes at `text`, which must be at most DOCUMENT_BYTES_MAX. Adds what is wrong
 * to `mistakes`. Returns the tree, which may hold broken nodes; NULL when the text is empty or is
 * no YAML, after which nothing more can be said about it. */
struct node *document_parse(const char *text, size_t length, struct mistakes *mistakes);

/* The text of a file that is to be parsed; the caller owns it. NULL after a mistake was added: it
 * can't be read, is no regular file, or is too large. */
char *document_file(const char *path, size_t *length, struct mistakes *mistakes);

/* Releases a tree; NULL is ignored. */
void node_free(struct node *node);

/* What a node holds, for a message: `"soon"`, `the number 42`, `a list`. Always one line, and
 * short. The caller owns it. */
char *node_shown(const struct node *node);

/* Whether a scalar written without quotes stands for a number, and for nothing at all. */
bool node_is_number(const struct node *node);
bool node_is_null(const struct node *node);

/* Whether YAML reads it as true or false. */
bool node_is_boolean(const struct node *node);

#endif
