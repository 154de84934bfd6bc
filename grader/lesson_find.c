/* lesson_find.c - which lessons there are, and which one the user means.
 *
 * The folders are the list: whoever adds lessons/NN-topic has added a lesson. */
#include <stdlib.h>
#include <string.h>

#include "lesson.h"

struct strings lesson_ids(void)
{
    struct strings names = folder_names("lessons"), ids = {0};

    for (size_t i = 0; i < names.count; i++) {
        char *path = string_format("lessons/%s", names.items[i]);
        if (lesson_id_valid(names.items[i]) && folder_exists(path))
            strings_add(&ids, names.items[i]);
        free(path);
    }
    strings_release(&names);
    return ids;
}

/* "3", "03": the number of the lesson; -1: no number. */
static int number_of(const char *wanted)
{
    size_t digits = strspn(wanted, "0123456789");

    return (digits == 1 || digits == 2) && wanted[digits] == '\0' ? atoi(wanted) : -1;
}

static bool is_wanted(const char *id, const char *wanted)
{
    /* An id begins with two digits and a hyphen, where atoi ends. */
    return strcmp(id, wanted) == 0 || atoi(id) == number_of(wanted);
}

bool lessons_are_here(const struct strings *ids, FILE *errors)
{
    if (ids->count == 0)
        fputs("barista: there are no lessons here; go to the project's top folder, which has the "
              "folder lessons/\n",
              errors);
    return ids->count > 0;
}

static void explain(const struct strings *ids, const char *wanted, FILE *errors)
{
    if (!lessons_are_here(ids, errors))
        return;
    const char *nearest = strings_nearest(ids, wanted);
    if (nearest)
        fprintf(errors, "barista: there is no lesson \"%s\"; did you mean %s?\n", wanted, nearest);
    else
        fprintf(errors, "barista: there is no lesson \"%s\"\n", wanted);
    fputs("The lessons, by number or whole name:\n", errors);
    for (size_t i = 0; i < ids->count; i++)
        fprintf(errors, "  %s\n", ids->items[i]);
}

char *lesson_find(const char *wanted, FILE *errors)
{
    struct strings ids = lesson_ids();
    char *found = NULL;

    for (size_t i = 0; i < ids.count && !found; i++)
        if (is_wanted(ids.items[i], wanted))
            found = string_copy(ids.items[i]);
    if (!found)
        explain(&ids, wanted, errors);
    strings_release(&ids);
    return found;
}
