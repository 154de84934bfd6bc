/* object.c - ELF, as much of it as says what a file defines and what it needs.
 *
 * The file was made by a compiler from a stranger's source, and assembly in that source can put
 * anything into it. So no offset and no index in it is believed: each is compared with the size of
 * the file before it is used, and what is out of bounds makes the whole file no object. Structures
 * are copied out, since nothing in a file need be aligned. */
#include "object.h"

#include <ar.h>
#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

/* This machine's class: what the compiler here makes. */
#if UINTPTR_MAX == UINT64_MAX
#define CLASS ELFCLASS64
typedef Elf64_Ehdr file_header;
typedef Elf64_Shdr section_header;
typedef Elf64_Sym symbol_entry;
#else
#define CLASS ELFCLASS32
typedef Elf32_Ehdr file_header;
typedef Elf32_Shdr section_header;
typedef Elf32_Sym symbol_entry;
#endif

/* More than a compiler makes of a source of 1 MiB. */
#define SYMBOLS_MOST 1000000

/* Copies `count` bytes at `offset`; false if the file does not have them. */
static bool copy_out(const struct object *object, uint64_t offset, void *into, size_t count)
{
    if (offset > object->size || count > object->size - offset)
        return false;
    memcpy(into, object->bytes + offset, count);
    return true;
}

static bool section_at(const struct object *object, const file_header *file, uint64_t index,
                       section_header *section)
{
    return copy_out(object, file->e_shoff + index * sizeof *section, section, sizeof *section);
}

/* A name in a table of names; NULL if it does not end inside of the table. */
static const char *name_at(const struct object *object, const section_header *table,
                           uint64_t offset)
{
    if (table->sh_offset > object->size || table->sh_size > object->size - table->sh_offset ||
        offset >= table->sh_size)
        return NULL;
    const char *name = object->bytes + table->sh_offset + offset;
    return memchr(name, '\0', table->sh_size - offset) ? name : NULL;
}

static bool read_symbol(const struct object *object, const section_header *names,
                        const symbol_entry *entry, struct symbol *symbol)
{
    unsigned type = entry->st_info & 0xf;

    *symbol = (struct symbol){
        .name = name_at(object, names, entry->st_name),
        .defined = entry->st_shndx != SHN_UNDEF,
        .resolver = type == STT_GNU_IFUNC,
    };
    return symbol->name != NULL;
}

/* Adds the symbols of one table that other files can see, and resolvers, which run in any case. */
static bool read_symbols(struct object *object, const file_header *file,
                         const section_header *table)
{
    section_header names;
    size_t count = table->sh_size / sizeof(symbol_entry);

    if (count > SYMBOLS_MOST || !section_at(object, file, table->sh_link, &names))
        return false;
    object->symbols = memory_resize(object->symbols,
                                    (object->symbols_count + count + 1) * sizeof *object->symbols);
    for (size_t i = 1; i < count; i++) { /* the first is empty */
        struct symbol *symbol = &object->symbols[object->symbols_count];
        symbol_entry entry;

        if (!copy_out(object, table->sh_offset + i * sizeof entry, &entry, sizeof entry) ||
            !read_symbol(object, &names, &entry, symbol))
            return false;
        if (entry.st_info >> 4 != STB_LOCAL || symbol->resolver)
            object->symbols_count++;
    }
    return true;
}

static bool read_sections(struct object *object, const file_header *file)
{
    section_header names, section;

    object->sections = memory_new(((size_t)file->e_shnum + 1) * sizeof *object->sections);
    if (!section_at(object, file, file->e_shstrndx, &names))
        return false;
    for (uint64_t i = 1; i < file->e_shnum; i++) { /* the first is empty */
        if (!section_at(object, file, i, &section))
            return false;
        const char *name = name_at(object, &names, section.sh_name);
        if (!name)
            return false;
        object->sections[object->sections_count++] = name;
        if (section.sh_type == SHT_SYMTAB && !read_symbols(object, file, &section))
            return false;
    }
    return true;
}

bool object_parse(char *bytes, size_t size, struct object *object, const char **why)
{
    file_header file;

    *object = (struct object){.bytes = bytes, .size = size};
    *why = "it is no object file";
    if (!copy_out(object, 0, &file, sizeof file) || memcmp(file.e_ident, ELFMAG, SELFMAG) != 0 ||
        file.e_type != ET_REL)
        return false;
    *why = "it is an object file for another machine";
    if (file.e_ident[EI_CLASS] != CLASS || file.e_shentsize != sizeof(section_header))
        return false;
    *why = "it has more sections than any exercise";
    if (file.e_shnum ==
        0) /* then the number, which is too large for this field, stands elsewhere */
        return false;
    *why = "it is damaged";
    return read_sections(object, &file);
}

bool object_read(const char *path, struct object *object, const char **why)
{
    size_t size;
    char *bytes = file_read(path, &size);

    *object = (struct object){0};
    *why = errno == EFBIG ? "it is larger than any exercise" : "it can't be read";
    return bytes && object_parse(bytes, size, object, why);
}

void object_release(struct object *object)
{
    free(object->bytes);
    free(object->sections);
    free(object->symbols);
    *object = (struct object){0};
}

bool archive_read(const char *path, void (*take)(const struct object *object, void *context),
                  void *context)
{
    size_t size, offset = SARMAG;
    char *bytes = file_read(path, &size);
    bool ok = bytes && size >= SARMAG && memcmp(bytes, ARMAG, SARMAG) == 0;
    struct ar_hdr header;

    while (ok && offset + sizeof header <= size) {
        memcpy(&header, bytes + offset, sizeof header);
        offset += sizeof header;
        size_t length = strtoul(header.ar_size, NULL, 10);
        ok = length <= size - offset;
        if (ok && header.ar_name[0] != '/') { /* else the archive's own index */
            struct object object;
            const char *why;
            char *copy = memory_new(length + 1);
            memcpy(copy, bytes + offset, length);
            if (object_parse(copy, length, &object, &why))
                take(&object, context);
            object_release(&object);
        }
        offset += length + length % 2;
    }
    free(bytes);
    return ok;
}
