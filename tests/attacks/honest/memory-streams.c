/* memory-streams.c - writes into memory as if it were a file. */
#include <string.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    char *text = NULL, *line = NULL;
    size_t length, room = 0;
    FILE *out = open_memstream(&text, &length);
    must(out != NULL && fprintf(out, "first\nsecond\n") == 13 && fclose(out) == 0,
         "open_memstream");
    FILE *in = fmemopen(text, length, "r");
    must(in && getline(&line, &room, in) == 6 && getline(&line, &room, in) == 7, "getline");
    must(strcmp(line, "second\n") == 0 && fclose(in) == 0, "fclose");
    free(line);
    free(text);
}

int main(void)
{
    return run_as_task(main_task);
}
