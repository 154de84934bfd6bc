/* output-file-name.c - gives diagnostics another file's name, with control bytes in it (#line).
 *
 * Expect: build_error
 * Tiers: ABCD */
#include "attacked.h"

#line 1 "/etc/passwd\033[2J"
#error "::error file=/etc/passwd::\033[31m PASS"
