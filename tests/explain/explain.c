/* explain.c - is the right cause found why a program is slow, and the right line? For each source named on the
 * command line; README.md says what the sources look like. Prints a line for each, and a total.
 *
 *     explain [--real] SOURCE.c...
 *
 * What the memory does to a program shows only when it is really run. That takes --real, and a quiet machine with two
 * CPUs; without it, such programs must have no cause: this is what virtual time has to say about them. */
#include <errno.h>
#include <libgen.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calibrate.h"
#include "source_lines.h"
#include "spread.h"
#include "why.h"

#define PROCS 8
#define ROUNDS 7
#define REAL_PROCS 2

extern char **environ;

/* A program of the corpus. */
struct subject {
    char *source;
    char *simulated, *real; /* executables */
    char *result;           /* a file, for what a simulated run writes */
    char *cause;            /* expected */
    struct strings here;    /* "file.c:31" */
};

static char *after(const char *text, const char *mark)
{
    const char *found = strstr(text, mark);
    if (!found)
        return NULL;
    found += strlen(mark);
    return string_format("%.*s", (int)strcspn(found, " \n"), found);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool subject_read(const char *source, const char *folder, struct subject *subject)
{
    char *text = file_read(source, NULL);
    int length = (int)strcspn(base_name(source), ".");
    *subject = (struct subject){
        .source = string_copy(source),
        .simulated = string_format("%s/%.*s.sim", folder, length, base_name(source)),
        .real = string_format("%s/%.*s", folder, length, base_name(source)),
        .result = string_format("%s/%.*s.json", folder, length, base_name(source)),
        .cause = text ? after(text, "/* expect: ") : NULL,
    };
    int number = 1;
    for (char *line = text; line && *line != '\0'; number++) {
        size_t bytes = strcspn(line, "\n");
        char *marked = memmem(line, bytes, "/* here", 7);
        if (marked) {
            char *place = string_format("%s:%d", base_name(source), number);
            strings_add(&subject->here, place);
            free(place);
        }
        line += bytes + (line[bytes] == '\n');
    }
    free(text);
    if (!subject->cause)
        fprintf(stderr, "%s: it does not say what to expect\n", source);
    return subject->cause != NULL;
}

static void subject_release(struct subject *subject)
{
    free(subject->source);
    free(subject->simulated);
    free(subject->real);
    free(subject->result);
    free(subject->cause);
    strings_release(&subject->here);
}

/* ---- Runs ------------------------------------------------------------------------------------ */

/* Runs a program to its end; its user time, or a negative number if it failed. */
static double run_program_with(const char *program, char *const environment[])
{
    char *argv[] = {(char *)program, NULL};
    struct rusage usage;
    pid_t pid;
    int status;
    if (posix_spawn(&pid, program, NULL, NULL, argv, environment) != 0)
        return -1;
    while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return -1;
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6;
}

static bool run_simulated(void *context, const struct experiment *experiment,
                          struct simulated_run *run)
{
    const struct subject *subject = context;
    char *environment[] = {
        string_format("RT_PROCS=%d", experiment->procs),
        string_format("RT_SIM_RESULT=%s", subject->result),
        string_format("RT_SIM_COSTS=%s", experiment->costs),
        string_format("RT_SIM_WITHOUT=%s", experiment->without ? experiment->without : ""), NULL};
    unlink(subject->result);
    bool ok = run_program_with(subject->simulated, environment) >= 0;
    char *text = ok ? file_read(subject->result, NULL) : NULL;
    ok = text && simulated_read(text, experiment->procs, run);
    free(text);
    for (int i = 0; environment[i]; i++)
        free(environment[i]);
    unlink(subject->result);
    return ok;
}

/* How much more user time two procs take than one for the same work, against what a loop without memory takes: the
 * machine's own share, such as two CPUs that are one core. */
static double inflation(const struct subject *subject)
{
    struct cpus cpus = cpus_allowed();
    struct spin spin = calibrate_size(REAL_PROCS);
    char *one[] = {"RT_PROCS=1", NULL}, *many[] = {"RT_PROCS=2", NULL};
    double ratios[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        struct spin_time alone, together;
        double first = run_program_with(subject->real, one);
        double second = run_program_with(subject->real, many);
        bool ok = calibrate_spin(&spin, &cpus, 1, &alone, stderr) &&
                  calibrate_spin(&spin, &cpus, REAL_PROCS, &together, stderr);
        if (!ok || first <= 0 || second <= 0)
            return 1;
        ratios[i] = second / first / (REAL_PROCS * together.seconds / alone.seconds);
    }
    return spread_of(ratios, ROUNDS).median;
}

/* ---- Comparing ------------------------------------------------------------------------------- */

static bool is_here(const struct subject *subject, const char *line)
{
    return strings_contain(&subject->here, base_name(line));
}

static bool names_place(const struct subject *subject, const struct loss *loss,
                        struct strings *lines)
{
    bool named = subject->here.count == 0;
    if (loss->site)
        strings_add(lines, loss->site);
    if (loss->awaited)
        strings_add(lines, loss->awaited);
    source_lines(sandbox_none(), subject->simulated, loss->code, loss->frames, lines, stderr);
    for (size_t i = 0; i < lines->count; i++)
        named = named || is_here(subject, lines->items[i]);
    return named;
}

static bool explain(const struct subject *subject, bool really)
{
    struct laboratory laboratory = {.run = run_simulated, .context = (void *)subject};
    struct strings lines = {0};
    struct loss loss;
    if (!why(&laboratory, PROCS, &loss)) {
        printf("%-44s FAILED to run\n", base_name(subject->source));
        return false;
    }
    bool memory = strcmp(subject->cause, cause_code(CAUSE_MEMORY)) == 0;
    if (really)
        why_memory(&loss, inflation(subject));
    bool any_place = loss.cause == CAUSE_NONE;
    bool place_ok = names_place(subject, &loss, &lines) || any_place;
    const char *expected = memory && !really ? cause_code(CAUSE_NONE) : subject->cause;
    bool cause_ok = strcmp(cause_code(loss.cause), expected) == 0;
    printf("%-44s %s %s", base_name(subject->source), cause_ok && place_ok ? "right" : "WRONG",
           cause_code(loss.cause));
    for (size_t i = 0; i < lines.count && !any_place; i++)
        printf("%s%s", i > 0 ? ", " : " at ", base_name(lines.items[i]));
    putchar('\n');
    fflush(stdout);
    strings_release(&lines);
    loss_release(&loss);
    return cause_ok && place_ok;
}

int main(int argc, char **argv)
{
    bool really = argc > 1 && strcmp(argv[1], "--real") == 0;
    const char *folder = dirname(strdupa(argv[0])); /* the programs are beside this one */
    int right = 0, total = 0;
    for (int i = really ? 2 : 1; i < argc; i++) {
        struct subject subject;
        total++;
        if (subject_read(argv[i], folder, &subject))
            right += explain(&subject, really);
        subject_release(&subject);
    }
    printf("%d of %d causes right\n", right, total);
    return right == total && total > 0 ? 0 : 1;
}
