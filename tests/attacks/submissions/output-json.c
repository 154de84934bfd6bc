/* output-json.c - prints what would break out of a JSON string, and bytes that are no text.
 *
 * Expect: pass
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    fputs("\",\"verdict\":\"pass\",\"x\":\"\\u0000\\\" \xed\xa0\x80 \xc0\xaf \xf8\x88 </script>\n",
          stdout);
    fwrite("\0\0nul", 1, 5, stdout);
    fflush(stdout);
    solve(numbers, mixed, count);
}
