/* submission.c - finds the student files, and reads and hashes them.
 *
 * A submission is a folder with the lesson's student files in it, whatever else lies there; or,
 * where the lesson has one student file, any .c file in its place. */
#include "submission.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "printable.h"
#include "sha256.h"

/* The largest student file: a hundred times what any exercise asks for. */
#define FILE_BYTES_MAX ((off_t)1 << 20)

/* Reads `size` bytes, or fewer where the file has just become shorter. */
static bool read_source(int file, struct source *source)
{
    size_t size = source->size;

    source->bytes = memory_new(size + 1);
    for (source->size = 0; source->size < size;) {
        ssize_t got = read(file, source->bytes + source->size, size - source->size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            break;
        source->size += (size_t)got;
    }
    return true;
}

/* Opens and reads one student file, refusing whatever is not an ordinary one. O_NONBLOCK, since
 * opening a FIFO would otherwise wait for its writer. */
static bool take_file(const char *path, struct source *source, FILE *errors)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool ok = false;

    if (file < 0 && errno == ELOOP)
        fprintf(errors, "%s: is a symbolic link; put the file itself there\n", path);
    else if (file < 0 || fstat(file, &status) < 0)
        fprintf(errors, "%s: %s\n", path, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        fprintf(errors, "%s: is not a file\n", path);
    else if (status.st_nlink > 1) /* perhaps of a file that its author can't read, but we can */
        fprintf(errors, "%s: has a second name (a hard link); put a copy of the file there\n",
                path);
    else if (status.st_size > FILE_BYTES_MAX)
        fprintf(errors, "%s: is larger than 1 MiB\n", path);
    else {
        source->size = (size_t)status.st_size;
        ok = read_source(file, source);
        if (!ok)
            fprintf(errors, "%s: %s\n", path, strerror(errno));
    }
    if (file >= 0)
        close(file);
    return ok;
}

static bool is_c_file(const char *path)
{
    size_t length = strlen(path);

    return length > 2 && strcmp(path + length - 2, ".c") == 0;
}

/* Whoever hands in may have chosen the name of the folder, and it stands in the report. */
static bool has_harmless_name(const char *path, FILE *errors)
{
    char *shown = printable(path, strlen(path));
    bool harmless = strcmp(path, shown) == 0;

    if (!harmless)
        fprintf(errors, "cannot take %s: its name could drive a terminal; give it another one\n",
                shown);
    free(shown);
    return harmless;
}

/* Whether the folder called so, without the slashes behind it, is a link: perhaps to what others have
 * handed in. */
static bool is_link(const char *path, size_t length)
{
    char *folder = string_format("%.*s", (int)length, path);
    struct stat status;
    bool link = lstat(folder, &status) == 0 && S_ISLNK(status.st_mode);

    free(folder);
    return link;
}

/* Names the files that the submission must consist of. */
static bool list_files(const struct lesson *lesson, struct submission *submission, FILE *errors)
{
    const char *path = submission->path;
    size_t length = strlen(path);
    struct stat status;

    if (stat(path, &status) < 0) {
        fprintf(errors, "%s: %s\n", path, strerror(errno));
        return false;
    }
    while (length > 1 && path[length - 1] == '/')
        length--;
    if (S_ISDIR(status.st_mode) && is_link(path, length)) {
        fprintf(errors, "%s: is a symbolic link; name the folder itself\n", path);
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        for (size_t i = 0; i < lesson->student.count; i++) {
            char *file = string_format("%.*s/%s", (int)length, path, lesson->student.items[i]);

            strings_add(&submission->files, file);
            free(file);
        }
        return true;
    }
    if (lesson->student.count == 1 && is_c_file(path)) {
        strings_add(&submission->files, path);
        return true;
    }
    fprintf(errors, "%s: is not a folder\n", path);
    return false;
}

static void explain_expected(const struct lesson *lesson, FILE *errors)
{
    char *names = strings_join(&lesson->student, ", ");

    fprintf(errors, "a submission for %s is a folder with %s%s\n", lesson->id, names,
            lesson->student.count == 1 ? ", or a single .c file" : "");
    free(names);
}

static void hash_sources(const struct lesson *lesson, struct submission *submission)
{
    struct sha256 hash;

    sha256_init(&hash);
    for (size_t i = 0; i < lesson->student.count; i++) {
        const struct source *source = &submission->sources[i];
        char *header = string_format("%s %zu\n", lesson->student.items[i], source->size);

        /* With the size, no two different sets of files run into the same bytes. */
        sha256_add(&hash, header, strlen(header));
        sha256_add(&hash, source->bytes, source->size);
        free(header);
    }
    sha256_end(&hash, submission->sha256);
}

bool submission_find(const struct lesson *lesson, const char *path, struct submission *submission,
                     FILE *errors)
{
    *submission = (struct submission){0};
    submission->path = path ? string_copy(path) : string_format("exercises/%s", lesson->id);
    bool ok = has_harmless_name(submission->path, errors) && list_files(lesson, submission, errors);

    submission->sources = memory_new(submission->files.count * sizeof *submission->sources);
    for (size_t i = 0; i < submission->files.count;
         i++) /* all of them, to say all that is missing */
        ok = take_file(submission->files.items[i], &submission->sources[i], errors) && ok;
    if (ok) {
        hash_sources(lesson, submission);
    } else {
        explain_expected(lesson, errors);
        submission_release(submission);
    }
    return ok;
}

void submission_release(struct submission *submission)
{
    for (size_t i = 0; i < submission->files.count; i++)
        free(submission->sources[i].bytes);
    free(submission->sources);
    strings_release(&submission->files);
    free(submission->path);
    *submission = (struct submission){0};
}
