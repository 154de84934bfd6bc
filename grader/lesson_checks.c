/* lesson_checks.c - reads `checks:`, the list of what a lesson grades.
 *
 * A check enters the lesson even if something in it is wrong (its id may then be NULL), so that
 * later checks can name it and one mistake does not bring forth others. */
#include "lesson_checks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A screen of checks: nobody reads more. */
#define CHECKS_MAX 20
#define INPUTS_MAX 20

/* Each seed costs two runs of the program. */
#define SEEDS_MAX 64
#define SEEDS_DEFAULT 4

/* A thousand take a tenth of a second or so, if the input is small. */
#define SCHEDULES_MAX 1000000
#define SCHEDULES_DEFAULT 2000

/* Values fit JavaScript's and YAML's numbers elsewhere, and leave the harness room to add. */
#define INPUT_VALUE_MAX (INT64_C(1) << 53)

#define POINTS_TOTAL 100.0

/* Kinds and shapes, in the order of their enums. */
static const char KINDS[] = "build, answer, schedules, shape";
static const char SHAPES[] = "parallel, overlap";

/* What each kind may have, indexed by enum check_kind. The last stands for a kind that is missing
 * or unknown: then every key may be right. */
static const struct {
    const char *name, *owner, *keys;
} BY_KIND[] = {
    {"build", "a check of kind build", "id, kind, points"},
    {"answer", "a check of kind answer", "id, kind, points, needs, input, seeds"},
    {"schedules", "a check of kind schedules", "id, kind, points, needs, input, schedules"},
    {"shape", "a check of kind shape", "id, kind, points, needs, input, shape, overlap, speedup"},
    {NULL, "a check", "id, kind, points, needs, input, seeds, schedules, shape, overlap, speedup"},
};
#define KIND_UNKNOWN 4

/* ---- Names ----------------------------------------------------------------------------------- */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define NAME_MAX_BYTES 31

static bool is_check_id(const char *text)
{
    return strchr(LOWER, text[0]) && strlen(text) <= NAME_MAX_BYTES &&
           text_made_of(text, LOWER "0123456789_-");
}

/* "seed" and "go" have a meaning of their own between grader and program (exercises/exercise.h). */
static bool is_input_name(const char *text)
{
    return strchr(LOWER, text[0]) && strlen(text) <= NAME_MAX_BYTES &&
           text_made_of(text, LOWER "0123456789_") && strcmp(text, "seed") != 0 &&
           strcmp(text, "go") != 0;
}

static const struct text_rule CHECK_ID = {
    "a name of lower-case letters, digits, _ and -, at most 31 long", is_check_id};
static const struct text_rule INPUT_NAME = {
    "a name of lower-case letters, digits and _, at most 31 long, other than seed and go",
    is_input_name};

/* The ids of the checks read so far. */
static struct strings earlier_ids(const struct lesson *lesson)
{
    struct strings ids = {0};

    for (size_t i = 0; i < lesson->checks_count; i++)
        if (lesson->checks[i].id)
            strings_add(&ids, lesson->checks[i].id);
    return ids;
}

static void read_id(struct check *check, const struct lesson *lesson, const struct fields *fields,
                    const char *kind)
{
    const struct node *node = field_find(fields, "id", OPTIONAL, NULL);
    const struct node *at = node ? node : fields->map;

    if (node)
        field_text(fields, "id", OPTIONAL, &CHECK_ID, &check->id);
    else if (kind)
        check->id = string_copy(kind);
    if (!check->id)
        return;
    for (size_t i = 0; i < lesson->checks_count; i++) {
        const struct check *other = &lesson->checks[i];
        if (other->id && strcmp(other->id, check->id) == 0) {
            mistakes_add(fields->mistakes, at->line, at->column,
                         "id: the check of line %d is called \"%s\" already; give each check an id "
                         "of its own (without one, it is called as its kind)",
                         other->line, check->id);
            return;
        }
    }
}

static void read_needs(struct check *check, const struct lesson *lesson,
                       const struct fields *fields)
{
    const struct node *node = field_find(fields, "needs", OPTIONAL, NULL);

    if (!node)
        return;
    struct strings earlier = earlier_ids(lesson);
    if (node->kind == NODE_SCALAR && strings_contain(&earlier, node->text)) {
        check->needs = string_copy(node->text);
    } else {
        char *names = strings_join(&earlier, ", ");
        char *expected = string_format("the id of an earlier check (%s)", names);
        node_unexpected(node, "needs", expected, &earlier, fields->mistakes);
        free(expected);
        free(names);
    }
    strings_release(&earlier);
}

/* ---- Input ----------------------------------------------------------------------------------- */

static void read_input(struct check *check, const struct fields *fields)
{
    struct fields input =
        fields_of(field_find(fields, "input", OPTIONAL, NULL), "input", fields->mistakes);

    if (!input.map)
        return;
    if (input.map->count > INPUTS_MAX)
        mistakes_add(fields->mistakes, input.map->line, input.map->column,
                     "input: expected at most %d values, found %zu", INPUTS_MAX, input.map->count);
    check->input.items = memory_new(input.map->count * sizeof *check->input.items);
    for (size_t i = 0; i < input.map->count; i++) {
        struct input value;
        const char *name = node_text(input.map->keys[i], "input", &INPUT_NAME, fields->mistakes);

        if (node_integer(input.map->items[i], name ? name : "input", -INPUT_VALUE_MAX,
                         INPUT_VALUE_MAX, fields->mistakes, &value.value) &&
            name) {
            value.name = string_copy(name);
            check->input.items[check->input.count++] = value;
        }
    }
}

/* ---- Thresholds ------------------------------------------------------------------------------ */

/* One of the two ratios that a shape is judged by. */
struct axis {
    const char *key;
    const char *expected;
    double factor_max; /* the greatest multiple of N; 0: N makes no sense */
};

#define VALUE_MIN 0.01
#define VALUE_MAX 1000.0

/* Both times of the overlap are taken on one proc, so it has nothing to do with N. */
static const struct axis OVERLAP = {"overlap", "a number from 0.01 to 1000", 0};
static const struct axis SPEEDUP = {
    "speedup", "a multiple of N from 0.01N to 1N such as 0.75N, or a number from 0.01 to 1000", 1};

/* Digits, with a point and more digits if wanted, and N at the end if wanted. */
static bool threshold_of(const char *text, struct threshold *threshold)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits);
    const char *end = text + whole;

    if (whole == 0)
        return false;
    if (*end == '.') {
        size_t fraction = strspn(end + 1, digits);
        if (fraction == 0)
            return false;
        end += 1 + fraction;
    }
    threshold->value = strtod(text, NULL);
    threshold->times_procs = *end == 'N';
    return end[threshold->times_procs] == '\0';
}

static bool read_threshold(const struct fields *fields, const char *key, const struct axis *axis,
                           struct threshold *threshold)
{
    const struct node *node = field_find(fields, key, REQUIRED, axis->expected);

    if (!node)
        return false;
    if (node->kind == NODE_SCALAR && threshold_of(node->text, threshold)) {
        double most = threshold->times_procs ? axis->factor_max : VALUE_MAX;
        if (threshold->value >= VALUE_MIN && threshold->value <= most)
            return true;
    }
    node_unexpected(node, key, axis->expected, NULL, fields->mistakes);
    return false;
}

static void read_bounds(const struct fields *check, const struct axis *axis, enum presence presence,
                        struct bounds *bounds)
{
    const struct node *node =
        field_find(check, axis->key, presence, "thresholds such as {pass: 0.8, fail: 0.6}");
    struct fields fields = fields_of(node, axis->key, check->mistakes);

    if (!fields.map)
        return;
    fields_allow(&fields, axis->key, "pass, fail");
    bool pass = read_threshold(&fields, "pass", axis, &bounds->pass);
    bool fail = read_threshold(&fields, "fail", axis, &bounds->fail);
    if (!pass || !fail)
        return;
    bounds->set = true;
    if (bounds->pass.times_procs != bounds->fail.times_procs)
        mistakes_add(check->mistakes, node->line, node->column,
                     "%s: pass and fail must both be multiples of N or both be plain numbers",
                     axis->key);
    else if (bounds->pass.value < bounds->fail.value)
        mistakes_add(check->mistakes, node->line, node->column,
                     "%s: pass (%g) is below fail (%g); pass must be at least fail", axis->key,
                     bounds->pass.value, bounds->fail.value);
}

double threshold_at(struct threshold threshold, int procs)
{
    return threshold.times_procs ? threshold.value * procs : threshold.value;
}

static void read_shape(struct check *check, const struct fields *fields)
{
    int shape;
    bool known = field_choice(fields, "shape", REQUIRED, SHAPES, &shape);

    if (known)
        check->shape = (enum shape)shape;
    /* Without it, a speedup could be bought by being slow on one proc. */
    read_bounds(fields, &OVERLAP, REQUIRED, &check->overlap);
    read_bounds(fields, &SPEEDUP, known && check->shape == SHAPE_PARALLEL ? REQUIRED : OPTIONAL,
                &check->speedup);
}

/* ---- Checks ---------------------------------------------------------------------------------- */

/* The build comes first, once: nothing runs without it. */
static void check_order(const struct lesson *lesson, const struct node *node, enum check_kind kind,
                        struct mistakes *mistakes)
{
    bool first = lesson->checks_count == 0;

    if (first && kind != CHECK_BUILD)
        mistakes_add(mistakes, node->line, node->column,
                     "the first check must be of kind build: nothing runs without it");
    if (!first && kind == CHECK_BUILD)
        mistakes_add(mistakes, node->line, node->column,
                     "only the first check may be of kind build");
}

/* Reads one check. Returns whether its points are known. */
static bool read_check(struct check *check, const struct lesson *lesson, const struct node *node,
                       struct mistakes *mistakes)
{
    struct fields fields = fields_of(node, "checks", mistakes);
    int kind = KIND_UNKNOWN;

    check->line = node->line;
    if (!fields.map)
        return false;
    bool known = field_choice(&fields, "kind", REQUIRED, KINDS, &kind);
    bool points = field_number(&fields, "points", REQUIRED, 0, POINTS_TOTAL, &check->points);
    fields_allow(&fields, BY_KIND[kind].owner, BY_KIND[kind].keys);
    read_id(check, lesson, &fields, BY_KIND[kind].name);
    if (known) {
        check->kind = (enum check_kind)kind;
        check_order(lesson, node, check->kind, mistakes);
    }
    if (kind != CHECK_BUILD) {
        read_needs(check, lesson, &fields);
        read_input(check, &fields);
    }
    if (kind == CHECK_ANSWER) {
        check->seeds = SEEDS_DEFAULT;
        field_int(&fields, "seeds", OPTIONAL, 1, SEEDS_MAX, &check->seeds);
    }
    if (kind == CHECK_SCHEDULES) {
        if (lesson->loopback)
            mistakes_add(mistakes, node->line, node->column,
                         "schedules: the exploration has no sockets, so a lesson with `network: "
                         "loopback` can't have such a check");
        check->schedules = SCHEDULES_DEFAULT;
        field_int(&fields, "schedules", OPTIONAL, 1, SCHEDULES_MAX, &check->schedules);
    }
    if (kind == CHECK_SHAPE)
        read_shape(check, &fields);
    return points;
}

void lesson_checks_read(struct lesson *lesson, const struct fields *root)
{
    static const char expected[] = "a list of checks, such as - {kind: build, points: 10}";
    const struct node *list = field_find(root, "checks", REQUIRED, expected);
    bool all_known = true;
    double sum = 0;

    if (!list)
        return;
    if (list->kind != NODE_LIST) {
        node_unexpected(list, "checks", expected, NULL, root->mistakes);
        return;
    }
    if (list->count == 0 || list->count > CHECKS_MAX)
        mistakes_add(root->mistakes, list->line, list->column,
                     "checks: expected 1 to %d checks, found %zu", CHECKS_MAX, list->count);
    lesson->checks = memory_new(list->count * sizeof *lesson->checks);
    for (size_t i = 0; i < list->count; i++) {
        struct check *check = &lesson->checks[i];
        all_known &= read_check(check, lesson, list->items[i], root->mistakes);
        sum += check->points;
        lesson->checks_count++;
    }
    /* Points may be fractions that have no exact sum. */
    if (all_known && list->count > 0 && fabs(sum - POINTS_TOTAL) > 1e-6)
        mistakes_add(root->mistakes, list->line, list->column,
                     "checks: the points sum to %g; they must sum to %g", sum, POINTS_TOTAL);
    lesson->max_points = POINTS_TOTAL;
}

void lesson_checks_release(struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->checks_count; i++) {
        struct check *check = &lesson->checks[i];

        for (size_t j = 0; j < check->input.count; j++)
            free(check->input.items[j].name);
        free(check->input.items);
        free(check->id);
        free(check->needs);
    }
    free(lesson->checks);
}
