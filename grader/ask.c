/* ask.c - a prompt and a line. */
#include "ask.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "printable.h"
#include "text.h"

static char *trimmed(const char *line)
{
    while (isspace((unsigned char)*line))
        line++;
    size_t length = strlen(line);
    while (length > 0 && isspace((unsigned char)line[length - 1]))
        length--;
    return printable(line, length);
}

char *ask_line(const char *prompt)
{
    char *line = NULL, *text = NULL;
    size_t room = 0;

    fputs(prompt, stdout);
    fflush(stdout);
    if (getline(&line, &room, stdin) >= 0)
        text = trimmed(line);
    free(line);
    if (!text || !isatty(STDIN_FILENO))
        printf("%s\n", text ? text : "");
    return text;
}
