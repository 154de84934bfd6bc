/* view.h - what of the file system a program gets to see: a list of paths, and what it may do
 * there.
 *
 * A path is the same inside as outside, so that messages and debug information name what they
 * always name. All else does not exist for the program, or, without namespaces, cannot be
 * opened. */
#ifndef BARISTA_VIEW_H
#define BARISTA_VIEW_H

#include "text.h"

enum view_access { VIEW_READ, VIEW_EXECUTE, VIEW_WRITE };

struct view_item {
    char *path; /* owned; absolute; it exists */
    enum view_access access;
};

/* A zero value is an empty view. */
struct view {
    struct view_item *items;
    size_t count;
};

/* Adds a file, or a folder with all that is in it. A relative path counts from the current folder.
 * What does not exist is left out: then the program will not find it either. */
void view_add(struct view *view, enum view_access access, const char *path);

/* The libraries that every program is linked with, and the loader that starts it. */
void view_add_libraries(struct view *view);

/* Compiler, linker and what they need, with `compiler` as it is named in $CC. */
void view_add_toolchain(struct view *view, const char *compiler);

/* Adds the options that make this view with bubblewrap, and those that make it with Landlock. */
void view_add_mounts(const struct view *view, struct strings *command);
void view_add_grants(const struct view *view, struct strings *command);

void view_release(struct view *view);

/* Where a program is, as a shell finds it in $PATH; owned; NULL if there is none. */
char *program_path(const char *name);

#endif
