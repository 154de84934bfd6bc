/* explored.c - the result of an exploration, as a line of JSON, and the answer of the program. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explore/ending.h"
#include "explore/explore.h"
#include "explore/found.h"
#include "explore/output.h"
#include "rt.h"

static void write_text(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\') {
            fprintf(file, "\\%c", byte);
        } else if (byte < ' ' || byte >= 0x7f) { /* Latin-1 is as good as any guess */
            fprintf(file, "\\u%04x", byte);
        } else {
            fputc(byte, file);
        }
    }
    fputc('"', file);
}

static void write_line(FILE *file, const struct rt__exploration *exploration,
                       const struct rt__finding *worst, const char *schedule)
{
    fprintf(file,
            "{\"schedules\": %" PRIu64 ", \"seed\": %" PRIu64 ", \"tried\": %" PRIu64
            ", \"given_up\": %" PRIu64 ", \"steps\": %" PRIu64,
            exploration->schedules, exploration->seed, exploration->tried, exploration->given_up,
            exploration->steps);
    if (worst != NULL) {
        fprintf(file, ", \"found\": \"%s\", \"in_schedule\": %" PRIu64 ", \"replay\": ",
                rt__found_code(worst->kind), worst->schedule);
        write_text(file, schedule);
        fprintf(file, ", \"switches\": %d", worst->switches.count);
        if (worst->kind == RT__FOUND_WRONG_ANSWER && worst->key != 0) {
            fprintf(file, ", \"status\": %" PRIu64, worst->key);
        }
    }
    fputs("}\n", file);
}

void rt__exploration_write(const struct rt__exploration *exploration,
                           const struct rt__finding *worst, const char *schedule)
{
    const char *name = getenv("RT_EXPLORE_RESULT");
    if (name == NULL) {
        return;
    }
    bool is_number = *name != '\0' && name[strspn(name, "0123456789")] == '\0';
    FILE *file = is_number ? fdopen(atoi(name), "a") : fopen(name, "we");
    if (file != NULL) {
        write_line(file, exploration, worst, schedule);
    }
    if (file == NULL || fclose(file) != 0) {
        fprintf(rt__report_file, "rt: RT_EXPLORE_RESULT: cannot write %s: %s\n", name,
                strerror(errno));
    }
}

/* ---- The answer ------------------------------------------------------------------------------ */

static void say(const char *bytes, size_t count)
{
    const char *descriptor = getenv("RT_EXPLORE_ANSWER");
    while (descriptor != NULL && count > 0) {
        ssize_t written = write(atoi(descriptor), bytes, count);
        if (written <= 0) {
            return; /* nobody wants to know any more */
        }
        bytes += written;
        count -= (size_t)written;
    }
}

void rt__exploration_ready(void)
{
    say("ready\n", 6);
}

void rt__exploration_answer(void)
{
    const char *answer = rt__ending_answer();
    char header[32];
    if (answer != NULL) {
        say(header, (size_t)snprintf(header, sizeof header, "answer %zu\n", strlen(answer)));
        say(answer, strlen(answer));
    }
}
