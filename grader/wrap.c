/* wrap.c - greedy line breaking. Columns are counted as bytes: what we print is nearly all
 * ASCII, and a line that ends a little early does no harm. */
#include "wrap.h"

#include <stdbool.h>
#include <string.h>

/* How much of `text` goes on a line of `room` columns: as many words as fit, but at least one. */
static size_t fitting(const char *text, size_t length, size_t room)
{
    if (length <= room)
        return length;
    size_t end = room;
    while (end > 0 && text[end] != ' ')
        end--;
    return end > 0 ? end : strcspn(text, " \n");
}

static void print_line(FILE *out, int indent, const char *text, size_t length)
{
    bool as_it_is = strncmp(text, "    ", 4) == 0;
    size_t room =
        (size_t)(WRAP_COLUMNS - 1 - indent); /* the last column makes some terminals wrap */
    do {
        size_t part = as_it_is ? length : fitting(text, length, room);
        fprintf(out, "%*s%.*s\n", part > 0 ? indent : 0, "", (int)part, text);
        while (part < length && text[part] == ' ')
            part++;
        text += part;
        length -= part;
    } while (length > 0);
}

void wrap_print(FILE *out, int indent, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        print_line(out, indent, text, length);
        text += length + (text[length] == '\n');
    }
}
