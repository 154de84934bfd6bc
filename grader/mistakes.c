/* mistakes.c - keeps a list of mistakes sorted by place while it grows. */
#include "mistakes.h"

#include <stdarg.h>
#include <stdlib.h>

#include "text.h"

/* Nobody repairs more at one go, and a file made of rubbish can't fill the screen or the memory. */
#define MISTAKES_MAX 100

static int comes_after(const struct mistake *mistake, int line, int column)
{
    return mistake->line > line || (mistake->line == line && mistake->column > column);
}

void mistakes_add(struct mistakes *mistakes, int line, int column, const char *format, ...)
{
    if (mistakes->count == MISTAKES_MAX) {
        mistakes->left_out++;
        return;
    }
    mistakes->items =
        memory_resize(mistakes->items, (mistakes->count + 1) * sizeof *mistakes->items);

    /* Most come in order, so the right place is at or near the end. */
    size_t place = mistakes->count++;
    for (; place > 0 && comes_after(&mistakes->items[place - 1], line, column); place--)
        mistakes->items[place] = mistakes->items[place - 1];

    va_list arguments;
    va_start(arguments, format);
    mistakes->items[place] = (struct mistake){
        .line = line, .column = column, .text = string_format_list(format, arguments)};
    va_end(arguments);
}

size_t mistakes_total(const struct mistakes *mistakes)
{
    return mistakes->count + mistakes->left_out;
}

void mistakes_print(const struct mistakes *mistakes, const char *path, FILE *errors)
{
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct mistake *mistake = &mistakes->items[i];
        fprintf(errors, "%s:%d:%d: %s\n", path, mistake->line, mistake->column, mistake->text);
    }
    if (mistakes->left_out > 0)
        fprintf(errors, "%s: %zu more mistakes are not shown\n", path, mistakes->left_out);
}

void mistakes_release(struct mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->count; i++)
        free(mistakes->items[i].text);
    free(mistakes->items);
    *mistakes = (struct mistakes){0};
}
