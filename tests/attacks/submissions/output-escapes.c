/* output-escapes.c - sends sequences that drive a terminal: colours, title, clipboard, cursor, a
 * bell.
 *
 * Expect: pass
 * Tiers: ABCD */
#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    fputs("\033]0;title\007\033]52;c;ZXZpbA==\007\033[2J\033[1;1H\033[32mPASS\033[0m\n"
          "\x9b"
          "31m\x9d"
          "0;x\x9c\r PASS \b\b\a\v\f\xff\xfe\xe2\x80\xae reversed\n",
          stdout);
    fflush(stdout);
    solve(numbers, mixed, count);
}
