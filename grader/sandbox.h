/* sandbox.h - which protections stand between a submission and this machine, and how they are known
 * to be there.
 *
 * There are five layers, and four tiers that say which of them are active. The grader takes the
 * best tier that it can prove here: a program of its own, the canaries (inside/canaries.c), is put
 * into the sandbox first and tries to get out. A tier in which one canary dies is not taken. */
#ifndef BARISTA_SANDBOX_H
#define BARISTA_SANDBOX_H

#include <stdbool.h>
#include <stdio.h>

#include "cgroup.h"
#include "inside/canaries.h"
#include "inside/purpose.h"
#include "view.h"

/* X(NAME, "name in reports and JSON", "how to get it where it is missing") */
#define LAYERS(X)                                                                                  \
    X(NAMESPACES, "namespaces",                                                                    \
      "install bubblewrap, and allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, " \
      "or on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0")                               \
    X(LANDLOCK, "landlock", "a kernel of version 5.13 or later with Landlock (lsm=landlock,...)")  \
    X(SECCOMP, "seccomp", "a kernel with CONFIG_SECCOMP_FILTER")                                   \
    X(RLIMITS, "rlimits", "")                                                                      \
    X(CGROUP, "cgroup",                                                                            \
      "run it as root, or in a control group that is yours: "                                      \
      "systemd-run --user --scope -p Delegate=yes make check ...")

enum layer {
#define LAYER_ENUM(name, text, remedy) LAYER_##name,
    LAYERS(LAYER_ENUM)
#undef LAYER_ENUM
        LAYERS_COUNT
};

/* Best first; the letters of reports. */
enum tier { TIER_UNKNOWN, TIER_A, TIER_B, TIER_C, TIER_D };

struct sandbox {
    enum tier tier;
    bool active[LAYERS_COUNT];
    char *why[LAYERS_COUNT]; /* owned; why a layer is missing, or NULL */
    bool held[CANARIES_COUNT];
    int canaries;         /* how many held */
    int landlock_abi;     /* the kernel's version of Landlock; 0: none */
    bool loopback;        /* programs may use the network of the sandbox */
    struct cgroup cgroup; /* for submissions; empty unless active */
    char *inside;         /* owned; the program barista-inside */
    char *bubblewrap;     /* owned; or NULL */
};

struct sandbox_wish {
    enum tier tier; /* this one and no other; TIER_UNKNOWN: the best */
    bool loopback;  /* the lesson needs a loopback network */
    int memory_mb;  /* how much a submission may fill, for the control group */
};

/* Finds and proves a sandbox. Returns false, after a message on `errors`, if the tier that was
 * wished for is not to be had, or if not even a program can be started. The caller releases it
 * either way. */
bool sandbox_choose(const struct sandbox_wish *wish, struct sandbox *sandbox, FILE *errors);
void sandbox_release(struct sandbox *sandbox);

/* Tier D as it is, unproved: for programs that are trusted, and for tests. */
const struct sandbox *sandbox_none(void);

char tier_letter(enum tier tier);           /* 'A' to 'D' */
enum tier tier_named(const char *text);     /* TIER_UNKNOWN if it is none */
const char *layer_name(enum layer layer);   /* "namespaces" */
const char *layer_remedy(enum layer layer); /* how to get it */
const char *canary_text(enum canary canary);

/* The command of the outer layers, up to the stub. */
struct strings sandbox_command(const struct sandbox *sandbox, const struct view *view);

/* Adds the inner layers to an order for the stub. */
void sandbox_add_layers(const struct sandbox *sandbox, enum purpose purpose,
                        const struct view *view, const char *directory, struct strings *order);

#endif
