/* symbols.c - holds a submission's object files against those that it will be linked with.
 *
 * A linker lets one file replace what another one calls. A submission that defines clock_gettime,
 * or write, would change what the harness and the runtime do; one that calls answer_line could
 * write its own answer; code in .init_array runs before main(). None of this could make a wrong
 * answer right, because the grader compares answers itself and keeps its own clock. But it makes
 * results that nobody can explain, mostly for students who only meant to call a helper `read`. So
 * it is refused, before anything runs, and with a reason.
 *
 * The rules need no list of functions:
 *
 *   - What the trusted files define or call, a submission must not define. What they call and the
 *     oracle defines is what the exercise asks for. Nor names that C reserves: the C library's
 *     start code and its loader call some of those.
 *   - What exercise.c defines, and what the runtime keeps to itself (rt__), it must not use either.
 *   - It may have sections with code and data, by the names that compilers give them, and no
 *     others: other names are how code gets run before main(), or reaches the linker.
 *
 * The object is looked at and not the source: what asm() or a macro makes has its real name
 * there. */
#include "symbols.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

/* So many refusals say enough. To find the line of one takes a look at the whole source, and assembly
 * can define more names than there are bytes in it. */
#define REFUSALS_MOST 20

/* ---- Sets of names --------------------------------------------------------------------------- */

/* Names, sorted once all are in. Some thousand, so a tree or a hash would buy nothing. */
struct names {
    struct strings list;
    bool sorted;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_name(struct names *names, const char *name)
{
    if (names->list.count == 0)
        return false;
    if (!names->sorted)
        qsort(names->list.items, names->list.count, sizeof *names->list.items, compare_names);
    names->sorted = true;
    return bsearch(&name, names->list.items, names->list.count, sizeof *names->list.items,
                   compare_names) != NULL;
}

/* What the trusted files say. */
struct rules {
    struct names taken;   /* defined or called by them */
    struct names private; /* defined by exercise.c */
    struct names asked;   /* defined by the oracle */
};

static void take_all(const struct object *object, void *context)
{
    struct names *names = context;

    for (size_t i = 0; i < object->symbols_count; i++)
        strings_add(&names->list, object->symbols[i].name);
}

static void take_defined(const struct object *object, void *context)
{
    struct names *names = context;

    for (size_t i = 0; i < object->symbols_count; i++)
        if (object->symbols[i].defined)
            strings_add(&names->list, object->symbols[i].name);
}

static bool add_file(const char *path, void (*take)(const struct object *, void *),
                     struct names *names, FILE *errors)
{
    struct object object;
    const char *why;
    bool ok = object_read(path, &object, &why);

    if (ok)
        take(&object, names);
    else
        fprintf(errors, "%s: %s\n", path, why);
    object_release(&object);
    return ok;
}

static bool rules_read(const struct trusted_objects *trusted, struct rules *rules, FILE *errors)
{
    if (!archive_read(trusted->library, take_all, &rules->taken)) {
        fprintf(errors, "%s: it is no library\n", trusted->library);
        return false;
    }
    return add_file(trusted->harness, take_all, &rules->taken, errors) &&
           add_file(trusted->exercise, take_all, &rules->taken, errors) &&
           add_file(trusted->exercise, take_defined, &rules->private, errors) &&
           add_file(trusted->oracle, take_defined, &rules->asked, errors);
}

static void rules_release(struct rules *rules)
{
    strings_release(&rules->taken.list);
    strings_release(&rules->private.list);
    strings_release(&rules->asked.list);
}

/* ---- The rules ------------------------------------------------------------------------------- */

/* A check of one object file. */
struct inspection {
    struct rules *rules;
    const struct submission *submission;
    struct diagnostics *diagnostics;
    int refusals;
};

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Adds an error, at the place in the student's files where this name is most likely to be. */
static void refuse(struct inspection *inspection, const char *name, char *message)
{
    struct diagnostics *list = inspection->diagnostics;
    const struct submission *submission = inspection->submission;

    inspection->refusals++;
    diagnostics_add_message(list, message);
    struct diagnostic *last = &list->items[list->count - 1];
    last->column = 1;
    for (size_t i = 0; i < submission->files.count && last->line == 0; i++) {
        last->line = symbols_line(submission->sources[i].bytes, name);
        if (last->line > 0)
            last->file = string_copy(submission->files.items[i]);
    }
    if (!last->file && submission->files.count > 0)
        last->file = string_copy(submission->files.items[0]);
}

/* Whether a section is one that compilers make of ordinary code and data. `.text` stands for
 * `.text.startup`, too. */
static bool is_ordinary(const char *name)
{
    static const char *const ordinary[] = {
        ".text",
        ".data",
        ".bss",
        ".rodata",
        ".tdata",
        ".tbss",
        ".comment",
        ".note",
        ".debug",
        ".symtab",
        ".strtab",
        ".shstrtab",
        ".group",
        ".eh_frame",
        ".sframe",
        ".llvm_addrsig",
        ".gcc_except_table",
        ".lrodata",
        ".ldata",
        ".lbss",
    };

    for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++) {
        size_t length = strlen(ordinary[i]);
        if (starts_with(name, ordinary[i]) &&
            (name[length] == '\0' || strchr("._0123456789", name[length])))
            return true;
    }
    return *name == '\0';
}

static void check_section(struct inspection *inspection, const char *name)
{
    bool initialiser = strstr(name, "init") || strstr(name, "tors") || strstr(name, "fini");

    if (is_ordinary(name) || starts_with(name, ".rel"))
        return; /* what relocates a section is named after it, and comes with it */
    refuse(inspection, name,
           initialiser ? string_format("code that runs before or after main() is not allowed "
                                       "(constructor or destructor; the section %s)",
                                       name)
                       : string_format("the section %s is not allowed: exercises have code and "
                                       "data only",
                                       name));
}

/* Names that C keeps for the compiler and its libraries: what starts a program, for example. */
static bool is_reserved(const char *name)
{
    return name[0] == '_' && (name[1] == '_' || isupper((unsigned char)name[1]));
}

static void check_symbol(struct inspection *inspection, const struct symbol *symbol)
{
    struct rules *rules = inspection->rules;
    const char *name = symbol->name;

    if (symbol->resolver)
        refuse(inspection, name,
               string_format("`%s` is a resolver (ifunc), which runs before main()", name));
    else if (symbol->defined && (is_reserved(name) || strchr(name, '@')))
        refuse(inspection, name,
               string_format("`%s` must not be defined here: such names belong to the compiler and "
                             "its libraries",
                             name));
    else if (symbol->defined && has_name(&rules->taken, name) && !has_name(&rules->asked, name))
        refuse(inspection, name,
               string_format("`%s` must not be defined here: the runtime or the exercise uses a "
                             "function of this name; give yours another, or make it static",
                             name));
    else if (!symbol->defined && (has_name(&rules->private, name) || starts_with(name, "rt__")))
        refuse(inspection, name, string_format("`%s` is not for exercises to use", name));
}

static bool is_enough(const struct inspection *inspection)
{
    return inspection->refusals >= REFUSALS_MOST;
}

static void check_object(struct inspection *inspection, const char *path)
{
    struct object object;
    const char *why;

    if (!object_read(path, &object, &why)) {
        refuse(inspection, "", string_format("the compiler made something strange of it: %s", why));
    } else {
        for (size_t i = 0; i < object.sections_count && !is_enough(inspection); i++)
            check_section(inspection, object.sections[i]);
        for (size_t i = 0; i < object.symbols_count && !is_enough(inspection); i++)
            check_symbol(inspection, &object.symbols[i]);
    }
    object_release(&object);
}

bool symbols_check(const struct strings *objects, const struct submission *submission,
                   const struct trusted_objects *trusted, struct diagnostics *diagnostics,
                   FILE *errors)
{
    struct rules rules = {0};
    struct inspection inspection = {&rules, submission, diagnostics, 0};
    bool ok = rules_read(trusted, &rules, errors);

    for (size_t i = 0; i < objects->count && ok && !is_enough(&inspection); i++)
        check_object(&inspection, objects->items[i]);
    rules_release(&rules);
    return ok;
}

/* ---- The line -------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* Whether what follows a name makes it the head of a definition: `(...) {`. Only the nearest brace
 * or semicolon is asked. */
static bool is_head(const char *after)
{
    size_t length = strcspn(after, "{;");

    return after[0] == '(' && after[length] == '{';
}

int symbols_line(const char *source, const char *name)
{
    size_t length = strlen(name);
    int line = 1, found = 0;

    /* Their sections have names that stand nowhere in the source. */
    if (starts_with(name, ".init_array"))
        return symbols_line(source, "constructor");
    if (starts_with(name, ".fini_array"))
        return symbols_line(source, "destructor");
    for (const char *c = source; *c && length > 0; c++) {
        line += *c == '\n';
        if (strncmp(c, name, length) != 0 || (c > source && is_word(c[-1])) || is_word(c[length]))
            continue;
        if (is_head(c + length))
            return line;
        if (found == 0)
            found = line;
    }
    return found;
}
