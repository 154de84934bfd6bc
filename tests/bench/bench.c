/* bench.c - the main program: runs one benchmark once, checks its result and prints one line.
 *
 *     bench NAME PROCS [N]   NAME procs=P n=N ns_per_op=X total_ms=X cpu_ms=X rss_kb=X pte_kb=X ...
 *     bench --list           NAME N of each benchmark that this program can do
 *
 * total_ms and ns_per_op are wall-clock time from just before to just after the benchmark; starting
 * the runtime and its threads is not in it. cpu_ms is what all threads used meanwhile: where it is
 * greater than total_ms * procs something spins beside the procs. rss_kb is the most memory that
 * the process had until then, and pte_kb the page tables that it has just after the benchmark.
 *
 * Exit status: 0; 1 the benchmark failed or returned a wrong result; 2 wrong usage. */
#include "bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTES_MAX 4

struct run {
    const struct bench_definition *definition;
    const struct bench_entry *entry;
    int procs;
    int64_t n;
    int64_t result;
    int64_t wall_ns, cpu_ns;
    int64_t rss_kb, pte_kb;
    int notes;
    struct {
        const char *name;
        double value;
    } note[NOTES_MAX];
};

/* One process runs one benchmark. */
static struct run the_run;

int bench_procs(void)
{
    return the_run.procs;
}

void bench_note(const char *name, double value)
{
    if (the_run.notes == NOTES_MAX) {
        bench_fail("there is room for %d notes only", NOTES_MAX);
    }
    the_run.note[the_run.notes].name = name;
    the_run.note[the_run.notes].value = value;
    the_run.notes++;
}

void bench_fail(const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s: ", the_run.definition != NULL ? the_run.definition->name : "bench");
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

static void measure(void *argument)
{
    struct run *run = argument;
    int64_t start_ns = bench_now_ns();
    int64_t start_cpu_ns = bench_cpu_ns();
    run->result = run->entry->run(run->n);
    run->cpu_ns = bench_cpu_ns() - start_cpu_ns;
    run->wall_ns = bench_now_ns() - start_ns;
    run->rss_kb = bench_status_kb("VmHWM");
    run->pte_kb = bench_status_kb("VmPTE");
}

static void check_result(const struct run *run)
{
    int64_t right = run->definition->result(run->n);
    if (run->result != right) {
        bench_fail("the result is %lld, but must be %lld", (long long)run->result,
                   (long long)right);
    }
}

static void print_line(const struct run *run)
{
    const struct bench_definition *definition = run->definition;
    int64_t operations = definition->operations != NULL ? definition->operations(run->n) : run->n;
    printf("%s procs=%d n=%lld ns_per_op=%.2f total_ms=%.2f cpu_ms=%.2f rss_kb=%lld pte_kb=%lld",
           definition->name, run->procs, (long long)run->n,
           (double)run->wall_ns / (double)operations, (double)run->wall_ns / 1e6,
           (double)run->cpu_ns / 1e6, (long long)run->rss_kb, (long long)run->pte_kb);
    for (int i = 0; i < run->notes; i++) {
        printf(" %s=%.1f", run->note[i].name, run->note[i].value);
    }
    putchar('\n');
}

static const struct bench_entry *find_entry(const char *name)
{
    for (const struct bench_entry *entry = bench_entries; entry->name != NULL; entry++) {
        if (strcmp(entry->name, name) == 0) {
            return entry;
        }
    }
    return NULL;
}

static const struct bench_definition *find_definition(const char *name)
{
    for (const struct bench_definition *found = bench_definitions; found->name != NULL; found++) {
        if (strcmp(found->name, name) == 0) {
            return found;
        }
    }
    return NULL;
}

static void list(void)
{
    for (const struct bench_definition *it = bench_definitions; it->name != NULL; it++) {
        if (find_entry(it->name) != NULL) {
            printf("%s %lld\n", it->name, (long long)it->n);
        }
    }
}

/* A whole number of at least 1, or 0. */
static int64_t parse_count(const char *text)
{
    char *end;
    long long count = strtoll(text, &end, 10);
    return *end == '\0' && count >= 1 && count <= INT64_C(1000000000000) ? count : 0;
}

static _Noreturn void usage(void)
{
    fputs("usage: bench NAME PROCS [N]\n       bench --list\n", stderr);
    exit(2);
}

int main(int argc, char **argv)
{
    struct run *run = &the_run;
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        list();
        return 0;
    }
    if (argc < 3 || argc > 4) {
        usage();
    }
    run->entry = find_entry(argv[1]);
    run->definition = find_definition(argv[1]);
    if (run->entry == NULL || run->definition == NULL) {
        fprintf(stderr, "bench: there is no benchmark %s here; --list names them all\n", argv[1]);
        return 2;
    }
    run->procs = (int)parse_count(argv[2]);
    run->n = argc == 4 ? parse_count(argv[3]) : run->definition->n;
    if (run->procs < 1 || run->n < 1) {
        usage();
    }
    bench_start(run->procs, measure, run);
    check_result(run);
    print_line(run);
    return 0;
}
