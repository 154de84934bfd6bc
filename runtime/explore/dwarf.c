/* dwarf.c - reads the line table and the symbols of the running program.
 *
 * A line table is a program for a small machine (DWARF 5, chapter 6.2): it has registers for an
 * address, a file and a line, and its opcodes advance them and now and then say: from here on, this
 * line. The address looked for belongs to the last such row before it, unless a sequence ended
 * there.
 *
 * The file is the compiler's work and trusted, but never beyond its end: every read goes through a
 * cursor that stops there. */
#include "explore/dwarf.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes {
    const unsigned char *at, *end;
};

static struct bytes file, lines, line_strings, strings, symbols, symbol_names;

/* ---- Cursors --------------------------------------------------------------------------------- */

static uint64_t take(struct bytes *from, size_t bytes)
{
    uint64_t value = 0;
    if ((size_t)(from->end - from->at) < bytes) {
        from->at = from->end;
        return 0;
    }
    memcpy(&value, from->at, bytes);
    from->at += bytes;
    return value;
}

/* LEB128: seven bits a byte, the low ones first. */
static uint64_t take_unsigned(struct bytes *from)
{
    uint64_t value = 0;
    for (int shift = 0; from->at < from->end; shift += 7) {
        unsigned char byte = *from->at++;
        value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        if ((byte & 0x80) == 0) {
            break;
        }
    }
    return value;
}

static int64_t take_signed(struct bytes *from)
{
    uint64_t value = 0;
    for (int shift = 0; from->at < from->end;) {
        unsigned char byte = *from->at++;
        value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
        shift += 7;
        if ((byte & 0x80) == 0) {
            if ((byte & 0x40) != 0 && shift < 64) {
                value |= UINT64_MAX << shift;
            }
            break;
        }
    }
    return (int64_t)value;
}

static const char *take_string(struct bytes *from)
{
    const char *text = (const char *)from->at;
    const void *end = memchr(text, '\0', (size_t)(from->end - from->at));
    if (end == NULL) {
        from->at = from->end;
        return "";
    }
    from->at = (const unsigned char *)end + 1;
    return text;
}

static const char *string_at(struct bytes section, uint64_t offset)
{
    if (offset >= (uint64_t)(section.end - section.at)) {
        return "";
    }
    section.at += offset;
    return take_string(&section);
}

static struct bytes part(struct bytes of, uint64_t offset, uint64_t bytes)
{
    uint64_t room = (uint64_t)(of.end - of.at);
    offset = offset < room ? offset : room;
    bytes = bytes < room - offset ? bytes : room - offset;
    return (struct bytes){of.at + offset, of.at + offset + bytes};
}

/* ---- The file -------------------------------------------------------------------------------- */

static void find_sections(const Elf64_Ehdr *header)
{
    struct bytes table =
        part(file, header->e_shoff, (uint64_t)header->e_shnum * sizeof(Elf64_Shdr));
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(const void *)table.at;
    size_t count = (size_t)(table.end - table.at) / sizeof *sections;
    if (header->e_shstrndx >= count) {
        return;
    }
    struct bytes names =
        part(file, sections[header->e_shstrndx].sh_offset, sections[header->e_shstrndx].sh_size);
    static const struct {
        const char *name;
        struct bytes *section;
    } wanted[] = {{".debug_line", &lines},
                  {".debug_line_str", &line_strings},
                  {".debug_str", &strings},
                  {".symtab", &symbols},
                  {".strtab", &symbol_names}};
    for (size_t i = 0; i < count; i++) {
        const char *name = string_at(names, sections[i].sh_name);
        for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
            if (strcmp(name, wanted[w].name) == 0) {
                *wanted[w].section = part(file, sections[i].sh_offset, sections[i].sh_size);
            }
        }
    }
}

bool rt__dwarf_open(const char *path)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    void *map = MAP_FAILED;
    if (fstat(descriptor, &status) == 0 && status.st_size > (off_t)sizeof(Elf64_Ehdr)) {
        map = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    close(descriptor);
    if (map == MAP_FAILED) {
        return false;
    }
    const Elf64_Ehdr *header = map;
    file = (struct bytes){map, (const unsigned char *)map + status.st_size};
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 || header->e_ident[EI_CLASS] != ELFCLASS64) {
        return false;
    }
    find_sections(header);
    return true;
}

const char *rt__dwarf_variable(uint64_t address, uint64_t *offset)
{
    const Elf64_Sym *list = (const Elf64_Sym *)(const void *)symbols.at;
    size_t count = (size_t)(symbols.end - symbols.at) / sizeof *list;
    for (size_t i = 0; i < count; i++) {
        if (ELF64_ST_TYPE(list[i].st_info) == STT_OBJECT && address >= list[i].st_value &&
            address - list[i].st_value < list[i].st_size) {
            *offset = address - list[i].st_value;
            return string_at(symbol_names, list[i].st_name);
        }
    }
    return NULL;
}

/* ---- The header of a line table -------------------------------------------------------------- */

#define FILES_MAX 256

struct header {
    bool wide; /* the 64-bit format */
    unsigned version;
    uint64_t min_instruction;
    int line_base;
    unsigned line_range, opcode_base;
    unsigned char operands[256]; /* how many each standard opcode has */
    const char *directories[FILES_MAX], *files[FILES_MAX];
    uint64_t directory_of[FILES_MAX];
    size_t directories_count, files_count;
};

/* One attribute of a directory or file (DWARF 5): text, or a number. */
static const char *take_form(struct bytes *from, uint64_t form, bool wide, uint64_t *number)
{
    switch (form) {
    case 0x08: /* string */
        return take_string(from);
    case 0x1f: /* line_strp */
        return string_at(line_strings, take(from, wide ? 8 : 4));
    case 0x0e: /* strp */
        return string_at(strings, take(from, wide ? 8 : 4));
    case 0x0f: /* udata */
        *number = take_unsigned(from);
        return "";
    case 0x0b: /* data1 */
        *number = take(from, 1);
        return "";
    case 0x05: /* data2 */
        *number = take(from, 2);
        return "";
    case 0x1e: /* data16: a checksum */
        take(from, 8);
        take(from, 8);
        return "";
    default: /* none that compilers use here */
        from->at = from->end;
        return "";
    }
}

/* A list of directories, or of files, as DWARF 5 describes them. */
static size_t take_entries(struct bytes *from, bool wide, const char *names[],
                           uint64_t directory_of[])
{
    uint64_t kinds[8], forms[8];
    size_t formats = (size_t)take(from, 1);
    for (size_t i = 0; i < formats; i++) {
        kinds[i % 8] = take_unsigned(from);
        forms[i % 8] = take_unsigned(from);
    }
    size_t count = (size_t)take_unsigned(from);
    for (size_t i = 0; i < count && from->at < from->end; i++) {
        for (size_t k = 0; k < formats && k < 8; k++) {
            uint64_t number = 0;
            const char *text = take_form(from, forms[k], wide, &number);
            if (i < FILES_MAX && kinds[k] == 1) { /* the path */
                names[i] = text;
            } else if (i < FILES_MAX && kinds[k] == 2 && directory_of != NULL) {
                directory_of[i] = number;
            }
        }
    }
    return count < FILES_MAX ? count : FILES_MAX;
}

/* The same in DWARF 4, where number 0 is left out. */
static void take_old_entries(struct bytes *from, struct header *header)
{
    header->directories[0] = "";
    header->directories_count = header->files_count = 1;
    header->files[0] = "";
    for (const char *name = take_string(from); *name != '\0'; name = take_string(from)) {
        if (header->directories_count < FILES_MAX) {
            header->directories[header->directories_count++] = name;
        }
    }
    for (const char *name = take_string(from); *name != '\0'; name = take_string(from)) {
        uint64_t directory = take_unsigned(from);
        take_unsigned(from);
        take_unsigned(from);
        if (header->files_count < FILES_MAX) {
            header->directory_of[header->files_count] = directory;
            header->files[header->files_count++] = name;
        }
    }
}

/* The header of the unit's table; `from` stands behind it then. False if it is of a kind unknown
 * here. */
static bool take_header(struct bytes *from, bool wide, struct header *header)
{
    memset(header, 0, sizeof *header);
    header->wide = wide;
    header->version = (unsigned)take(from, 2);
    if (header->version < 3 || header->version > 5) {
        return false;
    }
    if (header->version == 5) {
        take(from, 2); /* sizes of addresses and segments */
    }
    uint64_t bytes = take(from, wide ? 8 : 4);
    struct bytes rest = part(*from, 0, bytes);
    from->at = rest.end;
    header->min_instruction = take(&rest, 1);
    if (header->version >= 4) {
        take(&rest, 1); /* operations in one instruction */
    }
    take(&rest, 1); /* whether rows begin statements */
    header->line_base = (signed char)take(&rest, 1);
    header->line_range = (unsigned)take(&rest, 1);
    header->opcode_base = (unsigned)take(&rest, 1);
    for (unsigned opcode = 1; opcode < header->opcode_base; opcode++) {
        header->operands[opcode] = (unsigned char)take(&rest, 1);
    }
    if (header->version < 5) {
        take_old_entries(&rest, header);
    } else {
        header->directories_count = take_entries(&rest, wide, header->directories, NULL);
        header->files_count = take_entries(&rest, wide, header->files, header->directory_of);
    }
    return header->line_range > 0;
}

/* ---- The machine ----------------------------------------------------------------------------- */

struct row {
    uint64_t address, file, line;
    bool ended; /* the first address behind a sequence */
};

struct machine {
    const struct header *header;
    struct row now, last; /* the last row that was said; line 0: none in this sequence */
    uint64_t wanted;
    bool found;
};

static void say_row(struct machine *machine)
{
    if (machine->last.line != 0 && machine->last.address <= machine->wanted &&
        machine->wanted < machine->now.address) {
        machine->found = true;
        return;
    }
    machine->last = machine->now;
    if (machine->now.ended) {
        machine->last.line = 0;
        machine->now = (struct row){.file = 1, .line = 1};
    }
}

static void run_extended(struct machine *machine, struct bytes *from)
{
    uint64_t bytes = take_unsigned(from);
    struct bytes operands = part(*from, 0, bytes);
    from->at = operands.end;
    switch (take(&operands, 1)) {
    case 1: /* end_sequence */
        machine->now.ended = true;
        say_row(machine);
        break;
    case 2: /* set_address */
        machine->now.address = take(&operands, 8);
        break;
    }
}

static void run_standard(struct machine *machine, struct bytes *from, unsigned opcode)
{
    const struct header *header = machine->header;
    switch (opcode) {
    case 1: /* copy */
        say_row(machine);
        break;
    case 2: /* advance_pc */
        machine->now.address += take_unsigned(from) * header->min_instruction;
        break;
    case 3: /* advance_line */
        machine->now.line += (uint64_t)take_signed(from);
        break;
    case 4: /* set_file */
        machine->now.file = take_unsigned(from);
        break;
    case 8: /* const_add_pc: as special opcode 255 does */
        machine->now.address +=
            (255 - header->opcode_base) / header->line_range * header->min_instruction;
        break;
    case 9: /* fixed_advance_pc */
        machine->now.address += take(from, 2);
        break;
    default:
        for (int i = 0; i < header->operands[opcode]; i++) {
            take_unsigned(from);
        }
    }
}

static void run_special(struct machine *machine, unsigned opcode)
{
    const struct header *header = machine->header;
    unsigned both = opcode - header->opcode_base;
    machine->now.address += both / header->line_range * header->min_instruction;
    machine->now.line += (uint64_t)(int64_t)(header->line_base + (int)(both % header->line_range));
    say_row(machine);
}

static bool search_unit(struct bytes unit, bool wide, uint64_t address, struct header *header,
                        struct row *row)
{
    if (!take_header(&unit, wide, header)) {
        return false;
    }
    struct machine machine = {.header = header, .now = {.file = 1, .line = 1}, .wanted = address};
    while (unit.at < unit.end && !machine.found) {
        unsigned opcode = (unsigned)take(&unit, 1);
        if (opcode == 0) {
            run_extended(&machine, &unit);
        } else if (opcode < header->opcode_base) {
            run_standard(&machine, &unit, opcode);
        } else {
            run_special(&machine, opcode);
        }
    }
    *row = machine.last;
    return machine.found;
}

/* As __FILE__ has it: relative, where the compiler was given a relative name. */
static void name_file(const struct header *header, uint64_t number, char *name, size_t bytes)
{
    if (number >= header->files_count) {
        snprintf(name, bytes, "?");
        return;
    }
    uint64_t directory = header->directory_of[number];
    const char *folder = directory > 0 && directory < header->directories_count
                             ? header->directories[directory]
                             : "";
    bool shown = *folder != '\0' && *folder != '/' && *header->files[number] != '/';
    snprintf(name, bytes, "%s%s%s", shown ? folder : "", shown ? "/" : "", header->files[number]);
}

bool rt__dwarf_line(uint64_t address, char *name, size_t name_bytes, unsigned *line)
{
    static struct header header;
    struct bytes rest = lines;
    while (rest.at < rest.end) {
        uint64_t bytes = take(&rest, 4);
        bool wide = bytes == 0xffffffff;
        if (wide) {
            bytes = take(&rest, 8);
        }
        struct bytes unit = part(rest, 0, bytes);
        struct row row;
        if (search_unit(unit, wide, address, &header, &row)) {
            name_file(&header, row.file, name, name_bytes);
            *line = (unsigned)row.line;
            return true;
        }
        rest.at = unit.end;
    }
    return false;
}
