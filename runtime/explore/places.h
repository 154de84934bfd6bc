/* places.h - what a place of the program (schedule.h) is called: "pool.c:31", and what the memory
 * at an address is.
 *
 * Calls of the runtime bring their place as text. For the compiler's hooks there is only an address
 * in the code, which is looked up in the debug information of the program's own file: the line
 * table (DWARF 4 and 5) and the symbols (ELF). That is slow, and done only for what is printed. */
#ifndef RT_EXPLORE_PLACES_H
#define RT_EXPLORE_PLACES_H

#include "explore/schedule.h"

/* Opens the program's file; without it, places are bare addresses. */
void rt__places_start(void);

/* "file:line". Valid until the next call but three. */
const char *rt__place_text(rt__place place);

/* The object that the source names at this place, or "". */
const char *rt__place_object(rt__place place);

/* The source's line itself, without its indentation; "" if the file can't be read. Valid until the
 * next call. */
const char *rt__place_source(rt__place place);

/* What lies at this address: "`counter`", "memory that was allocated at pool.c:12". Valid until the
 * next call. */
const char *rt__memory_text(uintptr_t address);

/* "task 2 (worker)", "main". Valid until the next call but three. */
const char *rt__actor_text(rt__actor_id id);

#endif
