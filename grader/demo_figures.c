/* demo_figures.c - runs a demo with its figures and its output in a private folder.
 *
 * A demo is a part of the course and runs as `make demo` runs it: no sandbox, no limits. */
#include "demo_figures.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "folder.h"

/* As lessons/figure.h has it. */
#define FIGURES_VARIABLE "DEMO_FIGURES"

/* ---- Reading --------------------------------------------------------------------------------- */

static bool parse_line(const char *line, struct demo_figures *figures)
{
    size_t length = strcspn(line, " ");
    char *end, *name = string_format("%.*s", (int)length, line);
    double value = strtod(line + length, &end);
    bool good = length > 0 && line[length] == ' ' && end != line + length && *end == '\0' &&
                isfinite(value) && !strings_contain(&figures->names, name);

    if (good) {
        strings_add(&figures->names, name);
        figures->values =
            memory_resize(figures->values, figures->names.count * sizeof *figures->values);
        figures->values[figures->names.count - 1] = value;
    }
    free(name);
    return good;
}

bool demo_figures_parse(const char *text, struct demo_figures *figures)
{
    char *copy = string_copy(text), *rest = copy, *line;
    bool good = true;

    *figures = (struct demo_figures){0};
    while (good && (line = strsep(&rest, "\n")) != NULL)
        good = *line == '\0' || parse_line(line, figures);
    free(copy);
    if (!good)
        demo_figures_release(figures);
    return good;
}

const double *demo_figure(const struct demo_figures *figures, const char *name)
{
    for (size_t i = 0; i < figures->names.count; i++)
        if (strcmp(figures->names.items[i], name) == 0)
            return &figures->values[i];
    return NULL;
}

void demo_figures_release(struct demo_figures *figures)
{
    strings_release(&figures->names);
    free(figures->values);
    *figures = (struct demo_figures){0};
}

/* ---- Running --------------------------------------------------------------------------------- */

static void set_environment(const char *figures_path, int procs)
{
    setenv(FIGURES_VARIABLE, figures_path, true);
    if (procs > 0) {
        char *number = string_format("%d", procs);
        setenv("RT_PROCS", number, true);
        free(number);
    }
}

/* The environment is this process's own for as long as the demo runs, then as it was. */
static int run(char *program, const char *figures_path, char *output_path, int procs)
{
    const char *before = getenv("RT_PROCS");
    char *saved = before ? string_copy(before) : NULL;
    char *argv[] = {"sh", "-c", "exec \"$0\" >\"$1\" 2>&1 </dev/null", program, output_path, NULL};

    set_environment(figures_path, procs);
    int status = command_foreground(argv);
    unsetenv(FIGURES_VARIABLE);
    unsetenv("RT_PROCS");
    if (saved)
        setenv("RT_PROCS", saved, true);
    free(saved);
    return status;
}

/* Says why there are no figures; true if there are some. */
static bool take(const char *program, int status, const char *figures_path, const char *output_path,
                 struct demo_figures *figures, FILE *errors)
{
    if (status == 128 + SIGINT || status == 128 + SIGTERM) {
        fputs("Stopped.\n", errors);
        return false;
    }
    if (status != 0) {
        char *output = file_read(output_path, NULL);
        fprintf(errors,
                "%sbarista: %s failed (exit status %d). That is a fault of the course or of this "
                "machine, not yours.\n",
                output ? output : "", program, status);
        free(output);
        return false;
    }
    char *text = file_read(figures_path, NULL);
    bool good = demo_figures_parse(text ? text : "", figures);
    if (!good)
        fprintf(errors, "barista: %s gave figures that cannot be read, or one of them twice:\n%s",
                program, text);
    free(text);
    return good;
}

bool demo_figures_run(const char *lesson_id, int procs, struct demo_figures *figures, FILE *errors)
{
    struct folder folder = folder_new(errors);
    if (!folder.path)
        return false;
    char *program = string_format("build/lessons/%s/demo", lesson_id);
    char *figures_path = string_format("%s/figures", folder.path);
    char *output_path = string_format("%s/output", folder.path);

    bool good = access(program, X_OK) == 0;
    if (good) {
        int status = run(program, figures_path, output_path, procs);
        good = take(program, status, figures_path, output_path, figures, errors);
    } else {
        fprintf(errors, "barista: there is no %s; `make demo LESSON=%.2s` builds it\n", program,
                lesson_id);
    }
    free(output_path);
    free(figures_path);
    free(program);
    folder_free(&folder);
    return good;
}
