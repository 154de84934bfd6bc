/* output-assembler.c - has the assembler say, without end, what a CI system takes for commands.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

__asm__(".rept 100000\n.print \"::add-mask::secret\"\n.endr\n.err");
