/* build.c - copies the student files into a private folder, compiles all that belongs to the lesson
 * at the same time, and links the submission and the oracle.
 *
 *     student files --+                                       +--> program
 *     harness.c ------+--> one compiler each, side by side ---+
 *     exercise.c -----+                                       |
 *     oracle.c -------+                                       +--> oracle
 *
 * The student files are compiled from copies, so that what was hashed is what runs. Each compiler
 * sees no more than it needs, and writes to one folder only: a student file can include headers and
 * nothing else, least of all the oracle, and what comes of it can't touch what is trusted.
 *
 *     source/     the copies             student/    objects made from them
 *     trusted/    our objects, oracle    linked/     the program
 *
 * The student never sees the copies' paths: the
 * compiler replaces them in __FILE__ and in debug information (-ffile-prefix-map), and this file
 * does so in what the compiler prints.
 *
 * Who is to blame: a student file that does not compile where the lesson's own do, or a submission
 * that does not link where the oracle does, is the student's; everything else is the
 * infrastructure's. So the lesson's own files are compiled to the end even when a student file has
 * failed: a compiler that dies, a disk that is full or a header that can't be read shows there. */
#include "build.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "compiler.h"
#include "symbols.h"

/* A student file takes well under a second to compile. One that takes as long as this includes
 * itself without end, or has found a bug in the compiler. */
#define COMPILE_SECONDS 20

/* Of what the assembler says, say: it has its own form, and repeats itself. */
#define SAID_BYTES_MOST 2000

#define API "runtime/include/rt.h"
#define EXERCISE "exercises/exercise.c"
#define EXPLORE_FLAGS "runtime/explore/link.flags"

/* What each kind of build adds: to the compiler for all but exercise.c, and to the linker. */
static const struct kind {
    const char *library;
    const char *compile[2];
    const char *link[8];
    const char *link_file; /* with more of the latter; NULL: none */
    bool initialises;      /* the compiler itself has code run before main() */
} kinds[] = {
    [BUILD_REAL] = {.library = "build/libbarista.a"},
    /* The C library's clock and sleeps too are to be in virtual time
     * (runtime/one_thread/wrap.c). */
    [BUILD_SIMULATED] = {.library = "build/libbarista-sim.a",
                         .compile = {"-fsanitize-coverage=trace-pc"},
                         .link = {"-Wl,--wrap=clock_gettime", "-Wl,--wrap=gettimeofday",
                                  "-Wl,--wrap=time", "-Wl,--wrap=nanosleep",
                                  "-Wl,--wrap=clock_nanosleep", "-Wl,--wrap=usleep",
                                  "-Wl,--wrap=sleep"}},
    [BUILD_EXPLORED] = {.library = "build/libbarista-explore.a",
                        .compile = {"-fsanitize=thread"},
                        .link = {"@" EXPLORE_FLAGS},
                        .link_file = EXPLORE_FLAGS,
                        .initialises = true},
};

/* Mistakes that older compilers let pass with a warning and newer ones refuse (gcc 14, clang 16): a
 * submission must not compile on one machine and fail on the next. */
static const char *const strict[] = {
    "-Werror=implicit-function-declaration",
    "-Werror=implicit-int",
    "-Werror=int-conversion",
    "-Werror=incompatible-pointer-types",
};

/* What build_make works with. */
struct workshop {
    const struct sandbox *sandbox;
    const struct lesson *lesson;
    const struct submission *submission;
    const struct kind *kind;
    const char *folder;
    struct strings api;
    struct diagnostics diagnostics;
};

/* Up to `most` flags, or to a NULL before that. */
static void add_flags(struct strings *list, const char *const flags[], size_t most)
{
    for (size_t i = 0; i < most && flags[i]; i++)
        strings_add(list, flags[i]);
}

/* Adds an owned string. */
static void add_owned(struct strings *list, char *item)
{
    strings_add(list, item);
    free(item);
}

static bool has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), end = strlen(suffix);

    return length >= end && strcmp(text + length - end, suffix) == 0;
}

/* ---- The student's files --------------------------------------------------------------------- */

/* Where the copy of the student file number `i` is. */
static char *copy_path(const struct workshop *shop, size_t i)
{
    return string_format("%s/source/%s", shop->folder, shop->lesson->student.items[i]);
}

/* And the object that is made of it. */
static char *object_path(const struct workshop *shop, size_t i)
{
    return string_format("%s/student/student%zu.o", shop->folder, i);
}

static bool make_folders(const struct workshop *shop, FILE *errors)
{
    static const char *const names[] = {"source", "student", "trusted", "linked"};
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++) {
        char *path = string_format("%s/%s", shop->folder, names[i]);
        ok = mkdir(path, 0755) == 0;
        if (!ok)
            fprintf(errors, "cannot make %s: %s\n", path, strerror(errno));
        free(path);
    }
    return ok;
}

static bool copy_sources(const struct workshop *shop, FILE *errors)
{
    bool ok = true;

    for (size_t i = 0; ok && i < shop->submission->files.count; i++) {
        const struct source *source = &shop->submission->sources[i];
        char *path = copy_path(shop, i);
        FILE *copy = fopen(path, "wxe");

        ok = copy && fwrite(source->bytes, 1, source->size, copy) == source->size;
        if (copy && fclose(copy) != 0)
            ok = false;
        if (!ok)
            fprintf(errors, "cannot write %s: %s\n", path, strerror(errno));
        free(path);
    }
    return ok;
}

/* ---- Compiling ------------------------------------------------------------------------------- */

/* Adds an owned path. */
static void see(struct compilation *command, char *path)
{
    view_add(&command->view, VIEW_READ, path);
    free(path);
}

/* cc -c -o FOLDER/OBJECT SOURCE, with what all files of an exercise share. */
static struct compilation compile_command(const struct workshop *shop, const char *source,
                                          const char *folder, const char *object)
{
    struct compilation command = {.folder = string_format("%s/%s", shop->folder, folder)};
    struct strings *arguments = &command.arguments;

    strings_add(arguments, "-std=c11");
    strings_add(arguments, "-O2");
    strings_add(arguments, "-g");
    /* A large local array must meet the stack's guard page, not jump over it. */
    strings_add(arguments, "-fstack-clash-protection");
    /* For the stacks in the list of tasks that Ctrl-\ prints; so is -rdynamic below. */
    strings_add(arguments, "-fno-omit-frame-pointer");
    strings_add(arguments, "-Wall");
    strings_add(arguments, "-Wextra");
    strings_add(arguments, "-fno-lto"); /* code is not to be moved between student and harness */
    strings_add(arguments, "-fdiagnostics-color=never");
    strings_add_all(arguments, &shop->lesson->flags);
    strings_add(arguments, "-Iruntime/include");
    add_owned(arguments, string_format("-Iexercises/%s", shop->lesson->id));
    strings_add(arguments, "-c");
    add_owned(arguments, string_format("-o%s/%s", command.folder, object));
    strings_add(arguments, source);
    view_add(&command.view, VIEW_READ, "runtime/include");
    return command;
}

/* A file of the lesson's own. */
static struct compilation compile_trusted(const struct workshop *shop, char *source,
                                          const char *object)
{
    struct compilation command = compile_command(shop, source, "trusted", object);

    strings_add(&command.arguments, "-Iexercises");
    if (strcmp(source, EXERCISE) != 0)
        add_flags(&command.arguments, shop->kind->compile, 2);
    view_add(&command.view, VIEW_READ, "exercises/exercise.h");
    view_add(&command.view, VIEW_READ, "exercises/exercise.c");
    see(&command, string_format("exercises/%s", shop->lesson->id));
    free(source);
    return command;
}

/* The exercise's headers, and nothing else that lies beside them. */
static void see_headers(const struct workshop *shop, struct compilation *command)
{
    char *pattern = string_format("exercises/%s/*.h", shop->lesson->id);
    glob_t headers;

    if (glob(pattern, 0, NULL, &headers) == 0) {
        for (size_t i = 0; i < headers.gl_pathc; i++)
            view_add(&command->view, VIEW_READ, headers.gl_pathv[i]);
        globfree(&headers);
    }
    free(pattern);
}

static struct compilation compile_student(const struct workshop *shop, size_t i)
{
    char *copy = copy_path(shop, i);
    char *object = string_format("student%zu.o", i);
    struct compilation command = compile_command(shop, copy, "student", object);

    add_flags(&command.arguments, shop->kind->compile, 2);
    see(&command, string_format("%s/source", shop->folder));
    see_headers(shop, &command);
    for (size_t flag = 0; flag < sizeof strict / sizeof strict[0]; flag++)
        strings_add(&command.arguments, strict[flag]);
    add_owned(&command.arguments,
              string_format("-ffile-prefix-map=%s=%s", copy, shop->submission->files.items[i]));
    free(object);
    free(copy);
    return command;
}

/* What the compiler or linker printed, with the student's paths in place of the copies'. */
static void show_student_paths(const struct workshop *shop, struct compilation *command)
{
    for (size_t i = 0; i < shop->submission->files.count; i++) {
        char *copy = copy_path(shop, i);

        string_replace(&command->output, copy, shop->submission->files.items[i]);
        free(copy);
    }
}

/* Takes in how compiling or linking the student's code ended, and says whether it did well. */
static bool judge_student(struct workshop *shop, struct compilation *command, bool linking)
{
    struct diagnostics_context context = {&shop->submission->files, &shop->api};
    struct diagnostics *list = &shop->diagnostics;

    show_student_paths(shop, command);
    if (linking)
        diagnostics_add_linker(list, command->output, &context);
    else
        diagnostics_add_compiler(list, command->output, &context);
    if (command->end == COMPILATION_DONE)
        return true;
    if (command->end == COMPILATION_TIMEOUT)
        diagnostics_add_message(
            list, string_format("the compiler had not finished after %d s, and was stopped",
                                COMPILE_SECONDS));
    else if (!diagnostics_fail(list))
        diagnostics_add_message(list, string_format("the compiler failed, and said:\n%.*s",
                                                    SAID_BYTES_MOST, command->output));
    return false;
}

/* The same for the lesson's own code, whose failures are nobody's exercise. */
static bool judge_trusted(const struct compilation *command, const char *what, FILE *errors)
{
    if (command->end == COMPILATION_DONE)
        return true;
    fprintf(errors,
            "%s could not be built%s; if you have changed files of the exercise other than "
            "your own, get them back with git checkout\n%s",
            what, command->end == COMPILATION_TIMEOUT ? " in time" : "", command->output);
    return false;
}

static bool is_compiled(const struct workshop *shop, size_t i)
{
    return has_suffix(shop->lesson->student.items[i], ".c");
}

/* Makes all objects. build->ok says whether the student's compile. */
static bool compile_all(struct workshop *shop, struct build *build, FILE *errors)
{
    static const char *const trusted_names[] = {"harness.c", "exercise.c", "oracle.c"};
    const struct strings *student = &shop->lesson->student;
    const char *id = shop->lesson->id;
    struct compilation *commands = memory_new((student->count + 3) * sizeof *commands);
    struct compilation *trusted = commands;
    size_t count = 0;

    for (size_t i = 0; i < student->count; i++)
        if (is_compiled(shop, i))
            commands[count++] = compile_student(shop, i);
    trusted += count;
    commands[count++] =
        compile_trusted(shop, string_format("exercises/%s/harness.c", id), "harness.o");
    commands[count++] = compile_trusted(shop, string_copy(EXERCISE), "exercise.o");
    commands[count++] =
        compile_trusted(shop, string_format("exercises/%s/oracle.c", id), "oracle.o");

    bool ok = compiler_run(shop->sandbox, commands, count, COMPILE_SECONDS, errors);
    build->ok = ok;
    for (struct compilation *command = commands; ok && command < trusted; command++)
        build->ok = judge_student(shop, command, false) && build->ok;
    for (int i = 0; ok && i < 3; i++)
        ok = judge_trusted(&trusted[i], trusted_names[i], errors);

    for (size_t i = 0; i < count; i++)
        compilation_release(&commands[i]);
    free(commands);
    return ok;
}

/* ---- Linking --------------------------------------------------------------------------------- */

/* cc -o PROGRAM, without the objects that only one of the two programs has. */
static struct compilation link_command(const struct workshop *shop, const char *folder,
                                       const char *program)
{
    struct compilation command = {.folder = string_format("%s/%s", shop->folder, folder)};
    struct strings *arguments = &command.arguments;

    strings_add(arguments, "-fno-lto");
    add_owned(arguments, string_format("-o%s", program));
    add_owned(arguments, string_format("%s/trusted/harness.o", shop->folder));
    add_owned(arguments, string_format("%s/trusted/exercise.o", shop->folder));
    view_add(&command.view, VIEW_READ, shop->kind->library);
    if (shop->kind->link_file)
        view_add(&command.view, VIEW_READ, shop->kind->link_file);
    return command;
}

static void add_libraries(const struct workshop *shop, struct compilation *command)
{
    add_flags(&command->arguments, shop->kind->link, 8);
    strings_add(&command->arguments, shop->kind->library);
    strings_add(&command->arguments, "-rdynamic");
    strings_add(&command->arguments, "-pthread");
    strings_add(&command->arguments, "-lm");
}

static bool link_both(struct workshop *shop, struct build *build, FILE *errors)
{
    build->program = string_format("%s/linked/program", shop->folder);
    build->oracle = string_format("%s/trusted/oracle", shop->folder);

    struct compilation commands[2] = {link_command(shop, "linked", build->program),
                                      link_command(shop, "trusted", build->oracle)};
    struct compilation *program = &commands[0], *oracle = &commands[1];

    see(program, string_format("%s/student", shop->folder));
    see(program, string_format("%s/trusted", shop->folder));
    for (size_t i = 0; i < shop->lesson->student.count; i++)
        if (is_compiled(shop, i))
            add_owned(&program->arguments, object_path(shop, i));
    add_owned(&oracle->arguments, string_format("%s/trusted/oracle.o", shop->folder));
    add_libraries(shop, program);
    add_libraries(shop, oracle);

    bool ok = compiler_run(shop->sandbox, commands, 2, COMPILE_SECONDS, errors);
    if (ok)
        ok = judge_trusted(oracle, "the oracle", errors);
    if (ok)
        build->ok = judge_student(shop, program, true);
    compilation_release(program);
    compilation_release(oracle);
    return ok;
}

/* Looks for what the student's objects must not have (symbols.h). Where the compiler adds such
 * things itself, the other builds of the same files are looked at. */
static bool check_symbols(struct workshop *shop, struct build *build, FILE *errors)
{
    struct strings objects = {0};
    char *harness = string_format("%s/trusted/harness.o", shop->folder);
    char *exercise = string_format("%s/trusted/exercise.o", shop->folder);
    char *oracle = string_format("%s/trusted/oracle.o", shop->folder);
    struct trusted_objects trusted = {harness, exercise, oracle, shop->kind->library};

    for (size_t i = 0; i < shop->lesson->student.count; i++)
        if (is_compiled(shop, i))
            add_owned(&objects, object_path(shop, i));
    bool ok = symbols_check(&objects, shop->submission, &trusted, &shop->diagnostics, errors);
    build->forbidden = diagnostics_fail(&shop->diagnostics);
    build->ok = !build->forbidden;
    strings_release(&objects);
    free(harness);
    free(exercise);
    free(oracle);
    return ok;
}

/* ---- All of it ------------------------------------------------------------------------------- */

static bool make_in_folder(struct workshop *shop, struct build *build, FILE *errors)
{
    if (access(shop->kind->library, R_OK) < 0) {
        fprintf(errors, "%s: %s; `make` builds it\n", shop->kind->library, strerror(errno));
        return false;
    }
    return make_folders(shop, errors) && copy_sources(shop, errors) &&
           compile_all(shop, build, errors) && (!build->ok || link_both(shop, build, errors)) &&
           (!build->ok || shop->kind->initialises || check_symbols(shop, build, errors));
}

bool build_make(const struct sandbox *sandbox, const struct lesson *lesson,
                const struct submission *submission, enum build_kind kind, struct build *build,
                FILE *errors)
{
    double start = clock_seconds();

    *build = (struct build){0};
    build->folder = folder_new(errors);
    if (!build->folder.path)
        return false;
    struct workshop shop = {
        .sandbox = sandbox,
        .lesson = lesson,
        .submission = submission,
        .kind = &kinds[kind],
        .folder = build->folder.path,
        .api = diagnostics_api(API),
    };
    bool ok = make_in_folder(&shop, build, errors) &&
              (build->ok || folder_has_room(shop.folder, errors)); /* what failed for want of it? */

    strings_release(&shop.api);
    diagnostics_sort(&shop.diagnostics);
    build->diagnostics = shop.diagnostics.items;
    build->diagnostics_count = shop.diagnostics.count;
    build->seconds = clock_seconds() - start;
    build->ok = ok && build->ok;
    if (!build->ok) {
        free(build->program);
        free(build->oracle);
        build->program = build->oracle = NULL;
    }
    return ok;
}

void build_release(struct build *build)
{
    struct diagnostics diagnostics = {build->diagnostics, build->diagnostics_count};

    diagnostics_release(&diagnostics);
    folder_free(&build->folder);
    free(build->program);
    free(build->oracle);
    *build = (struct build){0};
}
