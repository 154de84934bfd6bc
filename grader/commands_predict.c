/* commands_predict.c - `barista predict`: guesses before a lesson's demo, and beside them what was
 * measured.
 *
 * First all questions are asked, then the demo runs, once for each number of procs that they name,
 * and what is to be simulated is. Nothing that a student does can make this fail: where there is no
 * answer in the end, it is the course's fault or the machine's (BARISTA_INFRA). */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "amount.h"
#include "ask.h"
#include "cpus.h"
#include "demo_figures.h"
#include "progress.h"
#include "result.h"
#include "wrap.h"

/* One question, and what became of it. */
struct guess {
    const struct prediction *prediction;
    bool given; /* false: skipped */
    double value;
    bool known; /* it was measured: */
    double truth;
};

/* ---- Asking ---------------------------------------------------------------------------------- */

static void show_question(const struct guess *guess, size_t number, size_t count)
{
    char *text = string_format("%zu of %zu. %s", number, count, guess->prediction->ask);
    putchar('\n');
    wrap_print(stdout, 0, text);
    free(text);
}

/* Asks until there is a number or an empty line. False at the end of the input. */
static bool ask(struct guess *guess)
{
    const char *unit = guess->prediction->unit;
    char *prompt = string_format("%s> ", unit);
    bool done = false, more = true;

    while (!done && more) {
        char *line = ask_line(prompt);
        more = line != NULL;
        guess->given = more && amount_parse(line, unit, &guess->value);
        done = guess->given || (more && *line == '\0');
        if (more && !done)
            printf("  A number of %s, such as 2 or 0.5; Enter alone skips the question.\n", unit);
        free(line);
    }
    free(prompt);
    return more;
}

/* False: the learner has left. In a pipe, questions without a line are skipped. */
static bool ask_all(struct guess *guesses, size_t count)
{
    bool any = false, more = true;
    puts("Guess before you look; a rough number will do. Enter alone skips a question.");
    for (size_t i = 0; i < count && more; i++) {
        show_question(&guesses[i], i + 1, count);
        more = ask(&guesses[i]);
        any |= guesses[i].given;
    }
    return more || (any && !isatty(STDIN_FILENO));
}

/* ---- Measuring ------------------------------------------------------------------------------- */

/* "2 procs", "as many procs as there are": for what is being done. */
static void announce(const char *what, int procs, const char *how)
{
    char *number = procs > 0 ? string_format("%d", procs) : string_copy("all");
    printf("Running %s on %s proc%s%s ...\n", what, number, procs == 1 ? "" : "s", how);
    fflush(stdout);
    free(number);
}

/* Answers all questions that are about the demo on so many procs. */
static bool run_demo(const struct lesson *lesson, struct guess *guesses, size_t count, int procs)
{
    struct demo_figures figures;
    announce("the demo", procs, "");
    if (!demo_figures_run(lesson->id, procs, &figures, stderr))
        return false;
    bool complete = true;
    for (size_t i = 0; i < count; i++) {
        const struct prediction *prediction = guesses[i].prediction;
        if (!prediction->figure || prediction->procs != procs)
            continue;
        const double *figure = demo_figure(&figures, prediction->figure);
        guesses[i].known = figure != NULL;
        guesses[i].truth = figure ? *figure : 0;
        if (!figure)
            fprintf(stderr,
                    "barista: the demo ran, but gave no figure \"%s\". That is a fault of the "
                    "course, not yours.\n",
                    prediction->figure);
        complete &= figure != NULL;
    }
    demo_figures_release(&figures);
    return complete;
}

/* Virtual time in picoseconds, and how much of it tasks ran, all procs together. */
static bool simulated_run_of(const struct simulation *simulation, bool oracle, int procs,
                             double *time_ps, double *tasks_ps)
{
    struct simulated_run run;
    struct run bad;
    if (!simulate_once(simulation, oracle, procs, &run, &bad, stderr)) {
        command_bad_end(&bad, procs);
        return false;
    }
    *time_ps = (double)run.time_ps;
    *tasks_ps = (double)run.spent_ps[RT__USER];
    simulated_release(&run);
    return *time_ps > 0;
}

static bool answer_in_virtual_time(const struct simulation *simulation,
                                   const struct prediction *prediction, double *truth)
{
    double base_ps = 0, time_ps, tasks_ps, unused;
    bool oracle = prediction->answer == ANSWER_OVERLAP;

    if (!simulated_run_of(simulation, false, prediction->procs, &time_ps, &tasks_ps))
        return false;
    if (prediction->answer == ANSWER_BUSY)
        base_ps = tasks_ps;
    else if (!simulated_run_of(simulation, oracle, 1, &base_ps, &unused))
        return false;
    *truth = base_ps / time_ps;
    return true;
}

static bool build_and_answer(const struct sandbox *sandbox, const struct lesson *lesson,
                             const struct submission *submission,
                             const struct prediction *prediction, double *truth)
{
    struct build build;
    /* questions.c has made sure that there is a check of a shape. */
    const struct check *check = lesson_check(lesson, CHECK_SHAPE, NULL);
    int built = command_build(sandbox, lesson, submission, BUILD_SIMULATED, &build);
    struct simulation simulation = {
        .sandbox = sandbox, .lesson = lesson, .build = &build, .input = &check->input, .seed = 1};
    bool ok = built == BARISTA_PASS && answer_in_virtual_time(&simulation, prediction, truth);
    build_release(&build);
    return ok;
}

static bool run_simulation(struct guess *guess)
{
    const struct prediction *prediction = guess->prediction;
    struct lesson *lesson = lesson_load(prediction->lesson, stderr);
    struct submission submission = {0};
    struct sandbox sandbox = {0};

    announce(prediction->submission, prediction->procs, " in virtual time");
    if (lesson && submission_find(lesson, prediction->submission, &submission, stderr)) {
        struct sandbox_wish wish = {.loopback = lesson->loopback,
                                    .memory_mb = lesson->limits.memory_mb};
        guess->known = sandbox_choose(&wish, &sandbox, stderr) &&
                       build_and_answer(&sandbox, lesson, &submission, prediction, &guess->truth);
        sandbox_release(&sandbox);
        submission_release(&submission);
    }
    lesson_free(lesson);
    return guess->known;
}

static bool measure_all(const struct lesson *lesson, struct guess *guesses, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct prediction *prediction = guesses[i].prediction;
        if (guesses[i].known)
            continue;
        if (prediction->figure ? !run_demo(lesson, guesses, count, prediction->procs)
                               : !run_simulation(&guesses[i]))
            return false;
    }
    return true;
}

/* ---- Showing --------------------------------------------------------------------------------- */

static bool is_close(const struct guess *guess)
{
    return guess->given && amount_is_near(guess->value, guess->truth, guess->prediction->close);
}

/* How far off it was, for a guess that is not close. */
static char *how_far(const struct guess *guess)
{
    bool high = guess->value > guess->truth;
    double less = high ? guess->truth : guess->value, more = high ? guess->value : guess->truth;
    if (less == 0)
        return string_format("too %s", high ? "high" : "low");
    char *factor = amount_text(more / less);
    char *text = string_format("%s times too %s", factor, high ? "high" : "low");
    free(factor);
    return text;
}

static void show_result(const struct guess *guess)
{
    const struct prediction *prediction = guess->prediction;
    char *truth = amount_text(guess->truth), *value = amount_text(guess->value);
    char *verdict = !guess->given     ? string_copy("skipped")
                    : is_close(guess) ? string_copy("close")
                                      : how_far(guess);
    char *measured = string_format("%s %s", truth, prediction->unit);
    printf("  predicted %-12s measured %-20s %s\n", guess->given ? value : "-", measured, verdict);
    wrap_print(stdout, 2, prediction->why);
    free(measured);
    free(verdict);
    free(value);
    free(truth);
}

/* What may have come out otherwise than the questions mean, for reasons of this machine. Speedups
 * are the first to suffer: half of the CPUs busy with other things is enough. */
static void show_doubts(const struct guess *guesses, size_t count, double load)
{
    int cpus = cpus_allowed().count, procs_most = 0;
    for (size_t i = 0; i < count; i++)
        if (guesses[i].prediction->figure && guesses[i].prediction->procs > procs_most)
            procs_most = guesses[i].prediction->procs;
    if (procs_most > cpus)
        printf("\nThis machine has %d CPU%s to give, so %d procs could not all run at once.\n",
               cpus, cpus == 1 ? "" : "s", procs_most);
    else if (load > 0.5 * cpus)
        printf(
            "\nOther programs kept the CPUs busy (a load of %.1f on %d), which makes waits longer\n"
            "and speedups smaller. Try again when the machine is quiet.\n",
            load, cpus);
}

static void show_all(const struct lesson *lesson, const struct guess *guesses, size_t count)
{
    size_t close = 0, given = 0;
    for (size_t i = 0; i < count; i++) {
        show_question(&guesses[i], i + 1, count);
        show_result(&guesses[i]);
        close += is_close(&guesses[i]);
        given += guesses[i].given;
    }
    printf("\nClose: %zu of %zu. The whole picture: make demo LESSON=%.2s\n", close, count,
           lesson->id);
    if (given > 0)
        command_keep_answers(lesson, PROGRESS_PREDICT, close, count);
}

static int predict(const struct lesson *lesson, const struct questions *questions)
{
    size_t count = questions->predictions_count;
    struct guess *guesses = memory_new(count * sizeof *guesses);
    int status = BARISTA_PASS;

    for (size_t i = 0; i < count; i++)
        guesses[i].prediction = &questions->predictions[i];
    if (!ask_all(guesses, count)) {
        printf("Stopped: nothing was measured. make predict LESSON=%.2s begins again.\n",
               lesson->id);
    } else {
        double load = 0;
        getloadavg(&load, 1);
        putchar('\n');
        if (measure_all(lesson, guesses, count)) {
            show_all(lesson, guesses, count);
            show_doubts(guesses, count, load);
        } else {
            status = BARISTA_INFRA;
        }
    }
    free(guesses);
    return status;
}

int command_predict(const struct arguments *arguments)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    struct questions *questions = lesson ? command_questions(lesson, "Predictions") : NULL;
    int status = questions ? predict(lesson, questions) : BARISTA_USAGE;
    questions_free(questions);
    lesson_free(lesson);
    return status;
}
