/* text.h - a growable list of owned strings, and the few string helpers that the grader shares.
 * Out of memory ends the grader with BARISTA_INFRA: it never becomes the student's fault. */
#ifndef BARISTA_TEXT_H
#define BARISTA_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A zero value is an empty list. */
struct strings {
    char **items;
    size_t count;
};

void strings_add(struct strings *list, const char *item);               /* adds a copy */
void strings_add_all(struct strings *list, const struct strings *more); /* copies of all */
bool strings_contain(const struct strings *list, const char *item);
void strings_release(struct strings *list); /* leaves an empty list */

/* The items with `separator` between them; the caller owns it. "" for an empty list. */
char *strings_join(const struct strings *list, const char *separator);

/* The items followed by NULL, as exec wants them: the array is the caller's, the items stay the
 * list's. */
char **strings_argv(const struct strings *list);

/* printf into a fresh string; the caller owns it. */
__attribute__((format(printf, 1, 2))) char *string_format(const char *format, ...);
__attribute__((format(printf, 1, 0))) char *string_format_list(const char *format,
                                                               va_list arguments);
char *string_copy(const char *text);

/* Replaces `from` wherever it occurs in *text, which is owned. */
void string_replace(char **text, const char *from, const char *to);

/* calloc and realloc that never return NULL. Memory from memory_new is zero. */
void *memory_new(size_t bytes);
void *memory_resize(void *memory, size_t bytes);

/* Says so and ends the grader; for libraries that report a failed allocation themselves. */
_Noreturn void memory_exhausted(void);

/* The item of `candidates` that `word` is most likely a misspelling of (edit distance with
 * transpositions, at most a third of its length), or NULL. Borrowed. */
const char *strings_nearest(const struct strings *candidates, const char *word);

/* The contents of a file as an owned, NUL-terminated string, or NULL (errno says why; EFBIG above
 * 64 MiB). *length may be NULL. */
char *file_read(const char *path, size_t *length);

/* Writes a file, which appears whole or not at all. What is there and no plain file, such as a pipe
 * or /dev/stdout, is written to and not replaced. False with errno set if that failed. */
bool file_write(const char *path, const char *text);

/* Whether file_write would get as far as to the text, found by trying, without touching what is
 * there. False with errno set. */
bool file_can_be_written(const char *path);

/* The last part of a path, in it. */
const char *path_base(const char *path);

/* Whether `path` is a folder. */
bool folder_exists(const char *path);

/* The names in a folder, sorted, without hidden ones; empty if it can't be read. The caller
 * releases the list. */
struct strings folder_names(const char *path);

#endif
