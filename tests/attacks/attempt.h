/* attempt.h - one attack, graded once. */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <stdbool.h>

#include "text.h"

/* As the attack's first comment says. */
struct attack {
    char *path;            /* owned */
    char *name;            /* owned; the file's, without its folder */
    struct strings expect; /* "pass", "refused", or reasons of a failure: one of them must come */
    bool must_hold;        /* what it tried failed, and it says so */
    char *tiers;           /* owned; letters */
};

/* Where it is graded. */
struct stage {
    const char *course; /* see course.h */
    unsigned user;      /* who grades */
    char tier;
};

/* Reads what an attack's comment says; false, after a message, if it does not say it. */
bool attack_read(const char *path, struct attack *attack);
void attack_release(struct attack *attack);

/* Has the attack graded. Returns what was wrong, or NULL; owned. */
char *attempt(const struct attack *attack, const struct stage *stage);

#endif
