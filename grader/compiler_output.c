/* compiler_output.c - reads the diagnostics that gcc and clang print.
 *
 * Both print, one below the other, what this file calls a head and an excerpt:
 *
 *     pool.c:12:5: error: implicit declaration of function 'rt_goo'; did you mean 'rt_go'?
 *        12 |     rt_goo(work, &pool);             gcc has a margin here, clang has none
 *           |     ^~~~~~
 *
 * A head that says "note" belongs to the error or warning above it; other lines ("In function
 * 'work':", "In file included from", totals) are of no use here. An error inside a macro has its
 * head where the macro was written and, with gcc, a note "in expansion of macro" where it was
 * used. */
#include "diagnostics.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* So much of a line of source is shown, and so much of that before what is wrong. */
#define EXCERPT_MOST 72
#define EXCERPT_BEFORE 40

/* A head, taken apart. */
struct head {
    enum { HEAD_NONE, HEAD_ERROR, HEAD_WARNING, HEAD_NOTE } kind;
    char *file; /* owned, or NULL: the compiler itself complains */
    int line, column;
    const char *message; /* points into the line */
};

static const struct {
    const char *text;
    int kind;
} head_words[] = {
    {": fatal error: ", HEAD_ERROR},
    {": error: ", HEAD_ERROR},
    {": warning: ", HEAD_WARNING},
    {": note: ", HEAD_NOTE},
};

/* Takes ":12" off the end of the first `length` characters: the number, or 0 if there is none. */
static int take_number(const char *text, size_t *length)
{
    size_t digits = *length;

    while (digits > 0 && isdigit((unsigned char)text[digits - 1]))
        digits--;
    if (digits == *length || digits < 2 || text[digits - 1] != ':')
        return 0;
    *length = digits - 1;
    return atoi(text + digits);
}

static struct head head_read(const char *line)
{
    struct head head = {.kind = HEAD_NONE};
    const char *word = NULL;

    for (size_t i = 0; i < sizeof head_words / sizeof head_words[0]; i++) {
        const char *found = strstr(line, head_words[i].text);

        if (found && (!word || found < word)) {
            word = found;
            head.kind = head_words[i].kind;
            head.message = found + strlen(head_words[i].text);
        }
    }
    if (!word)
        return head;

    size_t length = (size_t)(word - line);
    head.column = take_number(line, &length);
    head.line = take_number(line, &length);
    if (head.line == 0) { /* there was only one number */
        head.line = head.column;
        head.column = 0;
    }
    if (head.line > 0) /* otherwise the place is "cc1" or "clang" */
        head.file = string_format("%.*s", (int)length, line);
    return head;
}

/* ---- Excerpts -------------------------------------------------------------------------------- */

/* A line of an excerpt without gcc's margin: spaces, perhaps the line number, " | ". */
static const char *without_margin(const char *line)
{
    size_t margin = strspn(line, " 0123456789");

    if (margin > 0 && line[margin - 1] == ' ' && line[margin] == '|')
        return line + margin + (line[margin + 1] == ' ' ? 2 : 1);
    return line;
}

static bool is_marker(const char *line)
{
    return strpbrk(line, "^~") && line[strspn(line, " ^~|")] == '\0';
}

/* ---- Suggestions ----------------------------------------------------------------------------- */

/* The first word in quotes, owned, or NULL. */
static char *quoted_word(const char *message)
{
    const char *start = strchr(message, '\'');
    const char *end = start ? strchr(start + 1, '\'') : NULL;

    return end ? string_format("%.*s", (int)(end - start - 1), start + 1) : NULL;
}

/* Cuts the compiler's own suggestion off the message, and returns the word; owned, or NULL. */
static char *cut_suggestion(char *message)
{
    char *suggestion = strstr(message, "; did you mean '");

    if (!suggestion)
        return NULL;
    char *word = quoted_word(suggestion);
    char *after = strstr(suggestion, "'?");
    if (!word || !after) {
        free(word);
        return NULL;
    }
    memmove(suggestion, after + 2, strlen(after + 2) + 1); /* keeps the [-Wflag] */
    return word;
}

/* Cuts off " [-Werror=...]", gcc's and clang's way of saying which warning was made an error:
 * true, but of no use to somebody who has to mend it. The [-Wflag] of a warning stays, to be
 * looked up. */
static void cut_error_flag(char *message)
{
    char *flag = strstr(message, " [-Werror");

    if (flag && message[strlen(message) - 1] == ']')
        *flag = '\0';
}

static bool is_unknown_name(const char *message)
{
    return strstr(message, "implicit declaration of function") || strstr(message, "undeclared") ||
           strstr(message, "unknown type name");
}

static void set_advice(struct diagnostic *diagnostic, char *advice)
{
    free(diagnostic->advice);
    diagnostic->advice = advice;
}

/* Gives advice on a name that the compiler does not know. The compiler's own suggestion counts,
 * but for the runtime's names rt.h is the better dictionary: it knows which of them are for
 * students. */
static void advise(struct diagnostic *diagnostic, const struct strings *api)
{
    char *suggestion = cut_suggestion(diagnostic->message);
    char *word = is_unknown_name(diagnostic->message) ? quoted_word(diagnostic->message) : NULL;

    if (suggestion)
        set_advice(diagnostic, string_format("did you mean %s?", suggestion));
    if (word && strings_contain(api, word)) {
        /* Spelt well, so the header is missing; or it is a macro whose arguments were wrong, as
         * an error above this one explains. */
        bool macro = strstr(diagnostic->message, "undeclared") &&
                     !strstr(diagnostic->message, "undeclared function");

        set_advice(diagnostic, macro ? NULL : string_copy("is #include \"rt.h\" missing?"));
    } else if (word && (!suggestion || strncasecmp(word, "rt_", 3) == 0)) {
        const char *nearest = strings_nearest(api, word);

        if (nearest)
            set_advice(diagnostic, string_format("did you mean %s?", nearest));
    }
    free(word);
    free(suggestion);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static void add_head(struct diagnostics *list, struct head *head, const struct strings *api)
{
    diagnostics_add_message(list, string_copy(head->message));

    struct diagnostic *added = &list->items[list->count - 1];
    added->error = head->kind == HEAD_ERROR;
    added->file = head->file;
    added->line = head->line;
    added->column = head->column;
    head->file = NULL;
    cut_error_flag(added->message);
    advise(added, api);
}

/* Takes in a note. True if it tells where the diagnostic above it really belongs: then its excerpt
 * counts, too. */
static bool add_note(struct diagnostics *list, struct head *head,
                     const struct diagnostics_context *context)
{
    if (list->count == 0)
        return false;
    struct diagnostic *last = &list->items[list->count - 1];
    char *suggestion = NULL;

    if (!last->advice && strncmp(head->message, "did you mean '", 14) == 0)
        suggestion = quoted_word(head->message);
    if (suggestion)
        set_advice(last, string_format("did you mean %s?", suggestion));
    free(suggestion);

    if (strncmp(head->message, "in expansion of macro", 21) != 0 || !head->file || !last->file ||
        strings_contain(context->student, last->file) ||
        !strings_contain(context->student, head->file))
        return false;
    free(last->file);
    free(last->source);
    last->file = head->file;
    last->line = head->line;
    last->column = head->column;
    last->source = NULL;
    head->file = NULL;
    return true;
}

/* Of a character of UTF-8, any byte but the first. */
static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* A line of source and its marker below. Of a line too long for a terminal, the part around the
 * marker. */
static char *excerpt(const char *source, const char *marker)
{
    size_t length = strlen(source), caret = strcspn(marker, "^~"), from = 0;

    if (length > EXCERPT_MOST && caret > EXCERPT_BEFORE)
        from = caret - EXCERPT_BEFORE < length ? caret - EXCERPT_BEFORE : length;
    while (from > 0 && (is_continuation(source[from]) || source[from] == ':'))
        from--; /* nor between "a" and "::": a CI system takes a line that begins so for a command */
    size_t shown = length - from < EXCERPT_MOST ? length - from : EXCERPT_MOST;
    while (is_continuation(source[from + shown]))
        shown--;
    const char *marked = marker + (from < strlen(marker) ? from : 0);
    return string_format("%.*s\n%.*s", (int)shown, source + from, EXCERPT_MOST, marked);
}

void diagnostics_add_compiler(struct diagnostics *list, const char *output,
                              const struct diagnostics_context *context)
{
    char *text = string_copy(output), *rest;
    const char *source = NULL; /* the line that may be the source above a marker */
    bool expected = false;     /* an excerpt may follow */

    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        struct head head = head_read(line);

        if (head.kind == HEAD_NOTE)
            expected = add_note(list, &head, context);
        else if (head.kind != HEAD_NONE)
            add_head(list, &head, context->api);
        free(head.file);
        if (head.kind != HEAD_NONE) {
            expected = expected || head.kind != HEAD_NOTE;
            source = NULL;
        } else if (expected && !source) {
            source = without_margin(line);
        } else if (expected) {
            const char *marker = without_margin(line);

            if (is_marker(marker))
                list->items[list->count - 1].source = excerpt(source, marker);
            expected = false;
        }
    }
    free(text);
}
