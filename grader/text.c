/* text.c - strings, lists of strings, memory and files for the grader.
 *
 * Lists are short (files of a lesson, hints, compiler flags), so a list grows by one place at a
 * time and is searched from its start: the simplest code is fast enough. */
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "result.h"

/* No file that the grader reads whole is nearly as large; a mistaken path to a device is, and an
 * object can be. */
#define FILE_BYTES_MAX ((size_t)8 << 20)

/* Longer words are never misspellings worth a suggestion; the limit keeps the table on the
 * stack. */
#define WORD_MAX 63

void memory_exhausted(void)
{
    fputs("barista: out of memory\n", stderr);
    exit(BARISTA_INFRA);
}

void *memory_new(size_t bytes)
{
    /* calloc(0) may return NULL, which would look like a failure. */
    void *memory = calloc(1, bytes ? bytes : 1);

    if (!memory)
        memory_exhausted();
    return memory;
}

void *memory_resize(void *memory, size_t bytes)
{
    void *resized = realloc(memory, bytes ? bytes : 1);

    if (!resized)
        memory_exhausted();
    return resized;
}

char *string_copy(const char *text)
{
    size_t bytes = strlen(text) + 1;

    return memcpy(memory_new(bytes), text, bytes);
}

void string_replace(char **text, const char *from, const char *to)
{
    char *found;

    for (size_t start = 0; (found = strstr(*text + start, from)) != NULL;) {
        size_t before = (size_t)(found - *text);
        char *replaced = string_format("%.*s%s%s", (int)before, *text, to, found + strlen(from));

        free(*text);
        *text = replaced;
        start = before + strlen(to);
    }
}

char *string_format_list(const char *format, va_list arguments)
{
    char *text;

    if (vasprintf(&text, format, arguments) < 0)
        memory_exhausted();
    return text;
}

char *string_format(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = string_format_list(format, arguments);
    va_end(arguments);
    return text;
}

void strings_add(struct strings *list, const char *item)
{
    /* Copied first: the item may be one of the list's own. */
    char *copy = string_copy(item);

    list->items = memory_resize(list->items, (list->count + 1) * sizeof *list->items);
    list->items[list->count++] = copy;
}

void strings_add_all(struct strings *list, const struct strings *more)
{
    for (size_t i = 0; i < more->count; i++)
        strings_add(list, more->items[i]);
}

bool strings_contain(const struct strings *list, const char *item)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], item) == 0)
            return true;
    return false;
}

char **strings_argv(const struct strings *list)
{
    char **argv = memory_new((list->count + 1) * sizeof *argv);

    for (size_t i = 0; i < list->count; i++)
        argv[i] = list->items[i];
    return argv;
}

char *strings_join(const struct strings *list, const char *separator)
{
    char *joined = string_copy(list->count > 0 ? list->items[0] : "");

    for (size_t i = 1; i < list->count; i++) {
        char *longer = string_format("%s%s%s", joined, separator, list->items[i]);
        free(joined);
        joined = longer;
    }
    return joined;
}

void strings_release(struct strings *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct strings){0};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be inserted, deleted, replaced or swapped with their neighbour to turn one
 * word into the other (the "optimal string alignment" distance). Row i of the usual table, whose
 * cell j is the distance between the first i letters of `a` and the first j of `b`, needs only rows
 * i-1 and i-2. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1];
    size_t a_length = strlen(a), b_length = strlen(b);

    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replace = above[j - 1] + (a[i - 1] != b[j - 1]);

            row[j] = least(replace, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

const char *strings_nearest(const struct strings *candidates, const char *word)
{
    const char *nearest = NULL;
    size_t length = strlen(word);
    size_t bound = length / 3 + 1; /* the next one must stay below it */

    if (length > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < candidates->count; i++) {
        const char *candidate = candidates->items[i];

        if (strlen(candidate) > WORD_MAX)
            continue;
        size_t distance = edit_distance(word, candidate);
        if (distance < bound) {
            nearest = candidate;
            bound = distance;
        }
    }
    return nearest;
}

/* The rest of `file`, or NULL with errno set. The size that stat reports is not asked, because the
 * files of /proc and /sys report zero. */
static char *read_to_end(FILE *file, size_t *length)
{
    size_t room = 4096, used = 0;
    char *bytes = memory_new(room);

    for (;;) {
        used += fread(bytes + used, 1, room - used - 1, file);
        if (used < room - 1)
            break;
        if (room >= FILE_BYTES_MAX) {
            free(bytes);
            errno = EFBIG;
            return NULL;
        }
        room *= 2;
        bytes = memory_resize(bytes, room);
    }
    if (ferror(file)) {
        int saved = errno;
        free(bytes);
        errno = saved;
        return NULL;
    }
    bytes[used] = '\0';
    if (length)
        *length = used;
    return bytes;
}

char *file_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "re"); /* e: a program that the grader starts does not inherit it */

    if (!file)
        return NULL;
    char *bytes = read_to_end(file, length);
    int saved = errno;
    fclose(file);
    errno = saved;
    return bytes;
}

/* Opens a new file beside the one that is meant, and fills in its name, which the caller owns. */
static int open_beside(const char *path, char **name)
{
    *name = string_format("%s.XXXXXX", path);
    return mkostemp(*name, O_CLOEXEC);
}

/* Writes a file beside the one that is meant, and puts it in its place once it is on the disk. */
static bool replace_file(const char *path, const char *text)
{
    char *beside;
    int file = open_beside(path, &beside);
    FILE *out = file >= 0 ? fdopen(file, "w") : NULL;
    bool ok = out && fchmod(file, 0644) == 0 && fputs(text, out) >= 0 && fflush(out) == 0 &&
              fsync(file) == 0 && rename(beside, path) == 0;
    int failed = errno;

    if (out)
        fclose(out); /* nothing is left in it that could not be written */
    if (file >= 0 && !ok)
        unlink(beside);
    free(beside);
    errno = failed;
    return ok;
}

static bool write_into(const char *path, const char *text)
{
    FILE *out = fopen(path, "we");
    bool ok = out && fputs(text, out) >= 0;

    return (!out || fclose(out) == 0) && ok;
}

bool file_write(const char *path, const char *text)
{
    struct stat status;

    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return write_into(path, text);
    char *real = realpath(path, NULL); /* a link stays one, and leads to the new file */
    bool ok = replace_file(real ? real : path, text);
    int failed = errno;
    free(real);
    errno = failed;
    return ok;
}

bool file_can_be_written(const char *path)
{
    struct stat status;
    bool there = stat(path, &status) == 0;

    if (there && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (there && !S_ISREG(status.st_mode))
        return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
    char *real = realpath(path, NULL), *beside;
    int file = open_beside(real ? real : path, &beside);
    int failed = errno;
    if (file >= 0) {
        close(file);
        unlink(beside);
    }
    free(beside);
    free(real);
    errno = failed;
    return file >= 0;
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool folder_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

struct strings folder_names(const char *path)
{
    struct strings names = {0};
    DIR *folder = opendir(path);

    if (!folder)
        return names;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            strings_add(&names, entry->d_name);
    closedir(folder);
    if (names.count > 0) /* qsort must not be given NULL */
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    return names;
}
