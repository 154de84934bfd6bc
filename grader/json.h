/* json.h - a result as JSON, in the form that lessons/README.md documents: schema 1. */
#ifndef BARISTA_JSON_H
#define BARISTA_JSON_H

#include <jansson.h>

#include "result.h"

/* The result as a JSON value; the caller owns a reference. */
json_t *json_result(const struct result *result);

/* Writes a value to a file, or to standard output if `path` is "-". A file appears whole or not at all:
 * whoever watches it never reads half a result. Returns false with errno set when that failed. */
bool json_write(const json_t *value, const char *path);

#endif
