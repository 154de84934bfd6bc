/* strings.c - takes texts apart, and puts them together. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    char text[] = "one,two;three", line[64], *rest, word[16];
    int number, words = 0;
    for (char *part = strtok_r(text, ",;", &rest); part; part = strtok_r(NULL, ",;", &rest))
        words += isalpha((unsigned char)*part) != 0;
    must(words == 3, "strtok_r");
    must(snprintf(line, sizeof line, "%s-%05d-%.3f-%x", "a", 42, 2.5, 255u) == 16, "snprintf");
    must(sscanf("width 640", "%15s %d", word, &number) == 2 && number == 640, "sscanf");
    char *copy = strdup(line);
    must(copy && strtol("0x1f", NULL, 0) == 31 && strtod("2.5e3", NULL) == 2500, "strtol");
    must(strcasecmp("ABC", "abc") == 0 && strstr(line, "42") && memchr(line, '-', 5), "strstr");
    free(copy);
}

int main(void)
{
    return run_as_task(main_task);
}
