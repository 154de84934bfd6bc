/* page.c - fills in the page (page/page.html): its style, its script, and the data that the script
 * draws.
 *
 * The data are JSON inside of a script element. What comes from a run could be made to look like
 * the end of that element, or like markup: so no `<`, `>` or `&` gets in there as it is. The page's
 * own policy forbids it to load anything at all. */
#include "page.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "page_parts.h"
#include "show_curve.h"
#include "text.h"

/* ---- Data ------------------------------------------------------------------------------------ */

static json_t *json_stretch(const struct trace_stretch *stretch)
{
    json_int_t detail = stretch->activity == TASK_RUNS    ? stretch->proc
                        : stretch->activity == TASK_READY ? 0
                                                          : (json_int_t)stretch->wait;
    return json_pack("[I, I, i, I]", (json_int_t)stretch->from_ns, (json_int_t)stretch->to_ns,
                     (int)stretch->activity, detail);
}

static json_t *json_tasks(const struct trace *trace)
{
    json_t *tasks = json_array();
    for (size_t i = 0; i < trace->tasks_count; i++) {
        const struct traced_task *task = &trace->tasks[i];
        json_t *stretches = json_array();
        for (size_t j = 0; j < task->count; j++)
            json_array_append_new(stretches, json_stretch(&task->stretches[j]));
        json_array_append_new(tasks, json_pack("{s:I, s:s, s:o}", "id", (json_int_t)task->id,
                                               "name", task->name, "stretches", stretches));
    }
    return tasks;
}

static json_t *json_waits(const struct trace *trace)
{
    json_t *waits = json_array();
    for (size_t i = 0; i < trace->waits_count; i++) {
        const struct trace_wait *wait = &trace->waits[i];
        json_array_append_new(waits,
                              json_pack("{s:s, s:s, s:s, s:I, s:I}", "what", wait->what, "object",
                                        wait->object, "at", wait->at, "ns", (json_int_t)wait->ns,
                                        "count", (json_int_t)wait->count));
    }
    return waits;
}

/* Where the time of a real run's procs went, as if that were a curve of one run. */
static json_t *json_account(const struct trace *trace)
{
    json_t *spent = json_array();
    for (int i = 0; i < ACCOUNTS_COUNT; i++)
        json_array_append_new(spent, json_integer(trace->account_ns[i] * 1000));
    return json_pack("[{s:i, s:I, s:o}]", "procs", trace->procs, "time_ps",
                     (json_int_t)(trace->end_ns * 1000), "spent_ps", spent);
}

static json_t *json_runs(const struct curve *curve)
{
    json_t *runs = json_array();
    for (size_t i = 0; curve && i < curve->count; i++) {
        const struct simulated_run *run = &curve->runs[i];
        json_t *spent = json_array();
        for (int state = 0; state < RT__STATES_COUNT; state++)
            json_array_append_new(spent, json_integer(run->spent_ps[state]));
        json_array_append_new(runs, json_pack("{s:i, s:I, s:f, s:o}", "procs", run->procs,
                                              "time_ps", (json_int_t)run->time_ps, "speedup",
                                              curve_speedup(curve, i), "spent_ps", spent));
    }
    return runs;
}

static json_t *json_page(const struct page *page)
{
    json_t *activities = json_array(), *states = json_array();
    for (int i = 0; i < ACTIVITIES_COUNT; i++)
        json_array_append_new(activities, json_pack("{s:s, s:s}", "code", activity_code(i), "words",
                                                    activity_words(i)));
    bool real = page->trace->accounted;
    for (int i = 0; i < (real ? (int)ACCOUNTS_COUNT : (int)RT__STATES_COUNT); i++)
        json_array_append_new(states, json_string(real ? account_words(i) : show_state(i)));
    return json_pack("{s:s, s:i, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:s?}", "subject",
                     page->subject, "procs", page->trace->procs, "end_ns",
                     (json_int_t)page->trace->end_ns, "dropped", (json_int_t)page->trace->dropped,
                     "activities", activities, "states", states, "tasks", json_tasks(page->trace),
                     "waits", json_waits(page->trace), "curve", json_runs(page->curve), "spent",
                     real ? json_account(page->trace) : json_runs(page->curve), "why", page->why);
}

/* ---- Text ------------------------------------------------------------------------------------ */

/* Writes a text in which each character of `special` is replaced by its own text. */
static void write_escaped(FILE *out, const char *text, const char *special,
                          const char *const *replacements)
{
    for (; *text; text++) {
        const char *found = strchr(special, *text);
        if (found)
            fputs(replacements[found - special], out);
        else
            fputc(*text, out);
    }
}

static void write_data(FILE *out, const struct page *page)
{
    static const char *const replacements[] = {"\\u003c", "\\u003e", "\\u0026"};
    json_t *json = json_page(page);
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    if (!text)
        memory_exhausted(); /* all strings have been made printable, so there is no other reason */
    write_escaped(out, text, "<>&", replacements);
    free(text);
    json_decref(json);
}

static void write_title(FILE *out, const struct page *page)
{
    static const char *const replacements[] = {"&lt;", "&gt;", "&amp;", "&quot;"};
    write_escaped(out, page->title, "<>&\"", replacements);
}

/* Fills in what stands between @ signs. */
static void write_page(FILE *out, const struct page *page)
{
    const char *rest = page_html;
    for (const char *at; (at = strchr(rest, '@')) != NULL;) {
        fwrite(rest, 1, (size_t)(at - rest), out);
        size_t length = strcspn(at + 1, "@");
        if (strncmp(at, "@TITLE", 6) == 0)
            write_title(out, page);
        else if (strncmp(at, "@STYLE", 6) == 0)
            fputs(page_css, out);
        else if (strncmp(at, "@SCRIPT", 7) == 0)
            fputs(page_js, out);
        else
            write_data(out, page);
        rest = at + length + 2;
    }
    fputs(rest, out);
}

char *page_text(const struct page *page)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        memory_exhausted();
    write_page(out, page);
    if (fclose(out) != 0)
        memory_exhausted();
    return text;
}

bool page_write(const struct page *page, const char *path)
{
    char *text = page_text(page);
    bool ok = file_write(path, text);
    int saved_errno = errno;
    free(text);
    errno = saved_errno;
    return ok;
}
