/* sandbox_choose.c - finds the best sandbox that this machine offers, by trying.
 *
 * Whether a layer works is not to be read anywhere: a kernel may have it and a container runtime
 * refuse it, a file that names it may be absent though it is there. So all layers are asked for,
 * and the canaries are started. Something that fails names its layer: a step of the stub, a word of
 * bubblewrap, or a canary that died. That layer is left out, and the next attempt made, until one
 * holds. A layer counts as active only in an attempt in which all of its canaries held; and a layer
 * is left out here, once, before the first submission, and never later: after this, what can't be
 * set up is an error. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "allowance.h"
#include "cell.h"
#include "folder.h"
#include "inside/protocol.h"
#include "process.h"
#include "sandbox.h"

#define SECONDS 20 /* for a canary that hangs; they take a few milliseconds */
#define ADDRESS_BYTES ((uint64_t)16 << 30)

/* Threads of a submission: the runtime's workers, and one for each task that blocks its own. */
#define THREADS_MOST 4096

#define HIDDEN "hidden" /* the file that only the grader may read, in its folder */

static const enum layer layers_of_canaries[] = {
#define CANARY_LAYER(name, layer, text) LAYER_##layer,
    CANARIES(CANARY_LAYER)
#undef CANARY_LAYER
};

/* ---- Where things are ------------------------------------------------------------------------ */

/* barista-inside lies beside the program that we are, or, for a test program, in a folder above. */
static char *find_inside(FILE *errors)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    path[length > 0 ? length : 0] = '\0';
    for (char *slash = strrchr(path, '/'); slash; slash = strrchr(path, '/')) {
        *slash = '\0';
        char *inside = string_format("%s/barista-inside", path);
        if (access(inside, X_OK) == 0)
            return inside;
        free(inside);
    }
    fputs("barista-inside is missing, which belongs beside barista; `make` builds it\n", errors);
    return NULL;
}

const struct sandbox *sandbox_none(void)
{
    static struct sandbox none;

    if (!none.inside) {
        none.tier = TIER_D;
        none.active[LAYER_RLIMITS] = true;
        none.inside = find_inside(stderr);
    }
    return none.inside ? &none : NULL;
}

/* ---- One attempt ----------------------------------------------------------------------------- */

/* What came of it. */
struct attempt {
    bool started;
    char *trouble; /* owned; what was said if it did not start */
};

/* Reads to the end of a pipe. Owned, NUL-terminated. */
static char *read_all(int pipe, size_t most)
{
    char *text = memory_new(most + 1);
    struct pollfd wait = {.fd = pipe, .events = POLLIN};
    ssize_t got = 1;

    for (size_t count = 0; count < most && got > 0; count += got > 0 ? (size_t)got : 0) {
        if (poll(&wait, 1, SECONDS * 1000) <= 0)
            break;
        got = read(pipe, text + count, most - count);
    }
    return text;
}

/* The name of the file that the canaries try to make: the folder's own, which no other grader has. */
static char *new_name(const struct folder *folder)
{
    return string_format("%s-canary", path_base(folder->path));
}

/* Removes what they could make, lest the next ones find it there and take that for a refusal. */
static void remove_new_files(const struct folder *folder)
{
    static const char *const places[] = {CANARY_PLACES};
    char *name = new_name(folder);

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *path = string_format("%s/%s", places[i], name);
        unlink(path);
        free(path);
    }
    free(name);
}

static struct strings canary_words(const struct sandbox *sandbox, const struct folder *folder)
{
    struct strings words = {0};
    char host[256] = "", *name = new_name(folder);

    gethostname(host, sizeof host - 1);
    char *told[] = {
        string_format(CANARY_HIDDEN "%s/" HIDDEN, folder->path),
        string_format(CANARY_NEW "%s", name), string_format(CANARY_HOST "%s", host),
        string_format(CANARY_GROUP "%s", sandbox->cgroup.name ? sandbox->cgroup.name : "")};
    strings_add(&words, sandbox->inside);
    strings_add(&words, INSIDE_CANARIES);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        strings_add(&words, told[i]);
        free(told[i]);
    }
    free(name);
    return words;
}

/* Runs the canaries, which write to the pipe `results`, and fills in which held. */
static void sing(struct sandbox *sandbox, const struct strings *words, int results[2],
                 struct attempt *attempt)
{
    char *environment[] = {CANARY_VARIABLE "=1", NULL};
    struct view view = {0};
    size_t size;
    struct process process;
    char **argv = strings_argv(words);

    view_add_libraries(&view);
    view_add(&view, VIEW_EXECUTE, sandbox->inside);
    struct process_plan plan = {
        .sandbox = sandbox,
        .purpose = PURPOSE_RUN,
        .view = &view,
        .directory = "/",
        .argv = argv,
        .environment = environment,
        .descriptors = {-1, -1, -1, -1, results[1]},
        .cpu_s = SECONDS,
        .address_bytes = ADDRESS_BYTES,
    };
    FILE *trouble = open_memstream(&attempt->trouble, &size);
    if (!trouble)
        memory_exhausted();
    attempt->started = process_start(&plan, &process, trouble);
    fclose(trouble);
    close(results[1]);
    if (attempt->started) {
        char *held = read_all(results[0], CANARIES_COUNT);
        for (int i = 0; i < CANARIES_COUNT; i++)
            sandbox->held[i] = held[i] == '1';
        free(held);
        process_end(&process, NULL);
    }
    free(argv);
    view_release(&view);
}

static struct attempt try(struct sandbox *sandbox, const struct folder *folder)
{
    struct attempt attempt = {0};
    int results[2];

    memset(sandbox->held, 0, sizeof sandbox->held);
    if (pipe2(results, O_CLOEXEC) < 0) {
        attempt.trouble = string_format("no pipe: %s", strerror(errno));
        return attempt;
    }
    struct strings words = canary_words(sandbox, folder);
    sing(sandbox, &words, results, &attempt);
    strings_release(&words);
    close(results[0]);
    remove_new_files(folder);
    cells_kill(); /* the next attempt may be the last, and must prove a sandbox of its own making */
    return attempt;
}

/* ---- What an attempt tells ------------------------------------------------------------------- */

static void blame(struct sandbox *sandbox, enum layer layer, char *why)
{
    why[strcspn(why, "\n")] = '\0';
    free(sandbox->why[layer]);
    sandbox->why[layer] = why;
    sandbox->active[layer] = false;
}

/* Finds a layer to blame for a program that did not even start. */
static enum layer layer_that_failed(const struct sandbox *sandbox, const struct attempt *attempt)
{
    static const struct {
        const char *words;
        enum layer layer;
    } steps[] = {{"Landlock", LAYER_LANDLOCK},
                 {"filter its system calls", LAYER_SECCOMP},
                 {"control group", LAYER_CGROUP},
                 {"limit", LAYER_RLIMITS}};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strstr(attempt->trouble, steps[i].words))
            return steps[i].layer;
    return sandbox->active[LAYER_NAMESPACES] ? LAYER_NAMESPACES : LAYER_RLIMITS;
}

/* Whether everything that was asked for is there; leaves out one layer if not. */
static bool judge(struct sandbox *sandbox, const struct attempt *attempt)
{
    if (!attempt->started) {
        enum layer layer = layer_that_failed(sandbox, attempt);
        blame(sandbox, layer, string_copy(attempt->trouble));
        return false;
    }
    for (int i = 0; i < CANARIES_COUNT; i++) {
        enum layer layer = layers_of_canaries[i];
        if (sandbox->active[layer] && !sandbox->held[i]) {
            blame(sandbox, layer,
                  string_format("a program in it could %s", canary_text((enum canary)i)));
            return false;
        }
    }
    return true;
}

static enum tier tier_of(const struct sandbox *sandbox)
{
    const bool *active = sandbox->active;

    if (!active[LAYER_LANDLOCK] || !active[LAYER_SECCOMP] ||
        (sandbox->loopback && !active[LAYER_NAMESPACES])) /* there, sockets lead outside */
        return TIER_D;
    if (!active[LAYER_NAMESPACES])
        return TIER_C;
    return active[LAYER_CGROUP] ? TIER_A : TIER_B;
}

/* ---- The choice ------------------------------------------------------------------------------ */

/* Asks for the layers that the wish allows. */
static void ask_for(const struct sandbox_wish *wish, struct sandbox *sandbox)
{
    enum tier tier = wish->tier == TIER_UNKNOWN ? TIER_A : wish->tier;
    struct cgroup_limits limits = {
        /* The kernel counts more than the grader does: page tables, and the stacks of threads. */
        .memory_bytes = ((uint64_t)wish->memory_mb * 2 + 256) << 20,
        .threads = THREADS_MOST,
    };
    char *why;

    sandbox->active[LAYER_RLIMITS] = true;
    sandbox->active[LAYER_LANDLOCK] = sandbox->active[LAYER_SECCOMP] = tier <= TIER_C;
    sandbox->active[LAYER_NAMESPACES] = tier <= TIER_B;
    sandbox->active[LAYER_CGROUP] = tier == TIER_A;
    for (int i = 0; i < LAYERS_COUNT; i++)
        if (!sandbox->active[i])
            sandbox->why[i] = string_copy("not asked for");
    if (tier <= TIER_B && !(sandbox->bubblewrap = program_path("bwrap")))
        blame(sandbox, LAYER_NAMESPACES, string_copy("bubblewrap (bwrap) is not installed"));
    if (tier == TIER_A && !cgroup_new("", &limits, &sandbox->cgroup, &why))
        blame(sandbox, LAYER_CGROUP, why);
}

/* Makes a file that nobody but the grader may read, in a folder that the next grader removes if
 * this one is killed. */
static void hide_something(const struct folder *folder)
{
    char *path = string_format("%s/" HIDDEN, folder->path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file >= 0)
        close(file);
    free(path);
}

static bool explain_refusal(const struct sandbox_wish *wish, const struct sandbox *sandbox,
                            FILE *errors)
{
    fprintf(errors, "barista: there is no sandbox of tier %c here\n", tier_letter(wish->tier));
    for (int i = 0; i < LAYERS_COUNT; i++)
        if (sandbox->why[i] && !sandbox->active[i])
            fprintf(errors, "barista: %s: %s\n", layer_name((enum layer)i), sandbox->why[i]);
    return false;
}

/* Not even a program without a sandbox could be started. */
static bool explain_nothing(const struct sandbox *sandbox, FILE *errors)
{
    const char *why = sandbox->why[LAYER_RLIMITS];

    fprintf(errors, "barista: nothing can be started here: %s\n", why ? why : "no layer holds");
    if (why && geteuid() == 0 && strstr(why, "drop its privileges"))
        fputs("barista: it is root here, but may not run a submission as another user: run it as "
              "an ordinary user, or give it CAP_SETUID and CAP_SETGID\n",
              errors);
    return false;
}

bool sandbox_choose(const struct sandbox_wish *wish, struct sandbox *sandbox, FILE *errors)
{
    *sandbox = (struct sandbox){.loopback = wish->loopback, .inside = find_inside(errors)};
    if (!sandbox->inside || !allowance_suffices(errors))
        return false;
    struct folder folder = folder_new(errors);
    if (!folder.path)
        return false;
    ask_for(wish, sandbox);
    hide_something(&folder);
    bool holds = false;
    for (int i = 0; i < LAYERS_COUNT && !holds && sandbox->active[LAYER_RLIMITS]; i++) {
        struct attempt attempt = try(sandbox, &folder);
        holds = judge(sandbox, &attempt);
        free(attempt.trouble);
    }
    folder_free(&folder);
    if (!holds)
        return explain_nothing(sandbox, errors);
    if (!sandbox->active[LAYER_CGROUP])
        cgroup_free(&sandbox->cgroup);
    for (int i = 0; i < CANARIES_COUNT; i++)
        sandbox->canaries += sandbox->held[i];
    sandbox->tier = tier_of(sandbox);
    if (sandbox->active[LAYER_LANDLOCK])
        sandbox->landlock_abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1U);
    return wish->tier == TIER_UNKNOWN || wish->tier == sandbox->tier ||
           explain_refusal(wish, sandbox, errors);
}
