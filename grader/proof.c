/* proof.c - looks at a command of make without running it.
 *
 * A proof is typed by learners and run by tests, so it is one plain command: no shell syntax but
 * double quotes, and everything that it names is there. */
#include "proof.h"

#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fields.h"
#include "lesson.h"
#include "text.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* Adds the documented targets of one file: lines such as `check: ready ## grade your work`, as
 * `make help` finds them. */
static void add_targets(const char *path, struct strings *targets)
{
    char *text = file_read(path, NULL), *rest = text, *line;

    while (text && (line = strsep(&rest, "\n")) != NULL) {
        size_t length = strspn(line, LOWER "-");
        if (length == 0 || line[length] != ':' || !strstr(line, "## "))
            continue;
        line[length] = '\0';
        strings_add(targets, line);
    }
    free(text);
}

static struct strings make_targets(void)
{
    struct strings targets = {0};
    glob_t parts;

    add_targets("Makefile", &targets);
    if (glob("tests/*/*.mk", 0, NULL, &parts) == 0) {
        for (size_t i = 0; i < parts.gl_pathc; i++)
            add_targets(parts.gl_pathv[i], &targets);
        globfree(&parts);
    }
    return targets;
}

static char *target_mistake(const char *target)
{
    struct strings targets = make_targets();
    char *mistake = NULL;

    if (!strings_contain(&targets, target)) {
        const char *nearest = strings_nearest(&targets, target);
        mistake = string_format("make has no target \"%s\" (`make help` lists them)%s%s", target,
                                nearest ? "; did you mean " : "", nearest ? nearest : "");
    }
    strings_release(&targets);
    return mistake;
}

/* LESSON=06: two digits, as all texts write it. */
static char *lesson_mistake(const char *value)
{
    struct strings ids = lesson_ids();
    bool found = false;

    for (size_t i = 0; i < ids.count; i++)
        found |= strlen(value) == 2 && strncmp(ids.items[i], value, 2) == 0;
    strings_release(&ids);
    return found
               ? NULL
               : string_format("LESSON=%s: expected the two digits of a lesson, such as 06", value);
}

static char *submission_mistake(const char *value)
{
    return access(value, F_OK) == 0
               ? NULL
               : string_format("SUBMISSION=%s: there is no such file or folder", value);
}

static char *setting_mistake(const char *word)
{
    size_t name = strspn(word, UPPER "_");

    if (name == 0 || word[name] != '=' || !word[name + 1])
        return string_format("\"%s\" is no setting such as LESSON=06", word);
    if (strncmp(word, "LESSON=", name + 1) == 0)
        return lesson_mistake(word + name + 1);
    if (strncmp(word, "SUBMISSION=", name + 1) == 0)
        return submission_mistake(word + name + 1);
    return NULL;
}

/* Cuts the next word off a command; spaces within double quotes belong to it. NULL: there is
 * none. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " "), *end = word;
    bool quoted = false;

    for (; *end && (quoted || *end != ' '); end++)
        quoted ^= *end == '"';
    *rest = *end ? end + 1 : end;
    *end = '\0';
    return *word ? word : NULL;
}

static char *words_mistake(char *command)
{
    const char *make = next_word(&command), *target = next_word(&command), *word;

    if (!make || strcmp(make, "make") != 0 || !target)
        return string_copy("expected a command of make, such as make why LESSON=06");
    char *mistake = target_mistake(target);
    while (!mistake && (word = next_word(&command)) != NULL)
        mistake = setting_mistake(word);
    return mistake;
}

char *proof_mistake(const char *command)
{
    if (!text_made_of(command, LOWER UPPER DIGITS "_-./=,: \""))
        return string_copy("expected letters, digits, spaces, double quotes and _-./=,: only");
    char *copy = string_copy(command), *mistake = words_mistake(copy);
    free(copy);
    return mistake;
}
