/* trace.c - reads traces: first the events, each from its line; then, task by task and in order of
 * time, what lies between them.
 *
 * A task runs in the stretches that the file gives. After one it waits if it parked, until the
 * event that made it ready; from there on, or at once if it yielded or was stopped, it is ready
 * until it runs again. */
#include "trace.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "printable.h"
#include "text.h"

/* RT_MAX_PROCS of the runtime. */
#define PROCS_MOST 256
/* A day, in microseconds: no run that is drawn takes as long, and sums of nanoseconds cannot
 * overflow. */
#define TIME_MOST_US 86400e6
/* Longer texts are cut. */
#define TEXT_BYTES 60
/* More different names, and places to wait at, are not told apart: no source has so many. */
#define NAMES_MOST 4096
#define WAITS_MOST 4096

static const struct {
    const char *words, *code;
} activities[] = {
#define ACTIVITY_TEXTS(name, words, code) {words, code},
    ACTIVITIES(ACTIVITY_TEXTS)
#undef ACTIVITY_TEXTS
};

static const struct {
    const char *name, *words;
} accounts[] = {
#define ACCOUNT_TEXTS(name, words) {#name "_us", words},
    TRACE_ACCOUNT(ACCOUNT_TEXTS)
#undef ACCOUNT_TEXTS
};

const char *account_words(enum account account)
{
    return accounts[account].words;
}

const char *activity_words(enum activity activity)
{
    return activities[activity].words;
}

const char *activity_code(enum activity activity)
{
    return activities[activity].code;
}

/* ---- Events ---------------------------------------------------------------------------------- */

enum event_kind { EVENT_SPAWN, EVENT_READY, EVENT_RAN };
enum ending { THEN_READY, THEN_WAITS, THEN_ENDS };

struct event {
    int64_t task;
    int64_t from_ns, to_ns; /* equal but for EVENT_RAN */
    enum event_kind kind;
    size_t line; /* where it stood: the order of events at one time */
    int proc;
    enum ending ending; /* EVENT_RAN */
    size_t wait;        /* THEN_WAITS */
    const char *name;   /* of the task; owned by the reader's list of them */
};

/* What has been read so far. */
struct reader {
    struct trace *trace;
    struct event *events; /* owned */
    size_t count, room;
    struct strings names; /* each once */
};

/* A time of the file in nanoseconds; -1 if it is none. */
static int64_t time_ns(const json_t *us)
{
    double value = json_number_value(us);
    return json_is_number(us) && value >= 0 && value <= TIME_MOST_US ? llround(value * 1000) : -1;
}

/* One line, however long it was, that does nothing to a terminal. */
static char *clean(const char *text)
{
    size_t length = strlen(text);
    if (length > TEXT_BYTES) {
        length = TEXT_BYTES;
        while (((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    char *safe = printable(text, length);
    for (char *c = safe; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    return safe;
}

static const char *known_name(struct reader *reader, const char *text)
{
    for (size_t i = reader->names.count; i > 0; i--) /* the latest are the likeliest */
        if (strcmp(reader->names.items[i - 1], text) == 0)
            return reader->names.items[i - 1];
    if (reader->names.count < NAMES_MOST)
        strings_add(&reader->names, text);
    return reader->names.items[reader->names.count - 1];
}

/* "task 5 fetch" is called "fetch". */
static const char *task_name(struct reader *reader, const char *text)
{
    const char *space = text ? strchr(text, ' ') : NULL;
    const char *name = space ? strchr(space + 1, ' ') : NULL;
    return known_name(reader, name && name[1] ? name + 1 : "task");
}

/* The index of a wait of the trace; adds it if it is new. False if the arguments name none. */
static bool read_wait(struct trace *trace, const json_t *args, size_t *index)
{
    const char *what, *object, *at;
    int outside;
    if (json_unpack((json_t *)args, "{s:s, s:s, s:s, s:b}", "wait", &what, "object", &object, "at",
                    &at, "outside", &outside) != 0)
        return false;
    char *clean_at = clean(path_base(at)), *clean_object = clean(object);
    for (*index = 0; *index < trace->waits_count; ++*index) {
        const struct trace_wait *wait = &trace->waits[*index];
        if (strcmp(wait->at, clean_at) == 0 && strcmp(wait->what, what) == 0 &&
            strcmp(wait->object, clean_object) == 0)
            break;
    }
    if (*index < trace->waits_count || *index == WAITS_MOST) {
        *index -= *index == WAITS_MOST;
        free(clean_at);
        free(clean_object);
        return true;
    }
    trace->waits = memory_resize(trace->waits, (trace->waits_count + 1) * sizeof *trace->waits);
    trace->waits[trace->waits_count++] = (struct trace_wait){
        .what = clean(what), .object = clean_object, .at = clean_at, .outside = outside != 0};
    return true;
}

static void add_event(struct reader *reader, const struct event *event)
{
    if (reader->count == reader->room) {
        reader->room = reader->room ? 2 * reader->room : 1024;
        reader->events = memory_resize(reader->events, reader->room * sizeof *reader->events);
    }
    reader->events[reader->count] = *event;
    reader->events[reader->count].line = reader->count;
    reader->count++;
}

static bool read_stretch(struct reader *reader, const json_t *object, const json_t *args,
                         struct event *event)
{
    int64_t length_ns = time_ns(json_object_get(object, "dur"));
    const char *then = json_string_value(json_object_get(args, "then"));
    if (length_ns < 0 || !then || event->proc < 0)
        return false;
    event->kind = EVENT_RAN;
    event->to_ns = event->from_ns + length_ns;
    event->name = task_name(reader, json_string_value(json_object_get(object, "name")));
    event->ending = strcmp(then, "ends") == 0                      ? THEN_ENDS
                    : read_wait(reader->trace, args, &event->wait) ? THEN_WAITS
                                                                   : THEN_READY;
    return true;
}

static bool read_instant(struct reader *reader, const json_t *object, const json_t *args,
                         struct event *event)
{
    const char *what = json_string_value(json_object_get(object, "name"));
    if (!what)
        return false;
    event->to_ns = event->from_ns;
    event->kind = strcmp(what, "spawn") == 0 ? EVENT_SPAWN : EVENT_READY;
    event->name = task_name(reader, json_string_value(json_object_get(args, "task")));
    return true;
}

/* One event; false if it is none. Those that tell nothing about tasks are passed over. */
static bool read_event(struct reader *reader, const json_t *object)
{
    const char *phase = json_string_value(json_object_get(object, "ph"));
    const json_t *proc = json_object_get(object, "tid"), *args = json_object_get(object, "args");
    if (!phase || !json_is_integer(proc) || !args)
        return false;
    struct event event = {.proc = (int)json_integer_value(proc),
                          .task = json_integer_value(json_object_get(args, "id")),
                          .from_ns = time_ns(json_object_get(object, "ts"))};
    if (json_integer_value(proc) < -1 || json_integer_value(proc) >= PROCS_MOST)
        return false;
    if (strcmp(phase, "M") == 0) {
        if (event.proc >= reader->trace->procs)
            reader->trace->procs = event.proc + 1;
        return true;
    }
    if (event.task < 1 || event.from_ns < 0)
        return false;
    bool is_stretch = strcmp(phase, "X") == 0;
    const json_t *name = json_object_get(object, "name");
    if (!is_stretch && json_string_value(name) && strcmp(json_string_value(name), "steal") == 0)
        return true;
    if (!(is_stretch ? read_stretch : read_instant)(reader, object, args, &event))
        return false;
    add_event(reader, &event);
    return true;
}

/* Simulated runs have no account here, but a ledger of their own. */
static void read_account(struct trace *trace, const json_t *ledger)
{
    trace->accounted = ledger != NULL;
    for (int i = 0; i < ACCOUNTS_COUNT; i++) {
        trace->account_ns[i] = time_ns(json_object_get(ledger, accounts[i].name));
        trace->accounted = trace->accounted && trace->account_ns[i] >= 0;
    }
}

/* The last line, `],"displayTimeUnit":...}`. */
static bool read_closing(struct trace *trace, char *line)
{
    *line = '{';
    if (line[1] != ',')
        return false;
    line[1] = ' ';
    json_t *object = json_loads(line, 0, NULL);
    const json_t *dropped = json_object_get(object, "droppedEvents");
    trace->end_ns = time_ns(json_object_get(object, "endUs"));
    trace->dropped = json_integer_value(dropped);
    read_account(trace, json_object_get(object, "ledger"));
    json_decref(object);
    return trace->end_ns >= 0;
}

/* The text holds one event on each line, so that the file is never in memory as a whole tree of
 * values. */
static bool read_lines(struct reader *reader, char *text)
{
    static const char opening[] = "{\"traceEvents\":[";
    char *line = strsep(&text, "\n");
    if (strcmp(line, opening) != 0)
        return false;
    while ((line = strsep(&text, "\n")) != NULL) {
        if (*line == ']')
            return read_closing(reader->trace, line);
        size_t length = strlen(line);
        if (length > 0 && line[length - 1] == ',')
            line[length - 1] = '\0';
        json_t *object = json_loads(line, 0, NULL);
        bool ok = object && read_event(reader, object);
        json_decref(object);
        if (!ok && length > 0)
            return false;
    }
    return false; /* it was cut off */
}

/* ---- Tasks ----------------------------------------------------------------------------------- */

/* By task, by time, by the order of the file. */
static int compare_events(const void *one, const void *other)
{
    const struct event *a = one, *b = other;
    if (a->task != b->task)
        return a->task < b->task ? -1 : 1;
    if (a->from_ns != b->from_ns)
        return a->from_ns < b->from_ns ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static void add_stretch(struct trace *trace, struct traced_task *task, struct trace_stretch stretch)
{
    if (stretch.to_ns <= stretch.from_ns && stretch.activity != TASK_RUNS)
        return;
    /* The array is as long as a power of two that holds it. */
    if ((task->count & (task->count - 1)) == 0)
        task->stretches = memory_resize(task->stretches, (task->count ? 2 * task->count : 1) *
                                                             sizeof *task->stretches);
    task->stretches[task->count++] = stretch;
    int64_t ns = stretch.to_ns - stretch.from_ns;
    trace->ns[stretch.activity] += ns;
    if (stretch.activity == TASK_WAITS || stretch.activity == TASK_BLOCKED) {
        trace->waits[stretch.wait].ns += ns;
        trace->waits[stretch.wait].count++;
    }
}

/* What the task did from the end of `last`, or its first event, up to when it runs again or the
 * trace ends. `ready_ns` is when it was made ready; -1: never. */
static void add_between(struct trace *trace, struct traced_task *task, const struct event *last,
                        int64_t from_ns, int64_t ready_ns, int64_t to_ns)
{
    if (last && last->ending == THEN_ENDS)
        return;
    if (last && last->ending == THEN_WAITS) {
        int64_t until_ns = ready_ns >= from_ns ? ready_ns : to_ns;
        bool outside = trace->waits[last->wait].outside;
        add_stretch(trace, task,
                    (struct trace_stretch){.from_ns = from_ns,
                                           .to_ns = until_ns,
                                           .activity = outside ? TASK_WAITS : TASK_BLOCKED,
                                           .wait = last->wait});
        from_ns = until_ns;
    }
    add_stretch(trace, task,
                (struct trace_stretch){.from_ns = from_ns, .to_ns = to_ns, .activity = TASK_READY});
}

/* Makes a task of its events. */
static void add_task(struct trace *trace, const struct event *events, size_t count)
{
    trace->tasks = memory_resize(trace->tasks, (trace->tasks_count + 1) * sizeof *trace->tasks);
    struct traced_task *task = &trace->tasks[trace->tasks_count++];
    *task = (struct traced_task){.id = events[0].task, .name = clean(events[count - 1].name)};
    const struct event *last = NULL;
    int64_t from_ns = events[0].from_ns, ready_ns = -1;
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &events[i];
        if (event->kind == EVENT_READY)
            ready_ns = event->from_ns;
        if (event->kind != EVENT_RAN)
            continue;
        /* Clocks of two CPUs may differ by a little: no task runs before it stopped. */
        int64_t begin_ns = event->from_ns > from_ns ? event->from_ns : from_ns;
        int64_t end_ns = event->to_ns > begin_ns ? event->to_ns : begin_ns;
        add_between(trace, task, last, from_ns, ready_ns, begin_ns);
        add_stretch(
            trace, task,
            (struct trace_stretch){
                .from_ns = begin_ns, .to_ns = end_ns, .activity = TASK_RUNS, .proc = event->proc});
        from_ns = end_ns;
        ready_ns = -1;
        last = event;
        if (end_ns > trace->end_ns)
            trace->end_ns = end_ns;
    }
    if (from_ns < trace->end_ns)
        add_between(trace, task, last, from_ns, ready_ns, trace->end_ns);
}

static void add_tasks(struct reader *reader)
{
    qsort(reader->events, reader->count, sizeof *reader->events, compare_events);
    for (size_t i = 0, next; i < reader->count; i = next) {
        for (next = i + 1;
             next < reader->count && reader->events[next].task == reader->events[i].task;)
            next++;
        add_task(reader->trace, &reader->events[i], next - i);
    }
}

bool trace_read(char *text, struct trace *trace)
{
    *trace = (struct trace){0};
    struct reader reader = {.trace = trace};
    bool ok = read_lines(&reader, text) && trace->procs > 0 && reader.count > 0;
    if (ok)
        add_tasks(&reader);
    else
        trace_release(trace);
    free(reader.events);
    strings_release(&reader.names);
    return ok;
}

void trace_release(struct trace *trace)
{
    for (size_t i = 0; i < trace->tasks_count; i++) {
        free(trace->tasks[i].name);
        free(trace->tasks[i].stretches);
    }
    for (size_t i = 0; i < trace->waits_count; i++) {
        free(trace->waits[i].what);
        free(trace->waits[i].object);
        free(trace->waits[i].at);
    }
    free(trace->tasks);
    free(trace->waits);
    *trace = (struct trace){0};
}
