/* build.h - turns a submission into programs that can be run.
 *
 * Each grading builds in a fresh private folder, so gradings can run side by side and nothing of
 * one survives into the next. */
#ifndef BARISTA_BUILD_H
#define BARISTA_BUILD_H

#include "diagnostics.h"
#include "folder.h"
#include "sandbox.h"
#include "submission.h"

/* What to build the program for; see ARCHITECTURE.md, "Other schedulers". */
enum build_kind {
    BUILD_REAL,      /* the real runtime */
    BUILD_SIMULATED, /* virtual time: with blocks counted */
    BUILD_EXPLORED   /* many schedules: with each access to memory seen */
};

struct build {
    bool ok;                        /* the submission compiled and linked */
    bool forbidden;                 /* it did, but it has what it must not (symbols.h): not ok */
    struct folder folder;           /* the private folder; build_release removes it */
    char *program;                  /* the submission's program in it; NULL unless ok */
    char *oracle;                   /* the oracle's program in it; NULL unless ok */
    struct diagnostic *diagnostics; /* the first error first, then the rest in source order */
    size_t diagnostics_count;
    double seconds;
};

/* Compiles and links submission and oracle with the lesson's harness. Compilers of both run side
 * by side. Returns false, after a message on `errors`, only when the infrastructure failed (no
 * compiler, no space, a harness or an oracle that does not compile): BARISTA_INFRA. A submission
 * that does not compile is `ok == false` with its diagnostics. Whatever it returns,
 * build_release must follow. */
bool build_make(const struct sandbox *sandbox, const struct lesson *lesson,
                const struct submission *submission, enum build_kind kind, struct build *build,
                FILE *errors);
void build_release(struct build *build);

#endif
