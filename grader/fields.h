/* fields.h - typed values out of a mapping of a document, with a mistake recorded for each that is
 * missing, of the wrong type or out of range.
 *
 * Every message has the form `key: expected WHAT IS ALLOWED, found WHAT IS THERE`. A getter that
 * finds a mistake leaves the caller's value as it was, so callers set defaults first and go
 * straight on: one pass finds all mistakes. */
#ifndef BARISTA_FIELDS_H
#define BARISTA_FIELDS_H

#include <stdint.h>

#include "document.h"
#include "text.h"

enum presence { REQUIRED, OPTIONAL };

/* A mapping being read. Borrows the node and the list. */
struct fields {
    const struct node *map; /* NULL: there was none, so all getters find nothing and say nothing */
    struct mistakes *mistakes;
};

/* What a text must be: in words, and as a test of it. */
struct text_rule {
    const char *expected;
    bool (*valid)(const char *text);
};

/* The fields of `node`, none if it is NULL; `label` names it in the message if it is no mapping. */
struct fields fields_of(const struct node *node, const char *label, struct mistakes *mistakes);

/* Records each key that is not in `keys`, a list such as "id, kind, points". `owner` says what may
 * have these keys: "a check of kind build". */
void fields_allow(const struct fields *fields, const char *owner, const char *keys);

/* The value of `key`, or NULL; `expected` is for the message when it is required and missing. */
const struct node *field_find(const struct fields *fields, const char *key, enum presence presence,
                              const char *expected);

/* The getters return whether *value was set. low and high are both allowed. */
bool field_int(const struct fields *fields, const char *key, enum presence presence, int low,
               int high, int *value);
bool field_number(const struct fields *fields, const char *key, enum presence presence, double low,
                  double high, double *value);

/* *value becomes an owned copy. */
bool field_text(const struct fields *fields, const char *key, enum presence presence,
                const struct text_rule *rule, char **value);

/* A list of at least `least` and at most `most` different texts. Returns its node, so that the
 * caller can say more about an item at the item's place; NULL if there is no list. Items that break
 * the rule are recorded and left out. */
const struct node *field_texts(const struct fields *fields, const char *key, enum presence presence,
                               const struct text_rule *rule, size_t least, size_t most,
                               struct strings *values);

/* One word of `choices`, a list such as "parallel, overlap"; *index is its position there. */
bool field_choice(const struct fields *fields, const char *key, enum presence presence,
                  const char *choices, int *index);

/* The same for one node; `label` begins the message. */
bool node_integer(const struct node *node, const char *label, int64_t low, int64_t high,
                  struct mistakes *mistakes, int64_t *value);

/* The text of a node, borrowed from it, if it keeps the rule. Otherwise NULL. */
const char *node_text(const struct node *node, const char *label, const struct text_rule *rule,
                      struct mistakes *mistakes);

/* Records `label: expected ..., found ...`, with the candidate that may have been meant;
 * `candidates` may be NULL. Silent about a broken node, whose mistake is recorded already. */
void node_unexpected(const struct node *node, const char *label, const char *expected,
                     const struct strings *candidates, struct mistakes *mistakes);

/* Whether all of `text` is made of bytes of `set`, and there is at least one. */
bool text_made_of(const char *text, const char *set);

#endif
