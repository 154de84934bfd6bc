/* attempt.c - has an attack graded by the barista program, and looks at all that came of it.
 *
 * Whatever an attack is about, these must hold:
 *
 *   - the grader ends by itself, with status 0 to 2: never 3, which costs no points;
 *   - its result is what the attack's comment says, and its JSON is JSON;
 *   - nothing that was tried has worked ("BREACH:" in the output), and nothing hidden was printed;
 *   - what it printed has no byte in it that drives a terminal, and no line that begins like a
 *     command;
 *   - no process and no file is left;
 *   - the grader itself never needed more than MEMORY_KB. */
#include "attempt.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "course.h"

#define MEMORY_KB (32 << 10)
#define SECONDS 120
#define LOOK_MS 10

/* ---- What an attack's comment says ----------------------------------------------------------- */

/* What stands after `key` on its line; owned; NULL if it does not stand there. */
static char *value_of(const char *text, const char *key)
{
    const char *found = strstr(text, key);

    if (!found)
        return NULL;
    found += strlen(key);
    return string_format("%.*s", (int)strcspn(found, "*\n"), found);
}

bool attack_read(const char *path, struct attack *attack)
{
    char *text = file_read(path, NULL), *rest;
    char *expect = text ? value_of(text, "Expect: ") : NULL;
    char *tiers = text ? value_of(text, "Tiers: ") : NULL;
    const char *slash = strrchr(path, '/');
    bool ok = expect && tiers;

    *attack = (struct attack){.path = string_copy(path),
                              .name = string_copy(slash ? slash + 1 : path),
                              .tiers = tiers ? tiers : string_copy("")};
    if (!ok)
        fprintf(stderr, "%s: its comment does not say what to expect\n", path);
    for (char *word = expect ? strtok_r(expect, " |", &rest) : NULL; word;
         word = strtok_r(NULL, " |", &rest)) {
        if (strcmp(word, "held") == 0)
            attack->must_hold = true;
        else
            strings_add(&attack->expect, word);
    }
    free(expect);
    free(text);
    return ok;
}

void attack_release(struct attack *attack)
{
    free(attack->path);
    free(attack->name);
    free(attack->tiers);
    strings_release(&attack->expect);
}

/* ---- Grading it ------------------------------------------------------------------------------ */

static _Noreturn void become_grader(const struct stage *stage, const char *submission,
                                    const char *json, const char *output)
{
    int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    char tier[] = {stage->tier, '\0'};
    char *folder = string_format("TMPDIR=%s/tmp", stage->course);
    char *home = string_format("HOME=%s/home", stage->course);
    const char *path = getenv("PATH"), *compiler = getenv("CC");
    char *path_variable = string_format("PATH=%s", path ? path : "/usr/bin:/bin");
    char *compiler_variable = string_format("CC=%s", compiler ? compiler : "cc");
    char *environment[] = {folder, home, path_variable, compiler_variable, "TOKEN=" SECRET, NULL};
    char *argv[] = {"build/barista",    "check",   "99", "--submission",
                    (char *)submission, "--tier",  tier, "--json",
                    (char *)json,       "--procs", "2",  NULL};

    dup2(file, 1);
    dup2(file, 2);
    setsid(); /* no terminal */
    if (chdir(stage->course) < 0)
        _exit(99);
    if (stage->user != geteuid() &&
        (setgroups(0, NULL) < 0 || setgid(stage->user) < 0 || setuid(stage->user) < 0))
        _exit(99);
    if (stage->disturbance)
        stage->disturbance->prepare(stage->disturbance->context);
    execve(argv[0], argv, environment);
    _exit(99);
}

static long memory_of(pid_t process)
{
    char *path = string_format("/proc/%d/status", (int)process);
    char *text = file_read(path, NULL);
    const char *found = text ? strstr(text, "VmHWM:") : NULL;
    long kb = found ? strtol(found + strlen("VmHWM:"), NULL, 10) : 0;

    free(text);
    free(path);
    return kb;
}

/* Waits for its end, and looks at its memory meanwhile. */
static void follow(pid_t grader, struct outcome *outcome)
{
    double deadline = clock_seconds() + SECONDS;
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, grader, 0), .events = POLLIN};

    while (poll(&end, 1, LOOK_MS) == 0) {
        long now = memory_of(grader);
        outcome->memory_kb = now > outcome->memory_kb ? now : outcome->memory_kb;
        outcome->late = clock_seconds() > deadline;
        if (outcome->late)
            kill(grader, SIGKILL);
    }
    close(end.fd);
    waitpid(grader, &outcome->status, 0);
}

static struct outcome grade(const struct stage *stage, const char *submission)
{
    struct outcome outcome = {0};
    char *json = string_format("%s/tmp.json", stage->course);
    char *output = string_format("%s.output", stage->course);

    /* The folder is the grader's, where it writes the result whole or not at all. */
    unlink(json);
    pid_t grader = fork();
    if (grader == 0)
        become_grader(stage, submission, json, output);
    if (stage->disturbance)
        stage->disturbance->accompany(grader, stage->disturbance->context);
    follow(grader, &outcome);
    outcome.printed = file_read(output, NULL);
    outcome.result = json_load_file(json, 0, NULL);
    unlink(json);
    unlink(output);
    free(json);
    free(output);
    return outcome;
}

/* ---- What is left ---------------------------------------------------------------------------- */

char *stage_survivor(const struct stage *stage, pid_t *pid)
{
    const char *course = stage->course;
    DIR *processes = opendir("/proc");
    struct dirent *entry;
    char *found = NULL;

    while (processes && !found && (entry = readdir(processes)) != NULL) {
        if (!isdigit((unsigned char)entry->d_name[0]) || atoi(entry->d_name) == getpid())
            continue;
        char *path = string_format("/proc/%s/exe", entry->d_name);
        char *command = string_format("/proc/%s/cmdline", entry->d_name);
        char program[4096] = "";
        size_t length;
        char *words = file_read(command, &length); /* with a zero byte after each */
        if (readlink(path, program, sizeof program - 1) < 0)
            program[0] = '\0';
        if (strstr(program, course) || (words && memmem(words, length, course, strlen(course))))
            found = string_copy(*program ? program : "one that is just ending");
        if (found && pid)
            *pid = atoi(entry->d_name);
        free(words);
        free(command);
        free(path);
    }
    if (processes)
        closedir(processes);
    return found;
}

static bool has_files(const char *folder)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    bool found = false;

    while (entries && (entry = readdir(entries)) != NULL)
        found = found || entry->d_name[0] != '.';
    if (entries)
        closedir(entries);
    return found;
}

/* What was left behind; owned; NULL if nothing was. */
char *stage_remains(const struct stage *stage)
{
    static const char *const places[] = {"/tmp/barista-attack", "/var/tmp/barista-attack",
                                         "/dev/shm/barista-attack", "/barista-attack",
                                         "/run/barista-attack"};
    char *folder = string_format("%s/tmp", stage->course);
    char *found = stage_survivor(stage, NULL), *left = NULL;

    if (found)
        left = string_format("a process survived: %s", found);
    else if (has_files(folder))
        left = string_format("files are left in %s", folder);
    for (size_t i = 0; i < sizeof places / sizeof *places && !left; i++)
        if (access(places[i], F_OK) == 0)
            left = string_format("it has made %s", places[i]);
    free(found);
    free(folder);
    return left;
}

/* ---- Judging --------------------------------------------------------------------------------- */

const char *outcome_result(const struct outcome *outcome)
{
    const json_t *checks = json_object_get(outcome->result, "checks");
    size_t i;
    json_t *check;

    if (!outcome->result)
        return WIFEXITED(outcome->status) && WEXITSTATUS(outcome->status) == 2 ? "refused" : "";
    json_array_foreach(checks, i, check) {
        const char *reason = json_string_value(json_object_get(check, "reason"));
        if (reason && *reason)
            return reason;
    }
    return "pass";
}

/* Whether it could drive a terminal or a CI system: control bytes, a line that begins like a
 * command, or what is one anywhere. */
static bool is_dangerous(const char *text)
{
    bool begins = true;

    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if ((*c < ' ' && *c != '\n' && *c != '\t') || *c == 0x7f ||
            (begins && *c == ':' && c[1] == ':'))
            return true;
        begins = *c == '\n' || (begins && (*c == ' ' || *c == '\t'));
    }
    return strstr(text, "##[") || strstr(text, "##vso[") || strstr(text, "##teamcity[") ||
           strstr(text, "\xc2\x9b") || strstr(text, "\xe2\x80\xae");
}

bool outcome_printed(const struct outcome *outcome, const char *word)
{
    char *line = string_format("  | %s", word);
    bool found = outcome->printed && strstr(outcome->printed, line);

    free(line);
    return found;
}

static char *judge(const struct attack *attack, const struct stage *stage,
                   const struct outcome *outcome)
{
    const char *result = outcome_result(outcome);
    int status = WIFEXITED(outcome->status) ? WEXITSTATUS(outcome->status) : -1;
    bool passed = strcmp(result, "pass") == 0;

    if (outcome->late)
        return string_format("the grader had not ended after %d s", SECONDS);
    if (!strings_contain(&attack->expect, result) || status < 0 || status > 2)
        return string_format("result \"%s\", status %d\n%s", result, status, outcome->printed);
    if (passed != (status == 0))
        return string_format("result \"%s\" with status %d", result, status);
    if (outcome_printed(outcome, "BREACH:"))
        return string_format("it got through\n%s", outcome->printed);
    if (attack->must_hold && passed && !outcome_printed(outcome, "held:"))
        return string_format("it does not say that it tried\n%s", outcome->printed);
    if (strstr(outcome->printed, SECRET) || strstr(outcome->printed, "root:x:"))
        return string_format("something hidden was printed\n%s", outcome->printed);
    if (is_dangerous(outcome->printed))
        return string_format("the report has control bytes or commands in it");
    if (outcome->memory_kb > MEMORY_KB)
        return string_format("the grader needed %ld KiB", outcome->memory_kb);
    return stage_remains(stage);
}

/* What to hand in: the file itself, or what a script makes of an empty folder. Owned. */
static char *prepare(const struct attack *attack, const struct stage *stage)
{
    char *folder = string_format("%s/handed-in", stage->course);
    char *command =
        string_format("rm -rf '%s' && mkdir -m 777 '%s' && case '%s' in *.sh) '%s' '%s' ;; "
                      "*) cp '%s' '%s/attacked.c' ;; esac",
                      folder, folder, attack->path, attack->path, folder, attack->path, folder);

    if (system(command) != 0)
        fprintf(stderr, "failed: %s\n", command);
    free(command);
    return folder;
}

struct outcome attempt_grade(const struct attack *attack, const struct stage *stage)
{
    char *submission = prepare(attack, stage);
    struct outcome outcome = grade(stage, submission);

    free(submission);
    return outcome;
}

void outcome_release(struct outcome *outcome)
{
    json_decref(outcome->result);
    free(outcome->printed);
    *outcome = (struct outcome){0};
}

char *attempt(const struct attack *attack, const struct stage *stage)
{
    struct outcome outcome = attempt_grade(attack, stage);
    char *wrong = judge(attack, stage, &outcome);

    outcome_release(&outcome);
    return wrong;
}
