/* show_why.h - shows where a speedup went. */
#ifndef BARISTA_SHOW_WHY_H
#define BARISTA_SHOW_WHY_H

#include <jansson.h>
#include <stdio.h>

#include "simulate.h"
#include "submission.h"
#include "why.h"

/* The findings, with what their code addresses stand for. `lines`: "solution.c:31", innermost
 * first. */
struct why_report {
    struct loss loss;                    /* owned */
    const struct submission *submission; /* borrowed */
    struct strings lines;                /* owned */
};

void why_report_release(struct why_report *report);

/* The cause as a paragraph or two: what it is, where, what would be without it, what to do. Plain
 * text that may be wrapped; the caller owns it. */
char *why_text(const struct why_report *report);

/* The place to begin with, "solution.c:31": where the cause is, or what computes there; owned; NULL
 * if none is known. */
char *why_place(const struct why_report *report);

/* All of it: the text, and where the time of all procs went. At most 80 columns. */
void show_why(const struct simulation *simulation, const struct why_report *report, FILE *out);

/* The same for programs. The caller owns the reference. */
json_t *json_why(const struct simulation *simulation, const struct why_report *report);

#endif
