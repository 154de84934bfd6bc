/* commands_reset.c - `barista reset`: puts the untouched exercise back, and loses nothing.
 *
 * The student's files are first copied to .barista/kept/LESSON/DATE/; only once all copies are
 * whole are the files of the last commit put in their place, each by a rename, so that a file is
 * never half one and half the other. */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "process.h"
#include "progress.h"

/* Resets in the same second get a number behind the time; nobody makes more of them than that. */
#define SAME_SECOND_MOST 100

static bool make_folder(const char *path)
{
    return mkdir(path, 0755) == 0 || errno == EEXIST;
}

/* Makes a folder that was not there before, for one reset; NULL after a message. The caller owns
 * it. */
static char *make_kept_folder(const char *lesson_id)
{
    char date[32];
    time_t now = time(NULL);
    strftime(date, sizeof date, "%Y-%m-%d-%H%M%S", localtime(&now));
    char *parent = string_format("%s/kept/%s", STUDENT_FOLDER, lesson_id);
    char *folder = string_format("%s/%s", parent, date);
    bool made = make_folder(STUDENT_FOLDER) && make_folder(STUDENT_FOLDER "/kept") &&
                make_folder(parent) && mkdir(folder, 0755) == 0;
    for (int i = 2; !made && errno == EEXIST && i < SAME_SECOND_MOST; i++) {
        free(folder);
        folder = string_format("%s/%s-%d", parent, date, i);
        made = mkdir(folder, 0755) == 0;
    }
    if (!made) {
        fprintf(stderr, "barista: nothing was reset, because your work cannot be kept: %s: %s\n",
                folder, strerror(errno));
        free(folder);
        folder = NULL;
    }
    free(parent);
    return folder;
}

static bool write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return false;
    bool written = fwrite(bytes, 1, length, file) == length;
    return fclose(file) == 0 && written;
}

/* Runs `git show HEAD:./path` into a file; false after a message, git's own included. */
static bool git_show(const char *path, const char *into)
{
    char *object = string_format("HEAD:./%s", path);
    char *argv[] = {"git", "show", object, NULL};
    int fd = open(into, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        fprintf(stderr, "barista: cannot write %s: %s\n", into, strerror(errno));
    struct process_plan plan = {
        .sandbox = sandbox_none(), /* git is none of the student's */
        .argv = argv,
        .environment = environ,
        .descriptors = {-1, fd, STDERR_FILENO, -1, -1},
    };
    struct process process;
    bool shown = false;
    if (fd >= 0 && process_start(&plan, &process, stderr)) {
        struct pollfd exit = {.fd = process.exited, .events = POLLIN};
        while (poll(&exit, 1, -1) < 0 && errno == EINTR)
            ;
        int status = process_end(&process, NULL);
        shown = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    if (fd >= 0)
        close(fd);
    free(object);
    return shown;
}

/* One file on its way back. */
struct restoring {
    char *path;     /* exercises/03-worker-pool/pool.c */
    char *original; /* beside it: what git says it was */
    bool changed;
};

/* Fetches the original; false after a message. */
static bool restoring_begin(struct restoring *file, const struct lesson *lesson, const char *name)
{
    file->path = string_format("exercises/%s/%s", lesson->id, name);
    file->original = string_format("%s.original", file->path);
    if (!git_show(file->path, file->original)) {
        fprintf(stderr,
                "barista: nothing was reset: git could not give the original of %s.\n"
                "Where it does not know it, get the exercise anew from where you got the course.\n",
                file->path);
        return false;
    }
    size_t now_length, original_length;
    char *now = file_read(file->path, &now_length);
    char *original = file_read(file->original, &original_length);
    file->changed = !now || !original || now_length != original_length ||
                    memcmp(now, original, now_length) != 0;
    free(now);
    free(original);
    return true;
}

static void restoring_release(struct restoring *file)
{
    if (file->original)
        unlink(file->original); /* gone already if it took its place */
    free(file->original);
    free(file->path);
}

/* Copies the student's work; false after a message. */
static bool keep(const struct restoring *file, const char *folder)
{
    size_t length;
    char *work = file_read(file->path, &length);
    char *copy = string_format("%s/%s", folder, strrchr(file->path, '/') + 1);
    bool kept = work && write_file(copy, work, length);
    if (!kept) {
        fprintf(stderr, "barista: nothing was reset, because your work cannot be kept: %s: %s\n",
                copy, strerror(errno));
        unlink(copy); /* half a copy is none */
    }
    free(copy);
    free(work);
    return kept;
}

static int replace_all(const struct lesson *lesson, const struct restoring *files)
{
    char *folder = make_kept_folder(lesson->id);
    bool kept = folder != NULL;
    for (size_t i = 0; i < lesson->student.count && kept; i++)
        kept = keep(&files[i], folder);
    for (size_t i = 0; i < lesson->student.count && kept; i++) {
        if (rename(files[i].original, files[i].path) != 0) {
            fprintf(stderr, "barista: cannot write %s: %s\n", files[i].path, strerror(errno));
            kept = false;
        } else {
            printf("%s is as it was.\n", files[i].path);
        }
    }
    if (kept)
        printf("Your work is kept in %s\n", folder);
    free(folder);
    return kept ? BARISTA_PASS : BARISTA_INFRA;
}

static int reset_lesson(const struct lesson *lesson)
{
    struct restoring *files = memory_new(lesson->student.count * sizeof *files);
    bool found = true, changed = false;
    for (size_t i = 0; i < lesson->student.count && found; i++) {
        found = restoring_begin(&files[i], lesson, lesson->student.items[i]);
        changed = changed || files[i].changed;
    }
    int status = BARISTA_INFRA;
    if (found && changed) {
        status = replace_all(lesson, files);
    } else if (found) {
        printf("There is nothing to reset: %s is as in the last commit.\n"
               "Was that yours? Then git log -- %s\n"
               "lists those before, and git checkout COMMIT -- with the same file fetches one.\n",
               files[0].path, files[0].path);
        status = BARISTA_PASS;
    }
    for (size_t i = 0; i < lesson->student.count; i++)
        restoring_release(&files[i]);
    free(files);
    return status;
}

int command_reset(const struct arguments *arguments)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    if (!lesson)
        return BARISTA_USAGE;
    int status = reset_lesson(lesson);
    lesson_free(lesson);
    return status;
}
