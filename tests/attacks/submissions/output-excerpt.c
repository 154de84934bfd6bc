/* output-excerpt.c - has the compiler show lines of source that a CI system takes for commands.
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

/* clang-format off */
::add-mask::secret

##[add-mask]secret

#line 1 "::error title=x"
int x = undeclared;
