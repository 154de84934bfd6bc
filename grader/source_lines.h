/* source_lines.h - the lines of the source that addresses in a program belong to. */
#ifndef BARISTA_SOURCE_LINES_H
#define BARISTA_SOURCE_LINES_H

#include <stdint.h>
#include <stdio.h>

#include "sandbox.h"
#include "text.h"

/* Adds the lines of `count` addresses to the list, innermost first: "folder/file.c:31", as the
 * compiler was given the name. An address in code that was inlined has several. The runtime's own
 * lines are left out. Asks addr2line, which comes with the linker; where that is missing, or knows
 * nothing, there are no lines. `errors` gets a message only if no program can be started at all. */
void source_lines(const struct sandbox *sandbox, const char *program, const int64_t *addresses,
                  int count, struct strings *lines, FILE *errors);

#endif
