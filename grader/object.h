/* object.h - reads an object file as far as its sections and symbols go. */
#ifndef BARISTA_OBJECT_H
#define BARISTA_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

/* A symbol that other files can see. */
struct symbol {
    const char *name; /* borrowed from the file's bytes */
    bool defined;     /* here; otherwise it is only used here */
    bool resolver;    /* run by the loader, to find out what the symbol stands for (ifunc) */
};

/* The contents of an object file; a zero value is an empty one. */
struct object {
    char *bytes; /* owned */
    size_t size;
    const char **sections; /* owned list of borrowed names */
    size_t sections_count;
    struct symbol *symbols; /* owned */
    size_t symbols_count;
};

/* Reads a file. Any bytes at all may be in it. Returns false if it can't be read or is no object
 * file of this machine; then *why says so (a literal). The caller releases it either way. */
bool object_read(const char *path, struct object *object, const char **why);

/* The same for bytes in memory, which become the object's. */
bool object_parse(char *bytes, size_t size, struct object *object, const char **why);

void object_release(struct object *object);

/* Calls `take` for each object in an archive (lib*.a). False if it can't be read as one. */
bool archive_read(const char *path, void (*take)(const struct object *object, void *context),
                  void *context);

#endif
