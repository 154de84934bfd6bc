/* view.c - makes views, and says them in the words of bubblewrap and of our stub. */
#include "view.h"

#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inside/protocol.h"

void view_add(struct view *view, enum view_access access, const char *path)
{
    char folder[PATH_MAX] = "";

    if (*path != '/' && !getcwd(folder, sizeof folder))
        return;
    char *absolute = *path == '/' ? string_copy(path) : string_format("%s/%s", folder, path);
    struct stat status;
    if (lstat(absolute, &status) < 0) {
        free(absolute);
        return;
    }
    view->items = memory_resize(view->items, (view->count + 1) * sizeof *view->items);
    view->items[view->count++] = (struct view_item){absolute, access};
}

void view_release(struct view *view)
{
    for (size_t i = 0; i < view->count; i++)
        free(view->items[i].path);
    free(view->items);
    *view = (struct view){0};
}

/* ---- What every program needs ---------------------------------------------------------------- */

static void add_all(struct view *view, enum view_access access, const char *const *paths)
{
    for (; *paths; paths++)
        view_add(view, access, *paths);
}

static void add_matches(struct view *view, enum view_access access, const char *pattern)
{
    glob_t found;

    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            view_add(view, access, found.gl_pathv[i]);
        globfree(&found);
    }
}

void view_add_libraries(struct view *view)
{
    static const char *const folders[] = {
        "/usr/lib", "/usr/lib32",       "/usr/lib64", "/usr/local/lib", "/lib", "/lib32",
        "/lib64",   "/etc/ld.so.cache", NULL};

    add_all(view, VIEW_READ, folders);
    /* The loader of the C library: to start a program is to start this. */
    add_matches(view, VIEW_EXECUTE, "/lib*/ld-linux*.so.*");
    add_matches(view, VIEW_EXECUTE, "/lib/ld-musl-*.so.1");
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

char *program_path(const char *name)
{
    const char *path = getenv("PATH");

    if (strchr(name, '/'))
        return access(name, X_OK) == 0 ? string_copy(name) : NULL;
    char *folders = string_copy(path ? path : "/usr/local/bin:/usr/bin:/bin"), *rest, *found = NULL;
    for (char *folder = strtok_r(folders, ":", &rest); folder && !found;
         folder = strtok_r(NULL, ":", &rest)) {
        found = string_format("%s/%s", folder, name);
        if (access(found, X_OK) < 0) {
            free(found);
            found = NULL;
        }
    }
    free(folders);
    return found;
}

/* Adds the folder that `path` is in; or, of a compiler that was installed as bin/, lib/ and so on
 * below a folder of its own, that one. */
static void add_installation(struct view *view, const char *path)
{
    const char *home = getenv("HOME");
    char *folder = string_copy(path), *slash = strrchr(folder, '/');

    *slash = '\0';
    view_add(view, VIEW_EXECUTE, *folder ? folder : "/");
    slash = strrchr(folder, '/');
    if (slash && slash > folder && strcmp(slash, "/bin") == 0) {
        *slash = '\0';
        char *library = string_format("%s/lib", folder);
        if (folder_exists(library) && !(home && strcmp(home, folder) == 0))
            view_add(view, VIEW_EXECUTE, folder);
        free(library);
    }
    free(folder);
}

void view_add_toolchain(struct view *view, const char *compiler)
{
    static const char *const folders[] = {"/usr",
                                          "/bin",
                                          "/sbin",
                                          "/lib",
                                          "/lib32",
                                          "/lib64",
                                          "/etc/alternatives",
                                          "/etc/ld.so.cache",
                                          NULL};
    char *path = program_path(compiler);
    char *real = path ? realpath(path, NULL) : NULL;

    add_all(view, VIEW_EXECUTE, folders);
    if (real && !is_below(real, "/usr") && !is_below(real, "/bin")) {
        add_installation(view, path);
        add_installation(view, real);
    }
    free(real);
    free(path);
}

/* ---- In other words -------------------------------------------------------------------------- */

static void add_word(struct strings *command, const char *word)
{
    strings_add(command, word);
}

/* Whether a mount that was made before has this folder in it. */
static bool is_mounted(const struct view *view, size_t before, const char *folder)
{
    for (size_t i = 0; i < before; i++)
        if (is_below(folder, view->items[i].path))
            return true;
    return false;
}

/* Makes the folders above a path. Those that bubblewrap makes by itself can be entered by root
 * only. */
static void add_parents(const struct view *view, size_t item, struct strings *command)
{
    char *path = string_copy(view->items[item].path);

    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (!is_mounted(view, item, path)) {
            add_word(command, "--dir");
            add_word(command, path);
        }
        *slash = '/';
    }
    free(path);
}

/* Many systems have /lib as a link into /usr: then so has the sandbox. */
static bool add_link(const char *path, struct strings *command)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target - 1);

    if (length < 0 || strchr(path + 1, '/'))
        return false;
    target[length] = '\0';
    add_word(command, "--symlink");
    add_word(command, target);
    add_word(command, path);
    return true;
}

void view_add_mounts(const struct view *view, struct strings *command)
{
    for (size_t i = 0; i < view->count; i++) {
        const struct view_item *item = &view->items[i];

        if (is_mounted(view, i, item->path) && item->access != VIEW_WRITE)
            continue;
        add_parents(view, i, command);
        if (add_link(item->path, command))
            continue;
        add_word(command, item->access == VIEW_WRITE ? "--bind" : "--ro-bind");
        add_word(command, item->path);
        add_word(command, item->path);
    }
}

void view_add_grants(const struct view *view, struct strings *command)
{
    static const char *const options[] = {
        [VIEW_READ] = INSIDE_READ, [VIEW_EXECUTE] = INSIDE_EXECUTE, [VIEW_WRITE] = INSIDE_WRITE};

    for (size_t i = 0; i < view->count; i++) {
        char *word = string_format("%s%s", options[view->items[i].access], view->items[i].path);
        add_word(command, word);
        free(word);
    }
}
