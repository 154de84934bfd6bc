/* regular-expressions.c - matches texts with regular expressions and patterns. */
#include <fnmatch.h>
#include <regex.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    regex_t expression;
    regmatch_t match;
    must(regcomp(&expression, "[0-9]+", REG_EXTENDED) == 0, "regcomp");
    must(regexec(&expression, "task 42", 1, &match, 0) == 0 && match.rm_so == 5, "regexec");
    regfree(&expression);
    must(fnmatch("*.c", "main.c", 0) == 0, "fnmatch");
}

int main(void)
{
    return run_as_task(main_task);
}
