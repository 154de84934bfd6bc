/* sandbox.c - the layers of a sandbox, and the words that ask for them.
 *
 * From outside to inside:
 *
 *     control group   joined by the child before it executes anything (cell.c)
 *     namespaces      bubblewrap: own processes, network, mounts, IPC, host name
 *     stub            our program barista-inside, the first in the new namespaces (inside/stub.c)
 *     rlimits         set by the process that becomes the program, as is all below
 *     Landlock        no file but those in the view
 *     privileges      none, and root becomes nobody
 *     seccomp         the system calls that honest programs need
 *     program
 *
 * bubblewrap, and not unshare() of our own: it is small, widely read, and the one program that
 * distributions exempt where they keep user namespaces from others. For ordinary users it makes a
 * user namespace; for root it needs none, and with none a process can really become another user.
 * Its --disable-userns is not used, since older versions do not have it: the filter refuses what it
 * would (unshare, clone with namespaces, clone3). */
#include "sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cell.h"
#include "inside/protocol.h"

/* ---- Names ----------------------------------------------------------------------------------- */

char tier_letter(enum tier tier)
{
    return "?ABCD"[tier];
}

enum tier tier_named(const char *text)
{
    if (text[0] >= 'A' && text[0] <= 'D' && text[1] == '\0')
        return (enum tier)(TIER_A + (text[0] - 'A'));
    return TIER_UNKNOWN;
}

const char *layer_name(enum layer layer)
{
    static const char *const names[] = {
#define LAYER_TEXT(name, text, remedy) text,
        LAYERS(LAYER_TEXT)
#undef LAYER_TEXT
    };

    return names[layer];
}

const char *layer_remedy(enum layer layer)
{
    static const char *const remedies[] = {
#define LAYER_REMEDY(name, text, remedy) remedy,
        LAYERS(LAYER_REMEDY)
#undef LAYER_REMEDY
    };

    return remedies[layer];
}

const char *canary_text(enum canary canary)
{
    static const char *const texts[] = {
#define CANARY_TEXT(name, layer, text) text,
        CANARIES(CANARY_TEXT)
#undef CANARY_TEXT
    };

    return texts[canary];
}

/* ---- The command ----------------------------------------------------------------------------- */

static void add_words(struct strings *command, const char *const *words)
{
    for (; *words; words++)
        strings_add(command, *words);
}

/* Has bubblewrap make namespaces in which `view` is all there is, and start the stub. */
static void add_bubblewrap(const struct sandbox *sandbox, const struct view *view,
                           struct strings *command)
{
    static const char *const all[] = {"--unshare-pid",
                                      "--unshare-net",
                                      "--unshare-ipc",
                                      "--unshare-uts",
                                      "--hostname",
                                      "barista",
                                      "--as-pid-1",
                                      "--die-with-parent",
                                      "--cap-drop",
                                      "ALL",
                                      NULL};
    static const char *const user[] = {"--unshare-user", NULL};
    /* For the stub, to become another user; and, for a compiler, to read what belongs to others.
     * The stub gives them up again (inside/privileges.c). */
    static const char *const root[] = {"--cap-add",  "CAP_SETUID", "--cap-add",
                                       "CAP_SETGID", "--cap-add",  "CAP_DAC_READ_SEARCH",
                                       NULL};
    struct view with_stub = {0};

    strings_add(command, sandbox->bubblewrap);
    add_words(command, all);
    add_words(command, geteuid() == 0 ? root : user);
    for (size_t i = 0; i < view->count; i++)
        view_add(&with_stub, view->items[i].access, view->items[i].path);
    view_add(&with_stub, VIEW_EXECUTE, sandbox->inside);
    view_add_mounts(&with_stub, command);
    view_release(&with_stub);
    add_words(command,
              (const char *const[]){"--proc", "/proc", "--dev", "/dev", "--remount-ro", "/", NULL});
    strings_add(command, "--");
}

static void add_landlock(const struct view *view, struct strings *command)
{
    /* Harmless, and expected by libraries. Of /proc, only what is about the program itself. */
    static const char *const always[] = {INSIDE_LANDLOCK,
                                         INSIDE_READ "/proc/self",
                                         INSIDE_WRITE "/dev/null",
                                         INSIDE_READ "/dev/zero",
                                         INSIDE_READ "/dev/full",
                                         INSIDE_READ "/dev/random",
                                         INSIDE_READ "/dev/urandom",
                                         NULL};

    add_words(command, always);
    view_add_grants(view, command);
}

static void add_option(struct strings *command, const char *option, const char *value)
{
    char *word = string_format("%s%s", option, value);

    strings_add(command, word);
    free(word);
}

struct strings sandbox_command(const struct sandbox *sandbox, const struct view *view)
{
    struct strings command = {0};

    if (sandbox->active[LAYER_NAMESPACES])
        add_bubblewrap(sandbox, view, &command);
    strings_add(&command, sandbox->inside);
    strings_add(&command, INSIDE_STUB);
    return command;
}

void sandbox_add_layers(const struct sandbox *sandbox, enum purpose purpose,
                        const struct view *view, const char *directory, struct strings *order)
{
    static const char *const purposes[] = {
#define PURPOSE_NAME(name, text) text,
        PURPOSES(PURPOSE_NAME)
#undef PURPOSE_NAME
    };
    bool drop = sandbox->active[LAYER_NAMESPACES] || sandbox->active[LAYER_LANDLOCK] ||
                sandbox->active[LAYER_SECCOMP];

    if (sandbox->active[LAYER_LANDLOCK])
        add_landlock(view, order);
    if (sandbox->active[LAYER_SECCOMP])
        add_option(order, INSIDE_SECCOMP, purposes[purpose]);
    if (drop)
        strings_add(order,
                    purpose == PURPOSE_COMPILE ? INSIDE_DROP_CAPABILITIES : INSIDE_DROP_USER);
    if (directory && drop)
        add_option(order, INSIDE_DIRECTORY, directory);
}

void sandbox_release(struct sandbox *sandbox)
{
    cells_kill();
    for (int i = 0; i < LAYERS_COUNT; i++)
        free(sandbox->why[i]);
    cgroup_free(&sandbox->cgroup);
    free(sandbox->inside);
    free(sandbox->bubblewrap);
    *sandbox = (struct sandbox){0};
}
