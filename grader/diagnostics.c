/* diagnostics.c - the list of diagnostics, and what it knows of the runtime's names. */
#include "diagnostics.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void diagnostics_add_message(struct diagnostics *list, char *message)
{
    list->items = memory_resize(list->items, (list->count + 1) * sizeof *list->items);
    list->items[list->count++] = (struct diagnostic){.error = true, .message = message};
}

bool diagnostics_fail(const struct diagnostics *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].error)
            return true;
    return false;
}

/* Whether `a` stands after `b` in the same file. Diagnostics of different files keep the order
 * in which the files were compiled. */
static bool stands_after(const struct diagnostic *a, const struct diagnostic *b)
{
    if (!a->file || !b->file || strcmp(a->file, b->file) != 0)
        return false;
    return a->line != b->line ? a->line > b->line : a->column > b->column;
}

/* Moves the item at `from` to `to`, before it; those between make room. */
static void move(struct diagnostics *list, size_t from, size_t to)
{
    struct diagnostic moved = list->items[from];

    memmove(list->items + to + 1, list->items + to, (from - to) * sizeof *list->items);
    list->items[to] = moved;
}

void diagnostics_sort(struct diagnostics *list)
{
    size_t first_error = 0;

    /* The first that the compiler reported, before sorting: others often follow from it. */
    while (first_error < list->count && !list->items[first_error].error)
        first_error++;
    if (first_error < list->count)
        move(list, first_error, 0);

    for (size_t i = 2; i < list->count; i++) {
        size_t place = i;

        while (place > 1 && stands_after(&list->items[place - 1], &list->items[i]))
            place--;
        move(list, i, place);
    }
}

void diagnostics_release(struct diagnostics *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].file);
        free(list->items[i].message);
        free(list->items[i].source);
        free(list->items[i].advice);
    }
    free(list->items);
    *list = (struct diagnostics){0};
}

/* ---- The runtime's names --------------------------------------------------------------------- */

static bool is_name_character(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether a student would write this name. */
static bool is_public(const char *name, size_t length)
{
    if (length < 4 || (strncmp(name, "rt_", 3) != 0 && strncmp(name, "RT_", 3) != 0))
        return false;
    if (name[3] == '_' || name[length - 1] == '_')
        return false; /* the runtime's own */
    return strncmp(name + length - 3, "_at", 3) != 0;
}

struct strings diagnostics_api(const char *path)
{
    struct strings names = {0};
    char *text = file_read(path, NULL);

    for (const char *c = text; c && *c;) {
        if (strncmp(c, "/*", 2) == 0) {
            c = strstr(c, "*/");
            c = c ? c + 2 : NULL;
            continue;
        }
        size_t length = 0;
        while (is_name_character(c[length]))
            length++;
        if (is_public(c, length)) {
            char *name = string_format("%.*s", (int)length, c);

            if (!strings_contain(&names, name))
                strings_add(&names, name);
            free(name);
        }
        c += length > 0 ? length : 1;
    }
    free(text);
    return names;
}
