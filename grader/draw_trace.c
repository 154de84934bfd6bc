/* draw_trace.c - draws timelines:
 *
 *     proc 0  ##work 2####################################|
 *     proc 1  ##work 3#########################
 *             +---------+---------+---------+---------+---
 *             0 ms      10        20        30        40
 *     main    |--workers----------------------------------|
 *     work 2  ############################################
 *     work 3  #########################
 *
 * A row is turned into columns, as in lessons/timeline.c: each stretch adds its length to the
 * columns that it covers, and a column shows what matters most in it. Running wins over waiting
 * however short it was: a task that takes a value from a channel runs for less than any column, and
 * yet that is what the reader looks for. */
#include "draw_trace.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "show_curve.h"
#include "text.h"

/* Nobody reads across further than that; and narrower nothing can be seen. */
#define PLOT_MOST 200
#define PLOT_LEAST 20
/* Longer names are cut, and more rows don't fit on a screen beside the rest. */
#define NAME_COLUMNS 16
#define TASKS_MOST 20
#define WAITS_MOST 5

/* A sign for each activity, and one more for running so briefly that it would vanish. */
enum sign { SIGN_NONE = ACTIVITIES_COUNT, SIGN_MOMENT, SIGNS };

static const struct {
    char mark;
    const char *colour, *words;
} signs[SIGNS] = {
    [TASK_RUNS] = {'#', "\033[32m", "runs"},
    [TASK_READY] = {':', "\033[33m", "could run, but no proc is free"},
    [TASK_WAITS] = {'.', "\033[36m", "waits for a timer or I/O"},
    [TASK_BLOCKED] = {'-', "\033[31m", "is blocked by other tasks"},
    [SIGN_NONE] = {' ', "", ""},
    [SIGN_MOMENT] = {'|', "\033[32m", "runs for a moment"},
};

/* A picture in the making. */
struct picture {
    const struct trace *trace;
    FILE *out;
    bool coloured;
    int names, columns; /* of a row */
    bool seen[SIGNS];
};

/* One row. */
struct row {
    int64_t ns[PLOT_MOST][ACTIVITIES_COUNT];
    char text[PLOT_MOST + 1];  /* what is drawn, */
    enum sign sign[PLOT_MOST]; /* and what it means */
};

int draw_columns(FILE *out)
{
    const char *wanted = getenv("COLUMNS");
    if (wanted && atoi(wanted) > 0)
        return atoi(wanted);
    struct winsize size;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* ---- Columns --------------------------------------------------------------------------------- */

static int64_t span_ns(const struct picture *picture)
{
    return picture->trace->end_ns > 0 ? picture->trace->end_ns : 1;
}

static int column_at(const struct picture *picture, int64_t ns)
{
    int64_t column = (int64_t)((double)ns * picture->columns / (double)span_ns(picture));
    return column < picture->columns ? (int)column : picture->columns - 1;
}

static int64_t column_begin_ns(const struct picture *picture, int column)
{
    return (int64_t)((double)column * (double)span_ns(picture) / picture->columns);
}

static void add_to_row(const struct picture *picture, struct row *row,
                       const struct trace_stretch *stretch)
{
    int first = column_at(picture, stretch->from_ns), last = column_at(picture, stretch->to_ns);
    for (int c = first; c <= last; c++) {
        int64_t begin_ns = column_begin_ns(picture, c), end_ns = column_begin_ns(picture, c + 1);
        int64_t from_ns = stretch->from_ns > begin_ns ? stretch->from_ns : begin_ns;
        int64_t to_ns = stretch->to_ns < end_ns ? stretch->to_ns : end_ns;
        if (to_ns > from_ns)
            row->ns[c][stretch->activity] += to_ns - from_ns;
    }
    /* However short it was. */
    if (stretch->activity == TASK_RUNS && row->ns[first][TASK_RUNS] == 0)
        row->ns[first][TASK_RUNS] = 1;
}

static enum sign sign_of(const int64_t ns[ACTIVITIES_COUNT], int64_t column_ns)
{
    if (ns[TASK_RUNS] > 0)
        return ns[TASK_RUNS] * 2 >= column_ns ? (enum sign)TASK_RUNS : SIGN_MOMENT;
    enum sign longest = SIGN_NONE;
    for (int activity = TASK_READY; activity < ACTIVITIES_COUNT; activity++)
        if (ns[activity] > 0 && (longest == SIGN_NONE || ns[activity] > ns[longest]))
            longest = (enum sign)activity;
    return longest;
}

static void choose_signs(struct picture *picture, struct row *row)
{
    for (int c = 0; c < picture->columns; c++) {
        row->sign[c] =
            sign_of(row->ns[c], column_begin_ns(picture, c + 1) - column_begin_ns(picture, c));
        row->text[c] = signs[row->sign[c]].mark;
        picture->seen[row->sign[c]] = true;
    }
    row->text[picture->columns] = '\0';
}

/* Writes a text into the signs of a stretch, if they have room for it and for one more on either
 * side. */
static bool write_label(const struct picture *picture, struct row *row,
                        const struct trace_stretch *stretch, const char *text)
{
    int first = column_at(picture, stretch->from_ns), last = column_at(picture, stretch->to_ns);
    while (first <= last && row->sign[first] != (enum sign)stretch->activity)
        first++;
    int room = 0;
    while (first + room <= last && row->text[first + room] == signs[stretch->activity].mark)
        room++;
    int length = (int)strlen(text);
    if (length == 0 || length + 2 > room)
        return false;
    memcpy(row->text + first + (length + 3 <= room ? 2 : 1), text, (size_t)length);
    return true;
}

/* ---- Rows ------------------------------------------------------------------------------------ */

static void print_row(const struct picture *picture, const char *name, const struct row *row)
{
    int end = picture->columns;
    while (end > 0 && row->text[end - 1] == ' ')
        end--;
    fprintf(picture->out, "  %-*.*s%s", picture->names, picture->names, name, end > 0 ? "  " : "");
    enum sign last = SIGN_NONE;
    for (int c = 0; c < end; c++) {
        if (picture->coloured && row->sign[c] != last) {
            fputs("\033[0m", picture->out);
            fputs(signs[row->sign[c]].colour, picture->out);
            last = row->sign[c];
        }
        fputc(row->text[c], picture->out);
    }
    fputs(picture->coloured && last != SIGN_NONE ? "\033[0m\n" : "\n", picture->out);
}

/* A long name is cut, but not the number by which tasks of one name are told apart. The caller owns
 * it. */
static char *name_of(const struct traced_task *task)
{
    char number[24] = "";
    if (task->id != 1)
        snprintf(number, sizeof number, " %lld", (long long)task->id);
    return string_format("%.*s%s", NAME_COLUMNS - (int)strlen(number), task->name, number);
}

/* Who ran on a proc. */
static void draw_proc(struct picture *picture, int proc)
{
    struct row *row = memory_new(sizeof *row);
    const struct trace *trace = picture->trace;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < trace->tasks_count; i++) {
            char *label = name_of(&trace->tasks[i]);
            for (size_t j = 0; j < trace->tasks[i].count; j++) {
                const struct trace_stretch *stretch = &trace->tasks[i].stretches[j];
                if (stretch->activity != TASK_RUNS || stretch->proc != proc)
                    continue;
                if (pass == 0)
                    add_to_row(picture, row, stretch);
                else
                    write_label(picture, row, stretch, label);
            }
            free(label);
        }
        if (pass == 0)
            choose_signs(picture, row);
    }
    char *name = string_format("proc %d", proc);
    print_row(picture, name, row);
    free(name);
    free(row);
}

/* "receive from jobs", or if that is too long "jobs". */
static void label_wait(const struct picture *picture, struct row *row,
                       const struct trace_stretch *stretch)
{
    const struct trace_wait *wait = &picture->trace->waits[stretch->wait];
    char *whole = string_format("%s%s%s", wait->what, *wait->object ? " " : "", wait->object);
    if (!write_label(picture, row, stretch, whole))
        write_label(picture, row, stretch, wait->object);
    free(whole);
}

static void draw_task(struct picture *picture, const struct traced_task *task)
{
    struct row *row = memory_new(sizeof *row);
    for (size_t i = 0; i < task->count; i++)
        add_to_row(picture, row, &task->stretches[i]);
    choose_signs(picture, row);
    for (size_t i = 0; i < task->count; i++)
        if (task->stretches[i].activity == TASK_WAITS ||
            task->stretches[i].activity == TASK_BLOCKED)
            label_wait(picture, row, &task->stretches[i]);
    char *name = name_of(task);
    print_row(picture, name, row);
    free(name);
    free(row);
}

/* ---- The axis -------------------------------------------------------------------------------- */

struct unit {
    const char *name;
    int64_t ns;
};

/* The unit in which a time has one to four digits. */
static struct unit unit_for(int64_t ns)
{
    static const struct unit units[] = {{"s", 1000000000}, {"ms", 1000000}, {"us", 1000}};
    for (int i = 0; i < 3; i++)
        if (ns >= 5 * units[i].ns)
            return units[i];
    return (struct unit){"ns", 1};
}

/* The distance of marks: the first of 1, 2, 5, 10, ... units that leaves room for a number between
 * them. */
static int64_t step_for(const struct picture *picture, struct unit unit)
{
    static const int factors[] = {1, 2, 5};
    for (int64_t power = 1;; power *= 10)
        for (int i = 0; i < 3; i++) {
            int64_t step_ns = factors[i] * power * unit.ns;
            if (step_ns >= span_ns(picture) || column_at(picture, step_ns) >= 9)
                return step_ns;
        }
}

static void draw_axis(const struct picture *picture)
{
    char marks[PLOT_MOST + 1], numbers[PLOT_MOST + 32];
    struct unit unit = unit_for(span_ns(picture));
    int64_t step_ns = step_for(picture, unit);
    int end = 0;
    memset(marks, '-', (size_t)picture->columns);
    marks[picture->columns] = '\0';
    memset(numbers, ' ', sizeof numbers);
    for (int64_t ns = 0; ns < span_ns(picture); ns += step_ns) {
        int column = column_at(picture, ns);
        marks[column] = '+';
        char number[32];
        int length = snprintf(number, sizeof number, "%lld%s%s", (long long)(ns / unit.ns),
                              ns == 0 ? " " : "", ns == 0 ? unit.name : "");
        if (column + length > picture->columns)
            break;
        memcpy(numbers + column, number, (size_t)length);
        end = column + length;
    }
    numbers[end] = '\0';
    fprintf(picture->out, "  %*s  %s\n  %*s  %s\n", picture->names, "", marks, picture->names, "",
            numbers);
}

/* ---- Below the picture ----------------------------------------------------------------------- */

static void print_legend(const struct picture *picture)
{
    static const enum sign order[] = {(enum sign)TASK_RUNS, SIGN_MOMENT, (enum sign)TASK_READY,
                                      (enum sign)TASK_WAITS, (enum sign)TASK_BLOCKED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (picture->seen[order[i]])
            fprintf(picture->out, "  %c  %s\n", signs[order[i]].mark, signs[order[i]].words);
}

static int compare_waits(const void *one, const void *other)
{
    const struct trace_wait *a = *(const struct trace_wait *const *)one,
                            *b = *(const struct trace_wait *const *)other;
    if (a->ns != b->ns)
        return a->ns > b->ns ? -1 : 1;
    return strcmp(a->at, b->at);
}

/* A line, cut where the screen ends. */
static void print_wait(const struct picture *picture, const struct trace_wait *wait)
{
    static const int time_columns = 2 + 10 + 2;
    char *times =
        wait->count > 1 ? string_format(", %lld times", (long long)wait->count) : string_copy("");
    char *rest = string_format("%s%s%s%s, %s%s", wait->what, *wait->object ? " `" : "",
                               wait->object, *wait->object ? "`" : "", wait->at, times);
    fputs("  ", picture->out);
    show_time(picture->out, wait->ns * 1000);
    fprintf(picture->out, "  %.*s\n", picture->names + 4 + picture->columns - time_columns, rest);
    free(rest);
    free(times);
}

static void print_waits(const struct picture *picture)
{
    const struct trace *trace = picture->trace;
    const struct trace_wait **waits = memory_new((trace->waits_count + 1) * sizeof *waits);
    for (size_t i = 0; i < trace->waits_count; i++)
        waits[i] = &trace->waits[i];
    qsort(waits, trace->waits_count, sizeof *waits, compare_waits);
    for (size_t i = 0; i < trace->waits_count && i < WAITS_MOST && waits[i]->ns > 0; i++) {
        if (i == 0)
            fputs("\n  All tasks together waited longest for:\n", picture->out);
        print_wait(picture, waits[i]);
    }
    free(waits);
}

/* Where the time of all procs went, in shares that can be seen. */
static void print_account(const struct picture *picture)
{
    const struct trace *trace = picture->trace;
    double total = (double)trace->procs * (double)trace->end_ns;
    int columns = picture->names + 4 + picture->columns - 21; /* the figures take the others */
    fprintf(picture->out, "\n  The time of all procs went to:\n");
    for (int i = 0; i < ACCOUNTS_COUNT; i++) {
        double share = total > 0 ? (double)trace->account_ns[i] / total : 0;
        if (share < 0.0005)
            continue;
        fputs("  ", picture->out);
        show_time(picture->out, trace->account_ns[i] * 1000);
        fprintf(picture->out, " %5.1f%%  %.*s\n", 100 * share, columns,
                account_words((enum account)i));
    }
}

/* The longest name of a row. */
static int name_columns(const struct trace *trace)
{
    int longest = (int)strlen("proc 10");
    for (size_t i = 0; i < trace->tasks_count && i < TASKS_MOST; i++) {
        char *name = name_of(&trace->tasks[i]);
        int length = (int)strlen(name);
        longest = length > longest ? length : longest;
        free(name);
    }
    return longest;
}

void draw_trace(const struct trace *trace, int columns, bool coloured, FILE *out)
{
    struct picture picture = {
        .trace = trace, .out = out, .coloured = coloured, .names = name_columns(trace)};
    int room = columns - 4 - picture.names;
    picture.columns = room < PLOT_LEAST ? PLOT_LEAST : room > PLOT_MOST ? PLOT_MOST : room;

    for (int proc = 0; proc < trace->procs; proc++)
        draw_proc(&picture, proc);
    draw_axis(&picture);
    for (size_t i = 0; i < trace->tasks_count && i < TASKS_MOST; i++)
        draw_task(&picture, &trace->tasks[i]);
    if (trace->tasks_count > TASKS_MOST)
        fprintf(out, "  ... and %zu more tasks\n", trace->tasks_count - TASKS_MOST);
    fputc('\n', out);
    print_legend(&picture);
    print_waits(&picture);
    if (trace->accounted)
        print_account(&picture);
    if (trace->dropped > 0)
        fprintf(out, "\n  %lld events are missing: there were too many.\n",
                (long long)trace->dropped);
}
