/* printable.h - makes what a program printed safe to show. */
#ifndef BARISTA_PRINTABLE_H
#define BARISTA_PRINTABLE_H

#include <stddef.h>

/* A copy of the bytes as a string that shows what they are and does nothing to a terminal or a
 * log: all but newlines, tabs and well-formed printable UTF-8 becomes \xNN, byte by byte, and so does
 * the first byte of what a CI system takes for a command. The caller owns it. */
char *printable(const char *bytes, size_t length);

#endif
