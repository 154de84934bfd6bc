/* timeline.c - the recorder and drawer behind timeline.h.
 *
 * Recording must not disturb what it records, so a row is a plain growing array of moments that
 * only its own task appends to: no lock, no shared counter, one clock reading a call. All the
 * thinking happens when it is drawn.
 *
 * Drawing turns a row into columns. Each stretch between two moments adds its length to the columns
 * that it covers, state by state; a column then shows the state that matters most in it. Running
 * wins over waiting even when it was short: a task that prints a word runs for some microseconds,
 * which is less than any column and yet what the reader looks for.
 *
 * Invariants: the moments of a row never go back in time; the last stretch of a row lasts until the
 * end of the timeline unless the row has ended. */
#include "timeline.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "rt.h"

enum state { ABSENT, RUNNING, WAITING, BLOCKED, READY, STATES };

struct moment {
    int64_t at_ns; /* since the timeline was made */
    enum state state;
    const char *what; /* WAITING, BLOCKED: for what; or NULL */
};

struct mark {
    int64_t at_ns;
    char letter;
};

struct timeline_row {
    const struct timeline *timeline;
    char *name;
    struct moment *moments;
    size_t moments_count, moments_room;
    struct mark *marks;
    size_t marks_count, marks_room;
    int64_t seen_running_ns; /* the last time that the task said that it runs */
};

struct timeline {
    char *title;
    int64_t start_ns;
    _Atomic(int) rows_count; /* relaxed: whoever draws has waited for the tasks that add rows */
    struct timeline_row rows[TIMELINE_ROWS_MAX];
};

/* The widest plot; a terminal may be wider, but nobody reads across so far. */
#define COLUMNS_MAX 200
/* The narrowest plot in which anything can be seen. */
#define COLUMNS_MIN 20
/* A longer name of a row is cut. */
#define NAME_MAX_COLUMNS 20

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "timeline: %s\n", why);
    exit(1);
}

/* ---- Recording ------------------------------------------------------------------------------- */

static char *format_text(const char *format, va_list arguments)
{
    char *text;
    if (vasprintf(&text, format, arguments) < 0)
        give_up("out of memory");
    return text;
}

struct timeline *timeline_new(const char *title, ...)
{
    struct timeline *timeline = calloc(1, sizeof *timeline);
    if (timeline == NULL)
        give_up("out of memory");
    va_list arguments;
    va_start(arguments, title);
    timeline->title = format_text(title, arguments);
    va_end(arguments);
    timeline_start(timeline);
    return timeline;
}

void timeline_start(struct timeline *timeline)
{
    timeline->start_ns = rt_now();
}

void timeline_free(struct timeline *timeline)
{
    if (timeline == NULL)
        return;
    int count = atomic_load_explicit(&timeline->rows_count, memory_order_relaxed);
    for (int i = 0; i < count; i++) {
        free(timeline->rows[i].name);
        free(timeline->rows[i].moments);
        free(timeline->rows[i].marks);
    }
    free(timeline->title);
    free(timeline);
}

struct timeline_row *timeline_row(struct timeline *timeline, const char *name, ...)
{
    int index = atomic_fetch_add_explicit(&timeline->rows_count, 1, memory_order_relaxed);
    if (index >= TIMELINE_ROWS_MAX)
        give_up("more rows than TIMELINE_ROWS_MAX");
    struct timeline_row *row = &timeline->rows[index];
    row->timeline = timeline;
    va_list arguments;
    va_start(arguments, name);
    row->name = format_text(name, arguments);
    va_end(arguments);
    return row;
}

/* Makes room for one more element in an array that doubles when it is full. */
static void *with_room(void *array, size_t count, size_t *room, size_t element_bytes)
{
    if (count < *room)
        return array;
    *room = *room == 0 ? 16 : *room * 2;
    array = realloc(array, *room * element_bytes);
    if (array == NULL)
        give_up("out of memory");
    return array;
}

static int64_t since_start_ns(const struct timeline_row *row)
{
    return rt_now() - row->timeline->start_ns;
}

static void add_moment(struct timeline_row *row, int64_t at_ns, enum state state, const char *what)
{
    row->moments =
        with_room(row->moments, row->moments_count, &row->moments_room, sizeof *row->moments);
    row->moments[row->moments_count++] = (struct moment){at_ns, state, what};
}

void timeline_run(struct timeline_row *row)
{
    row->seen_running_ns = since_start_ns(row);
    add_moment(row, row->seen_running_ns, RUNNING, NULL);
}

void timeline_wait(struct timeline_row *row, const char *what)
{
    add_moment(row, since_start_ns(row), WAITING, what);
}

void timeline_block(struct timeline_row *row, const char *what)
{
    add_moment(row, since_start_ns(row), BLOCKED, what);
}

void timeline_ready(struct timeline_row *row)
{
    add_moment(row, since_start_ns(row), READY, NULL);
}

void timeline_end(struct timeline_row *row)
{
    add_moment(row, since_start_ns(row), ABSENT, NULL);
}

void timeline_tick(struct timeline_row *row)
{
    int64_t now_ns = since_start_ns(row);
    if (now_ns - row->seen_running_ns > TIMELINE_GAP_NS) {
        add_moment(row, row->seen_running_ns, READY, NULL);
        add_moment(row, now_ns, RUNNING, NULL);
    }
    row->seen_running_ns = now_ns;
}

void timeline_mark(struct timeline_row *row, char letter)
{
    row->marks = with_room(row->marks, row->marks_count, &row->marks_room, sizeof *row->marks);
    row->marks[row->marks_count++] = (struct mark){since_start_ns(row), letter};
}

/* ---- Reading what was recorded --------------------------------------------------------------- */

static int rows_of(const struct timeline *timeline)
{
    return atomic_load_explicit(&timeline->rows_count, memory_order_relaxed);
}

int64_t timeline_span_ns(const struct timeline *timeline)
{
    int64_t span_ns = 0;
    for (int i = 0; i < rows_of(timeline); i++) {
        const struct timeline_row *row = &timeline->rows[i];
        if (row->moments_count > 0 && row->moments[row->moments_count - 1].at_ns > span_ns)
            span_ns = row->moments[row->moments_count - 1].at_ns;
        if (row->marks_count > 0 && row->marks[row->marks_count - 1].at_ns > span_ns)
            span_ns = row->marks[row->marks_count - 1].at_ns;
    }
    return span_ns;
}

/* When the stretch that begins with moment `i` is over. */
static int64_t stretch_end_ns(const struct timeline_row *row, size_t i, int64_t span_ns)
{
    return i + 1 < row->moments_count ? row->moments[i + 1].at_ns : span_ns;
}

/* ---- Drawing --------------------------------------------------------------------------------- */

/* How time maps to columns. Column c covers the time from c * span_ns / columns on. */
struct scale {
    int columns;
    int64_t span_ns;
};

static int column_at(const struct scale *scale, int64_t at_ns)
{
    int64_t column = at_ns * scale->columns / scale->span_ns;
    return column < scale->columns ? (int)column : scale->columns - 1;
}

static int64_t column_start_ns(const struct scale *scale, int column)
{
    return column * scale->span_ns / scale->columns;
}

static int terminal_width(FILE *out)
{
    const char *wanted = getenv("COLUMNS");
    if (wanted != NULL && atoi(wanted) > 0)
        return atoi(wanted);
    struct winsize size;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* Adds one stretch to the columns that it covers: time_ns[column][state]. */
static void add_stretch(const struct scale *scale, int64_t from_ns, int64_t to_ns, enum state state,
                        int64_t time_ns[][STATES])
{
    for (int c = column_at(scale, from_ns); c <= column_at(scale, to_ns); c++) {
        int64_t start_ns = column_start_ns(scale, c), end_ns = column_start_ns(scale, c + 1);
        int64_t covered_ns =
            (to_ns < end_ns ? to_ns : end_ns) - (from_ns > start_ns ? from_ns : start_ns);
        if (covered_ns > 0)
            time_ns[c][state] += covered_ns;
    }
}

/* The sign for a column that the row spent like this. */
static char sign_of(const int64_t time_ns[STATES], int64_t column_ns)
{
    static const char signs[STATES] = {' ', '#', '.', '-', ':'};
    if (time_ns[RUNNING] > 0)
        return time_ns[RUNNING] * 2 >= column_ns ? '#' : '|';
    enum state longest = ABSENT;
    for (enum state state = WAITING; state < STATES; state++)
        if (time_ns[state] > time_ns[longest])
            longest = state;
    return signs[longest];
}

/* Writes what a task waited for into the dots or dashes of that wait, if they have room for it and
 * for one more on either side. */
static void write_label(const struct scale *scale, int64_t from_ns, int64_t to_ns, const char *what,
                        char *line)
{
    int first = column_at(scale, from_ns), last = column_at(scale, to_ns);
    while (first <= last && strchr(".-", line[first]) == NULL)
        first++;
    int room = 0;
    while (first + room <= last && line[first + room] == line[first])
        room++;
    int length = (int)strlen(what);
    if (length + 2 > room)
        return;
    int lead = length + 3 <= room ? 2 : 1;
    memcpy(line + first + lead, what, (size_t)length);
}

static void draw_row(const struct timeline_row *row, const struct scale *scale, int64_t own_span_ns,
                     char *line)
{
    int64_t time_ns[COLUMNS_MAX][STATES] = {{0}};
    for (size_t i = 0; i < row->moments_count; i++)
        add_stretch(scale, row->moments[i].at_ns, stretch_end_ns(row, i, own_span_ns),
                    row->moments[i].state, time_ns);
    for (int c = 0; c < scale->columns; c++)
        line[c] = sign_of(time_ns[c], column_start_ns(scale, c + 1) - column_start_ns(scale, c));
    for (size_t i = 0; i < row->marks_count; i++)
        line[column_at(scale, row->marks[i].at_ns)] = row->marks[i].letter;
    for (size_t i = 0; i < row->moments_count; i++)
        if (row->moments[i].what != NULL)
            write_label(scale, row->moments[i].at_ns, stretch_end_ns(row, i, own_span_ns),
                        row->moments[i].what, line);
    line[scale->columns] = '\0';
    for (int c = scale->columns - 1; c >= 0 && line[c] == ' '; c--)
        line[c] = '\0';
}

struct unit {
    const char *name;
    int64_t ns;
};

/* The unit in which a time has one to four digits. */
static struct unit unit_for(int64_t span_ns)
{
    if (span_ns >= 10 * RT_SECOND)
        return (struct unit){"s", RT_SECOND};
    if (span_ns >= 5 * RT_MS)
        return (struct unit){"ms", RT_MS};
    return (struct unit){"us", RT_US};
}

/* The unit of the totals, which have one decimal: milliseconds, unless they would say next to
 * nothing. */
static struct unit unit_of_totals(int64_t span_ns)
{
    return span_ns < RT_MS ? (struct unit){"us", RT_US} : (struct unit){"ms", RT_MS};
}

/* The distance of the axis' marks: the first of 1, 2, 5, 10, 20, ... units that leaves room for a
 * number between them. */
static int64_t axis_step_ns(const struct scale *scale, struct unit unit)
{
    static const int factors[] = {1, 2, 5};
    for (int64_t power = 1;; power *= 10)
        for (int i = 0; i < 3; i++) {
            int64_t step_ns = factors[i] * power * unit.ns;
            if (step_ns >= scale->span_ns || step_ns * scale->columns / scale->span_ns >= 9)
                return step_ns;
        }
}

static void draw_axis(const struct scale *scale, int indent, FILE *out)
{
    char marks[COLUMNS_MAX + 1], numbers[COLUMNS_MAX + 32];
    struct unit unit = unit_for(scale->span_ns);
    int64_t step_ns = axis_step_ns(scale, unit);
    memset(marks, '-', (size_t)scale->columns);
    marks[scale->columns] = '\0';
    memset(numbers, ' ', sizeof numbers);
    int end = 0;
    for (int64_t at_ns = 0; at_ns < scale->span_ns; at_ns += step_ns) {
        int column = column_at(scale, at_ns);
        marks[column] = '+';
        char number[32];
        int length = snprintf(number, sizeof number, "%lld%s%s", (long long)(at_ns / unit.ns),
                              at_ns == 0 ? " " : "", at_ns == 0 ? unit.name : "");
        if (column + length > scale->columns)
            break;
        memcpy(numbers + column, number, (size_t)length);
        end = column + length;
    }
    numbers[end] = '\0';
    fprintf(out, "%*s%s\n%*s%s\n", indent, "", marks, indent, "", numbers);
}

/* All rows together: how long tasks were in a state. */
static int64_t total_ns(const struct timeline *timeline, enum state state, int64_t span_ns)
{
    int64_t sum_ns = 0;
    for (int i = 0; i < rows_of(timeline); i++) {
        const struct timeline_row *row = &timeline->rows[i];
        for (size_t k = 0; k < row->moments_count; k++)
            if (row->moments[k].state == state)
                sum_ns += stretch_end_ns(row, k, span_ns) - row->moments[k].at_ns;
    }
    return sum_ns;
}

/* The longest name of a row; `NAME_MAX_COLUMNS` at most. */
static int name_width(const struct timeline *timeline)
{
    int width = 0;
    for (int i = 0; i < rows_of(timeline); i++) {
        int length = (int)strlen(timeline->rows[i].name);
        if (length > width)
            width = length;
    }
    return width < NAME_MAX_COLUMNS ? width : NAME_MAX_COLUMNS;
}

void timeline_draw(const struct timeline *timeline, FILE *out, int64_t span_ns)
{
    int64_t own_span_ns = timeline_span_ns(timeline);
    if (own_span_ns == 0)
        own_span_ns = 1;
    int names = name_width(timeline), indent = 2 + names + 2;
    int columns = terminal_width(out) - indent;
    if (columns < COLUMNS_MIN)
        columns = COLUMNS_MIN;
    if (columns > COLUMNS_MAX)
        columns = COLUMNS_MAX;
    struct scale scale = {columns, span_ns > own_span_ns ? span_ns : own_span_ns};

    int64_t waited_ns = total_ns(timeline, WAITING, own_span_ns);
    int64_t blocked_ns = total_ns(timeline, BLOCKED, own_span_ns);
    int64_t ready_ns = total_ns(timeline, READY, own_span_ns);
    struct unit unit = unit_of_totals(own_span_ns);
    double ns = (double)unit.ns;
    fprintf(out, "%s: %.1f %s\n", timeline->title, (double)own_span_ns / ns, unit.name);
    for (int i = 0; i < rows_of(timeline); i++) {
        char line[COLUMNS_MAX + 1];
        draw_row(&timeline->rows[i], &scale, own_span_ns, line);
        fprintf(out, "  %-*.*s  %s\n", names, names, timeline->rows[i].name, line);
    }
    draw_axis(&scale, indent, out);
    bool blocked = blocked_ns * 10 >= unit.ns, ready = ready_ns * 10 >= unit.ns;
    /* On a busy machine these are large: with all four of them, long words would not fit a line. */
    bool all = waited_ns > 0 && blocked && ready;
    fprintf(out, "  all%s: ran %.1f %s", all ? "" : " rows together",
            (double)total_ns(timeline, RUNNING, own_span_ns) / ns, unit.name);
    if (waited_ns > 0 || !blocked || !ready)
        fprintf(out, ", waited %.1f %s", (double)waited_ns / ns, unit.name);
    if (blocked)
        fprintf(out, ", blocked %.1f %s", (double)blocked_ns / ns, unit.name);
    if (ready)
        fprintf(out, ", %sno proc %.1f %s", all ? "" : "had ", (double)ready_ns / ns, unit.name);
    fprintf(out, "\n");
}
