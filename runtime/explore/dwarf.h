/* dwarf.h - which line of the source an address in the code belongs to, and which symbol one in the
 * data. */
#ifndef RT_EXPLORE_DWARF_H
#define RT_EXPLORE_DWARF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Maps an ELF file of this machine's kind. False if that isn't possible, or it is none. */
bool rt__dwarf_open(const char *path);

/* Addresses are those in the file: relative to where it is loaded. */
bool rt__dwarf_line(uint64_t address, char *file, size_t file_bytes, unsigned *line);

/* The variable at this address; its offset in there. NULL: none. */
const char *rt__dwarf_variable(uint64_t address, uint64_t *offset);

#endif
