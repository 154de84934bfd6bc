/* show_curve.c - draws a speedup curve:
 *
 *   procs       time  speedup   what the procs did
 *       1     115 ms     1.00   ########################################
 *       2    57.9 ms     1.99   ########################################
 *       8    14.8 ms     7.77   #######################################.
 *      64    2.84 ms    40.82   ##########################+:::::::......
 *
 * Each bar is all the time of all procs; a state has a share of its 40 columns. */
#include "show_curve.h"

#define BAR_WIDTH 40

/* How each state is drawn, and called in the legend. */
static const struct {
    char mark;
    const char *words;
} looks[RT__STATES_COUNT] = {
    [RT__USER] = {'#', "computes"},
    [RT__SCHEDULER] = {'+', "switches, spawns, wakes up"},
    [RT__SEARCH] = {'s', "looks for work, or spins"},
    [RT__BLOCKED] = {'b', "is blocked by sleep() or its like"},
    [RT__IDLE_LATENCY] = {':', "idle, though tasks are ready"},
    [RT__IDLE_LOCK] = {'L', "idle: tasks wait for locks or room"},
    [RT__IDLE_WAIT] = {'w', "idle: tasks sleep or wait for I/O"},
    [RT__IDLE_LITTLE] = {'.', "idle: too little to do at once"},
};

void show_time(FILE *out, int64_t ps)
{
    static const struct {
        double ps;
        const char *name;
    } units[] = {{1e12, "s"}, {1e9, "ms"}, {1e6, "us"}, {1e3, "ns"}};
    size_t unit = 0;
    while (unit < 3 && (double)ps < units[unit].ps)
        unit++;
    double value = (double)ps / units[unit].ps;
    fprintf(out, "%7.*f %-2s", value < 10 ? 2 : value < 100 ? 1 : 0, value, units[unit].name);
}

/* The ends of states are rounded, not their lengths: so the bar has its full width whatever the
 * shares. */
static void print_bar(FILE *out, const struct simulated_run *run, bool *seen)
{
    double total = (double)run->time_ps * run->procs, sum = 0;
    int column = 0;
    for (int state = 0; state < RT__STATES_COUNT && total > 0; state++) {
        sum += (double)run->spent_ps[state];
        int end = (int)(sum / total * BAR_WIDTH + 0.5);
        seen[state] = seen[state] || column < end;
        while (column < end) {
            fputc(looks[state].mark, out);
            column++;
        }
    }
}

static void print_input(FILE *out, const struct simulation *simulation)
{
    for (size_t i = 0; i < simulation->input->count; i++)
        fprintf(out, "%s %s=%lld", i > 0 ? "," : " with", simulation->input->items[i].name,
                (long long)simulation->input->items[i].value);
}

/* The longest chain is known best where nothing waits for a proc: in the run on most of them. */
static void print_span(FILE *out, const struct simulated_run *widest)
{
    fprintf(out, "\n  work ");
    show_time(out, widest->spent_ps[RT__USER]);
    fprintf(out, ", of which the longest chain, with its waits, takes ");
    show_time(out, widest->span_ps);
    fprintf(out, "\n\n");
}

void show_subject(const struct simulation *simulation, const struct submission *submission,
                  FILE *out)
{
    fprintf(out, "\n%s in virtual time\n%s", simulation->lesson->id, submission->path);
    print_input(out, simulation);
    fputs("\n\n", out);
}

const char *show_state(enum rt__state state)
{
    return looks[state].words;
}

void show_curve(const struct simulation *simulation, const struct submission *submission,
                const struct curve *curve, FILE *out)
{
    bool seen[RT__STATES_COUNT] = {false};
    show_subject(simulation, submission, out);
    fprintf(out, "  procs       time  speedup   what the procs did\n");
    for (size_t i = 0; i < curve->count; i++) {
        fprintf(out, "  %5d ", curve->runs[i].procs);
        show_time(out, curve->runs[i].time_ps);
        fprintf(out, " %8.2f   ", curve_speedup(curve, i));
        print_bar(out, &curve->runs[i], seen);
        fputc('\n', out);
    }
    print_span(out, &curve->runs[curve->count - 1]);
    for (int state = 0; state < RT__STATES_COUNT; state++)
        if (seen[state])
            fprintf(out, "  %c  %s\n", looks[state].mark, looks[state].words);
    fputc('\n', out);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static json_t *json_locks(const struct simulated_run *run)
{
    json_t *locks = json_array();
    for (size_t i = 0; i < run->locks_count; i++) {
        const struct simulated_lock *lock = &run->locks[i];
        json_array_append_new(
            locks, json_pack("{s:s, s:s, s:I, s:I, s:I}", "object", lock->object, "at", lock->place,
                             "held_ps", (json_int_t)lock->held_ps, "taken", (json_int_t)lock->taken,
                             "contended", (json_int_t)lock->contended));
    }
    return locks;
}

json_t *json_spent(const struct simulated_run *run)
{
    json_t *spent = json_object();
    for (int state = 0; state < RT__STATES_COUNT; state++)
        json_object_set_new(spent, simulated_state((enum rt__state)state),
                            json_integer(run->spent_ps[state]));
    return spent;
}

static json_t *json_run(const struct curve *curve, size_t i)
{
    const struct simulated_run *run = &curve->runs[i];
    json_t *object =
        json_pack("{s:i, s:f}", "procs", run->procs, "speedup", curve_speedup(curve, i));
#define SET_FIGURE(name, what) json_object_set_new(object, #name, json_integer(run->name));
    RT__RUN_FIGURES(SET_FIGURE)
#undef SET_FIGURE
    json_object_set_new(object, "spent_ps", json_spent(run));
    json_object_set_new(object, "locks", json_locks(run));
    return object;
}

json_t *json_curve(const struct simulation *simulation, const struct submission *submission,
                   const struct curve *curve)
{
    json_t *runs = json_array(), *input = json_object();
    for (size_t i = 0; i < curve->count; i++)
        json_array_append_new(runs, json_run(curve, i));
    for (size_t i = 0; i < simulation->input->count; i++)
        json_object_set_new(input, simulation->input->items[i].name,
                            json_integer(simulation->input->items[i].value));
    return json_pack("{s:i, s:s, s:{s:s}, s:I, s:o, s:s, s:o}", "schema", 1, "lesson",
                     simulation->lesson->id, "submission", "sha256", submission->sha256, "seed",
                     (json_int_t)simulation->seed, "input", input, "costs",
                     simulation->lesson->costs, "simulated", runs);
}
