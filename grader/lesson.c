/* lesson.c - reads lesson.yaml into a struct lesson, and refuses it if anything at all is wrong.
 *
 * The text becomes a tree (document.c); one function for each part of the lesson takes its values
 * out of the tree (fields.c) and goes on after a mistake; only the end asks whether there were any.
 * So an author sees all mistakes at once, and the rest of the grader never meets half a lesson. */
#include "lesson.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "costs.h"
#include "lesson_checks.h"

/* The version of the format described in lessons/README.md. */
#define SCHEMA 1

/* ---- What texts must look like --------------------------------------------------------------- */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* A title fits a terminal of 80 columns with the lesson's number before it. The rules below say
 * these limits in words. */
#define TITLE_BYTES_MAX 72
#define CONCEPT_BYTES_MAX 40
#define HINT_BYTES_MAX 2000
#define FILE_NAME_BYTES_MAX 60
#define FLAG_BYTES_MAX 100
#define ID_BYTES_MAX 40

static bool is_line(const char *text, size_t bytes_max)
{
    return text[0] != ' ' && text[0] && strlen(text) <= bytes_max && !strchr(text, '\n');
}

static bool is_title(const char *text)
{
    return is_line(text, TITLE_BYTES_MAX);
}

static bool is_concept(const char *text)
{
    return is_line(text, CONCEPT_BYTES_MAX);
}

static bool is_hint(const char *text)
{
    return text[strspn(text, " \n")] && strlen(text) <= HINT_BYTES_MAX;
}

bool lesson_id_valid(const char *text)
{
    return strspn(text, DIGITS) == 2 && text[2] == '-' && strlen(text) <= ID_BYTES_MAX &&
           strchr(LOWER DIGITS, text[3]) && text_made_of(text + 3, LOWER DIGITS "-");
}

static bool has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), suffix_length = strlen(suffix);

    return length > suffix_length && strcmp(text + length - suffix_length, suffix) == 0;
}

/* A file in the exercise's own folder: no way leads out of it. */
static bool is_file_name(const char *text)
{
    return text_made_of(text, LOWER UPPER DIGITS "_-.") && text[0] != '.' && text[0] != '-' &&
           strlen(text) <= FILE_NAME_BYTES_MAX;
}

static bool is_header_name(const char *text)
{
    return is_file_name(text) && has_suffix(text, ".h");
}

static bool is_student_name(const char *text)
{
    return is_file_name(text) && (has_suffix(text, ".c") || has_suffix(text, ".h")) &&
           strcmp(text, "harness.c") != 0 && strcmp(text, "oracle.c") != 0;
}

/* Flags that change how a file is compiled. Authors are trusted; this catches slips such as -o. */
static bool is_flag(const char *text)
{
    static const char *const starts[] = {"-W", "-D", "-U", "-f", "-m", "-O", "-std=", NULL};

    if (strlen(text) > FLAG_BYTES_MAX || strpbrk(text, " \n"))
        return false;
    for (size_t i = 0; starts[i]; i++)
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static const struct text_rule TITLE = {"a line of at most 72 bytes", is_title};
static const struct text_rule CONCEPT = {"a few words, at most 40 bytes", is_concept};
static const struct text_rule HINT = {"a text of at most 2000 bytes", is_hint};
static const struct text_rule ID = {
    "two digits, a hyphen and a topic in lower case, such as 03-worker-pool", lesson_id_valid};
static const struct text_rule STUDENT_FILE = {
    "the name of a .c or .h file in the exercise's folder, other than harness.c and oracle.c",
    is_student_name};
static const struct text_rule READONLY_FILE = {"the name of a .h file in the exercise's folder",
                                               is_header_name};
static const struct text_rule FLAG = {"a flag that begins with -W, -D, -U, -f, -m, -O or -std=",
                                      is_flag};

/* ---- Parts of a lesson ----------------------------------------------------------------------- */

static void read_id(struct lesson *lesson, const struct fields *root)
{
    char *given = NULL;

    if (field_text(root, "id", REQUIRED, &ID, &given) && strcmp(given, lesson->id) != 0) {
        char *expected = string_format("%s, the name of the lesson's folder", lesson->id);
        node_unexpected(field_find(root, "id", REQUIRED, NULL), "id", expected, NULL,
                        root->mistakes);
        free(expected);
    }
    free(given);
}

/* A lesson builds on lessons that come before it. That they come before it by number means that no
 * two can wait for each other, without a search for cycles. */
static void read_requires(struct lesson *lesson, const struct fields *root)
{
    struct strings all = lesson_ids(), earlier = {0};
    const struct node *list =
        field_texts(root, "requires", OPTIONAL, &ID, 0, 20, &lesson->requires);

    for (size_t i = 0; i < all.count; i++)
        if (strncmp(all.items[i], lesson->id, 2) < 0)
            strings_add(&earlier, all.items[i]);
    char *names = strings_join(&earlier, ", ");
    char *expected = string_format("a lesson with a lower number (%s)",
                                   earlier.count > 0 ? names : "there is none");

    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *item = list->items[i];
        if (item->kind == NODE_SCALAR && lesson_id_valid(item->text) &&
            !strings_contain(&earlier, item->text))
            node_unexpected(item, "requires", expected, &earlier, root->mistakes);
    }
    free(expected);
    free(names);
    strings_release(&earlier);
    strings_release(&all);
}

static void need_file(const struct lesson *lesson, const char *name, const struct node *at,
                      struct mistakes *mistakes)
{
    char *path = string_format("exercises/%s/%s", lesson->id, name);
    struct stat status;

    if (stat(path, &status) != 0)
        mistakes_add(mistakes, at->line, at->column, "files: cannot find %s: %s", path,
                     strerror(errno));
    else if (!S_ISREG(status.st_mode))
        mistakes_add(mistakes, at->line, at->column, "files: %s must be a regular file", path);
    free(path);
}

static void read_file_names(struct lesson *lesson, const struct fields *files, const char *key,
                            enum presence presence, const struct text_rule *rule,
                            struct strings *names)
{
    size_t least = presence == REQUIRED ? 1 : 0;
    const struct node *list = field_texts(files, key, presence, rule, least, 10, names);

    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *item = list->items[i];
        if (item->kind == NODE_SCALAR && strings_contain(names, item->text))
            need_file(lesson, item->text, item, files->mistakes);
    }
}

static void read_files(struct lesson *lesson, const struct fields *root)
{
    const struct node *node =
        field_find(root, "files", REQUIRED, "a mapping such as {student: [pool.c]}");
    struct fields files = fields_of(node, "files", root->mistakes);
    bool any_source = false;

    if (!files.map)
        return;
    fields_allow(&files, "files", "student, readonly");
    read_file_names(lesson, &files, "student", REQUIRED, &STUDENT_FILE, &lesson->student);
    read_file_names(lesson, &files, "readonly", OPTIONAL, &READONLY_FILE, &lesson->readonly);
    need_file(lesson, "harness.c", node, root->mistakes);
    need_file(lesson, "oracle.c", node, root->mistakes);

    for (size_t i = 0; i < lesson->student.count; i++) {
        const char *name = lesson->student.items[i];

        any_source |= has_suffix(name, ".c");
        if (strings_contain(&lesson->readonly, name))
            mistakes_add(root->mistakes, node->line, node->column,
                         "files: %s is both student and readonly; it can be one of them", name);
    }
    if (lesson->student.count > 0 && !any_source)
        mistakes_add(root->mistakes, node->line, node->column,
                     "files: student has no .c file; expected at least one");
}

static void read_build(struct lesson *lesson, const struct fields *root)
{
    struct fields build =
        fields_of(field_find(root, "build", OPTIONAL, NULL), "build", root->mistakes);

    fields_allow(&build, "build", "flags");
    field_texts(&build, "flags", OPTIONAL, &FLAG, 0, 20, &lesson->flags);
}

static void read_network(struct lesson *lesson, const struct fields *root)
{
    int choice = 0;

    field_choice(root, "network", OPTIONAL, "none, loopback", &choice);
    lesson->loopback = choice == 1;
}

static void read_limits(struct lesson *lesson, const struct fields *root)
{
    struct fields fields =
        fields_of(field_find(root, "limits", OPTIONAL, NULL), "limits", root->mistakes);
    struct limits *limits = &lesson->limits;

    *limits = (struct limits){.wall_s = 10, .cpu_s = 20, .memory_mb = 512, .output_kb = 256};
    fields_allow(&fields, "limits", "wall_s, cpu_s, memory_mb, output_kb");
    field_int(&fields, "wall_s", OPTIONAL, 1, 600, &limits->wall_s);
    field_int(&fields, "cpu_s", OPTIONAL, 1, 3600, &limits->cpu_s);
    field_int(&fields, "memory_mb", OPTIONAL, 16, 65536, &limits->memory_mb);
    field_int(&fields, "output_kb", OPTIONAL, 1, 65536, &limits->output_kb);
}

/* A millisecond: nothing that has a cost takes as long. */
#define COST_PS_MAX 1000000000

/* The names of all costs, as a list for messages; `switch_` is called so because C has a
 * `switch`. */
#define COST_NAME(name, value, what) #name ","
static struct strings cost_names(void)
{
    struct strings names = {0};
    char *all = string_copy(RT__COSTS(COST_NAME)), *rest = all, *name;

    while ((name = strsep(&rest, ",")) != NULL && *name != '\0') {
        name[strcspn(name, "_")] = '\0';
        strings_add(&names, name);
    }
    free(all);
    return names;
}

static void read_simulate(struct lesson *lesson, const struct fields *root)
{
    const struct node *node = field_find(root, "simulate", OPTIONAL, NULL);
    struct fields costs = fields_of(node, "simulate", root->mistakes);
    struct strings names = cost_names(), given = {0};
    char *all = strings_join(&names, ", ");

    fields_allow(&costs, "simulate", all);
    for (size_t i = 0; i < names.count; i++) {
        int ps;
        if (!field_int(&costs, names.items[i], OPTIONAL, 0, COST_PS_MAX, &ps))
            continue;
        char *cost = string_format("%s=%d", names.items[i], ps);
        strings_add(&given, cost);
        free(cost);
    }
    if (costs.map)
        lesson->costs = strings_join(&given, ",");
    if (costs.map && lesson->loopback)
        mistakes_add(root->mistakes, node->line, node->column,
                     "simulate: virtual time has no sockets, so a lesson with `network: loopback` "
                     "can't have it");
    free(all);
    strings_release(&given);
    strings_release(&names);
}

static void read_lesson(struct lesson *lesson, const struct node *document,
                        struct mistakes *mistakes)
{
    struct fields root = fields_of(document, "the lesson", mistakes);
    int schema;

    fields_allow(
        &root, "a lesson",
        "schema, id, title, concepts, requires, minutes, files, build, network, limits, simulate, "
        "hints, checks");
    field_int(&root, "schema", REQUIRED, SCHEMA, SCHEMA, &schema);
    read_id(lesson, &root);
    field_text(&root, "title", REQUIRED, &TITLE, &lesson->title);
    field_texts(&root, "concepts", REQUIRED, &CONCEPT, 1, 20, &lesson->concepts);
    read_requires(lesson, &root);
    field_int(&root, "minutes", REQUIRED, 1, 600, &lesson->minutes);
    read_files(lesson, &root);
    read_build(lesson, &root);
    read_network(lesson, &root);
    read_limits(lesson, &root);
    read_simulate(lesson, &root);
    field_texts(&root, "hints", REQUIRED, &HINT, 3, 3, &lesson->hints);
    lesson_checks_read(lesson, &root);
}

/* ---- The whole ------------------------------------------------------------------------------- */

struct lesson *lesson_parse(const char *id, const char *text, size_t length,
                            struct mistakes *mistakes)
{
    size_t mistakes_before = mistakes_total(mistakes);
    struct node *document = document_parse(text, length, mistakes);
    struct lesson *lesson = memory_new(sizeof *lesson);

    lesson->id = string_copy(id);
    lesson->path = string_format("lessons/%s/lesson.yaml", id);
    if (document)
        read_lesson(lesson, document, mistakes);
    node_free(document);
    if (mistakes_total(mistakes) == mistakes_before)
        return lesson;
    lesson_free(lesson);
    return NULL;
}

struct lesson *lesson_read(const char *id, struct mistakes *mistakes)
{
    char *path = string_format("lessons/%s/lesson.yaml", id);
    size_t length;
    char *text = document_file(path, &length, mistakes);
    struct lesson *lesson = text ? lesson_parse(id, text, length, mistakes) : NULL;

    free(text);
    free(path);
    return lesson;
}

struct lesson *lesson_load(const char *id, FILE *errors)
{
    struct mistakes mistakes = {0};
    struct lesson *lesson = lesson_read(id, &mistakes);

    if (!lesson) {
        char *path = string_format("lessons/%s/lesson.yaml", id);
        mistakes_print(&mistakes, path, errors);
        free(path);
    }
    mistakes_release(&mistakes);
    return lesson;
}

const struct check *lesson_check(const struct lesson *lesson, enum check_kind kind, const char *id)
{
    const struct check *answers = NULL;
    for (size_t i = 0; i < lesson->checks_count; i++) {
        const struct check *check = &lesson->checks[i];
        bool fits =
            id ? check->kind != CHECK_BUILD && strcmp(check->id, id) == 0 : check->kind == kind;
        if (fits)
            return check;
        if (check->kind == CHECK_ANSWER && !answers)
            answers = check;
    }
    return id ? NULL : answers;
}

void lesson_free(struct lesson *lesson)
{
    if (!lesson)
        return;
    lesson_checks_release(lesson);
    strings_release(&lesson->concepts);
    strings_release(&lesson->requires);
    strings_release(&lesson->student);
    strings_release(&lesson->readonly);
    strings_release(&lesson->flags);
    strings_release(&lesson->hints);
    free(lesson->costs);
    free(lesson->title);
    free(lesson->path);
    free(lesson->id);
    free(lesson);
}
