/* report.c - lays a result out on 80 columns: a line for each check, below it what the student
 * needs to know, bars for the times of a shape, and last the score and what to do next.
 *
 *      PASS  answer  4 fresh inputs, procs 1 and 2                       50/50
 *      FAIL  shape   speedup 1.05, expected at least 1.5                  0/40
 *             procs=1  ################################ 820 ms +-1%
 *             procs=2  ##############################   781 ms +-2%
 *       1.1 of 2 procs were busy on average. ... */
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wrap.h"

#define POINTS_COLUMN 72 /* where a check's points end */
#define DETAIL_INDENT 2
#define BAR_WIDTH 32
#define PRINTED_LINES_MOST 10

#define GREEN "\033[32m"
#define RED "\033[31m"
#define YELLOW "\033[33m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* Where a page goes, and how. */
struct page {
    FILE *out;
    bool coloured;
};

static const struct {
    const char *word, *colour;
} words[] = {
    [STATUS_PASS] = {"PASS", GREEN},          [STATUS_FAIL] = {"FAIL", RED},
    [STATUS_INCONCLUSIVE] = {"SKIP", YELLOW}, [STATUS_SKIPPED] = {"----", ""},
    [STATUS_ERROR] = {"ERR ", YELLOW},
};

bool report_coloured(FILE *stream)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool dumb = terminal && strcmp(terminal, "dumb") == 0;
    return isatty(fileno(stream)) && !dumb && !(no_color && *no_color);
}

static void print_coloured(const struct page *page, const char *colour, const char *text)
{
    if (page->coloured && *colour)
        fprintf(page->out, "%s%s%s", colour, text, PLAIN);
    else
        fputs(text, page->out);
}

/* ---- Checks ---------------------------------------------------------------------------------- */

struct bar {
    const char *label;
    struct spread seconds;
};

static void print_bar(const struct page *page, const struct bar *bar, double longest,
                      int label_width)
{
    int length = (int)(bar->seconds.median / longest * BAR_WIDTH + 0.5);
    double milliseconds = bar->seconds.median * 1e3;
    char hashes[BAR_WIDTH + 1];
    memset(hashes, '#', BAR_WIDTH);
    hashes[length > 0 ? length : 1] = '\0';
    fprintf(page->out, "        %-*s  %-*s %.*f ms +-%.0f%%\n", label_width, bar->label, BAR_WIDTH,
            hashes, milliseconds < 10 ? 1 : 0, milliseconds,
            50 * (bar->seconds.high - bar->seconds.low) / bar->seconds.median);
}

/* The times of a shape. The oracle's is only of interest where waits should overlap, or when the
 * submission is too slow beside it. */
static void print_bars(const struct page *page, const struct check_result *result)
{
    const struct evidence *evidence = &result->evidence;
    bool sequential =
        result->check->shape == SHAPE_OVERLAP || result->shape.overlap.decision == DECISION_FAIL;
    char many[32];
    snprintf(many, sizeof many, "procs=%d", evidence->procs);
    struct bar bars[] = {
        {"one by one", verdict_figure(result->check, evidence, offsetof(struct round, sequential))},
        {"procs=1", verdict_figure(result->check, evidence, offsetof(struct round, one))},
        {many, verdict_figure(result->check, evidence, offsetof(struct round, many))},
    };
    double longest = 0;
    int label_width = 0;
    for (size_t i = !sequential; i < sizeof bars / sizeof *bars; i++) {
        if (bars[i].seconds.median > longest)
            longest = bars[i].seconds.median;
        if ((int)strlen(bars[i].label) > label_width)
            label_width = (int)strlen(bars[i].label);
    }
    for (size_t i = !sequential; i < sizeof bars / sizeof *bars; i++)
        if (bars[i].seconds.median > 0)
            print_bar(page, &bars[i], longest, label_width);
}

static void print_check(const struct page *page, const struct check_result *result, int id_width)
{
    const char *message = result->message ? result->message : "";
    size_t length = strcspn(message, "\n");
    char points[32];
    snprintf(points, sizeof points, "%.4g/%.4g", result->points, result->check->points);

    fputc(' ', page->out);
    print_coloured(page, words[result->status].colour, words[result->status].word);
    int column =
        5 + fprintf(page->out, "  %-*s  %.*s", id_width, result->check->id, (int)length, message);
    int room = POINTS_COLUMN - column;
    fprintf(page->out, "%*s\n", room > (int)strlen(points) ? room : (int)strlen(points) + 1,
            points);
    if (result->check->kind == CHECK_SHAPE)
        print_bars(page, result);
    wrap_print(page->out, DETAIL_INDENT, message + length + (message[length] == '\n'));
}

/* ---- The page -------------------------------------------------------------------------------- */

static void print_printed(const struct page *page, const char *printed)
{
    fputs("Your program printed (this never counts):\n", page->out);
    int shown = 0;
    for (; *printed && shown < PRINTED_LINES_MOST; shown++) {
        size_t length = strcspn(printed, "\n");
        fprintf(page->out, "  | %.*s\n", (int)length, printed);
        printed += length + (printed[length] == '\n');
    }
    if (*printed)
        fputs("  | ...\n", page->out);
}

/* In tiers C and D more is missing than in place, and that is the news. */
static void print_sandbox(const struct result *result, FILE *out)
{
    const struct sandbox *sandbox = result->sandbox;
    bool good = sandbox->tier < TIER_C;
    const char *separator = "";
    fprintf(out, "%s in sandbox tier %c: ", result->official ? "Graded" : "Self-check",
            tier_letter(sandbox->tier));
    if (!good)
        fputs("without ", out);
    for (int i = 0; i < LAYERS_COUNT; i++) {
        if (sandbox->active[i] == good) {
            fprintf(out, "%s%s", separator, layer_name((enum layer)i));
            separator = ", ";
        }
    }
    fputs(".\n", out);
}

void report_print(const struct result *result, const char *closing, bool coloured, FILE *out)
{
    const struct page page = {out, coloured};
    int id_width = 6;
    for (size_t i = 0; i < result->checks_count; i++)
        if ((int)strlen(result->checks[i].check->id) > id_width)
            id_width = (int)strlen(result->checks[i].check->id);

    fprintf(out, "%.2s ", result->lesson->id);
    print_coloured(&page, BOLD, result->lesson->title);
    fprintf(out, "   edit: %s\n", result->student_file);
    for (size_t i = 0; i < result->checks_count; i++)
        print_check(&page, &result->checks[i], id_width);
    if (result->printed)
        print_printed(&page, result->printed);
    if (result->sandbox)
        print_sandbox(result, out);
    if (result->verdict != STATUS_ERROR) /* else there is no score worth a name */
        fprintf(out, "Score %.4g/%.4g.%s", result->score, result->max_score, *closing ? "   " : "");
    fprintf(out, "%s\n", closing);
}
