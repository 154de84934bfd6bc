/* linker_output.c - reads what GNU ld, gold and lld print about missing names and names defined
 * twice.
 *
 * Their words differ, and so does where they put the place, so this file looks for few things only:
 * one of four phrases, the name after it, and anywhere in that line or in lld's ">>>" lines below
 * it the path of a student file with a line number:
 *
 *     GNU ld  a.o:exercises/x/pool.c:2: undefined reference to `rt_chan_snd'
 *     gold    exercises/x/pool.c:2: error: undefined reference to 'rt_chan_snd'
 *     lld     ld.lld: error: undefined symbol: rt_chan_snd
 *             >>> referenced by pool.c:2 (exercises/x/pool.c:2)
 * / */
#include "diagnostics.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum fault { FAULT_NONE, FAULT_MISSING, FAULT_TWICE };

static const struct {
    const char *text;
    enum fault fault;
} phrases[] = {
    {"undefined reference to ", FAULT_MISSING},
    {"undefined symbol: ", FAULT_MISSING},
    {"multiple definition of ", FAULT_TWICE},
    {"duplicate symbol: ", FAULT_TWICE},
};

/* One complaint of the linker. */
struct complaint {
    enum fault fault;
    char *name;       /* owned */
    const char *file; /* of the student's, or NULL */
    int line;
};

static struct complaint complaint_read(const char *line)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        const char *found = strstr(line, phrases[i].text);

        if (!found)
            continue;
        found += strlen(phrases[i].text);
        found += strspn(found, "`'");
        return (struct complaint){.fault = phrases[i].fault,
                                  .name =
                                      string_format("%.*s", (int)strcspn(found, "`'; "), found)};
    }
    return (struct complaint){.fault = FAULT_NONE};
}

/* Looks for "path:12" of a student file in the line, unless a place is known already. */
static void complaint_locate(struct complaint *complaint, const char *line,
                             const struct strings *student)
{
    for (size_t i = 0; !complaint->file && i < student->count; i++) {
        const char *path = student->items[i];
        const char *found = strstr(line, path);

        if (found && found[strlen(path)] == ':' &&
            isdigit((unsigned char)found[strlen(path) + 1])) {
            complaint->file = path;
            complaint->line = atoi(found + strlen(path) + 1);
        }
    }
}

static void explain_missing(const struct complaint *complaint, const struct strings *api,
                            struct diagnostic *diagnostic)
{
    const char *nearest = strings_nearest(api, complaint->name);

    if (complaint->file) {
        diagnostic->message = string_format("%s is used here but defined nowhere", complaint->name);
        if (nearest)
            diagnostic->advice = string_format("did you mean %s?", nearest);
    } else {
        diagnostic->message = string_format(
            "the exercise needs %s, which your file does not define", complaint->name);
        diagnostic->advice = string_copy("is it there, spelt exactly so, and not static?");
    }
}

static void explain_twice(const struct complaint *complaint, const struct strings *api,
                          struct diagnostic *diagnostic)
{
    const char *name = complaint->name;

    if (strcmp(name, "main") == 0) {
        diagnostic->message =
            string_copy("the exercise has its own main(), so yours is one too many");
        diagnostic->advice = string_copy("take it out; `make run` tries your functions");
    } else if (strings_contain(api, name)) {
        diagnostic->message = string_format("%s is a function of the runtime", name);
        diagnostic->advice = string_copy("give yours another name");
    } else {
        diagnostic->message = string_format("%s is defined twice: the exercise has one, too", name);
        diagnostic->advice = string_copy("give yours another name, or make it static");
    }
}

/* Adds the complaint, unless the same one was added before: the linker repeats itself for each
 * use. */
static void complaint_add(struct complaint *complaint, struct strings *seen,
                          struct diagnostics *list, const struct diagnostics_context *context)
{
    if (complaint->fault == FAULT_NONE)
        return;
    if (!strings_contain(seen, complaint->name)) {
        struct diagnostic found = {.error = true, .line = complaint->line};

        if (complaint->file)
            found.file = string_copy(complaint->file);
        else if (context->student->count == 1)
            found.file = string_copy(context->student->items[0]);
        if (complaint->fault == FAULT_MISSING)
            explain_missing(complaint, context->api, &found);
        else
            explain_twice(complaint, context->api, &found);
        strings_add(seen, complaint->name);
        diagnostics_add_message(list, NULL);
        list->items[list->count - 1] = found;
    }
    free(complaint->name);
    *complaint = (struct complaint){.fault = FAULT_NONE};
}

void diagnostics_add_linker(struct diagnostics *list, const char *output,
                            const struct diagnostics_context *context)
{
    char *text = string_copy(output), *rest;
    struct complaint complaint = {.fault = FAULT_NONE};
    struct strings seen = {0};

    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(line, ">>>", 3) != 0) {
            complaint_add(&complaint, &seen, list, context);
            complaint = complaint_read(line);
        }
        if (complaint.fault != FAULT_NONE)
            complaint_locate(&complaint, line, context->student);
    }
    complaint_add(&complaint, &seen, list, context);
    strings_release(&seen);
    free(text);
}
