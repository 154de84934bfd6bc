/* questions.c - reads questions.yaml, and refuses it if anything at all is wrong.
 *
 * As lesson.c does: the text becomes a tree, each part is read by one function that goes on after a
 * mistake, and only the end asks whether there were any. What a question refers to is looked for
 * here, where its line is known. */
#include "questions.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fields.h"
#include "lesson.h"
#include "proof.h"

/* The version of the format described in lessons/README.md. */
#define SCHEMA 1

/* Fewer do not make one think; more keep one from the demo, and from going on. */
#define PREDICTIONS_LEAST 2
#define QUIZ_LEAST 3
#define QUESTIONS_MOST 5

/* RT_MAX_PROCS of the runtime. */
#define PROCS_MOST 256

/* Within 1 % is luck; ten times too much or too little is no prediction. */
#define CLOSE_LEAST 1.01
#define CLOSE_MOST 10.0

/* What the readers of one file share. */
struct reading {
    const char *lesson_id;
    struct strings figures; /* those that its demo gives */
    struct mistakes *mistakes;
};

/* ---- What texts must look like --------------------------------------------------------------- */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

#define SUBMISSIONS "tests/submissions/"

static bool is_text(const char *text)
{
    return text[strspn(text, " \n")] && strlen(text) <= 1000;
}

static bool is_choice(const char *text)
{
    return text[0] && text[0] != ' ' && strlen(text) <= 200 && !strchr(text, '\n');
}

static bool is_unit(const char *text)
{
    return text[0] && strlen(text) <= 20 && !strchr(text, '\n') && !strpbrk(text, " " DIGITS);
}

static bool is_figure(const char *text)
{
    return text_made_of(text, LOWER DIGITS "_") && strlen(text) <= 60;
}

/* The id of the lesson in tests/submissions/06-grain/solution.c; the caller owns it. NULL: it is no
 * such path. */
static char *lesson_in(const char *path)
{
    size_t start = strlen(SUBMISSIONS);
    if (strncmp(path, SUBMISSIONS, start) != 0)
        return NULL;
    size_t length = strcspn(path + start, "/");
    char *id = string_format("%.*s", (int)length, path + start);
    if (lesson_id_valid(id) && path[start + length] == '/' && path[start + length + 1])
        return id;
    free(id);
    return NULL;
}

static bool is_submission(const char *text)
{
    char *id = lesson_in(text);
    free(id);
    return id != NULL && !strstr(text, "..");
}

static const struct text_rule TEXT = {"a text of at most 1000 bytes", is_text};
static const struct text_rule CHOICE = {"a line of at most 200 bytes", is_choice};
static const struct text_rule UNIT = {"a word such as times, ms or tasks, at most 20 bytes",
                                      is_unit};
static const struct text_rule FIGURE = {"the name of a figure: lower-case letters, digits and _",
                                        is_figure};
static const struct text_rule SUBMISSION = {"a path such as tests/submissions/06-grain/solution.c",
                                            is_submission};
static const struct text_rule PROOF = {"a line of at most 200 bytes, a command such as "
                                       "make why LESSON=06",
                                       is_choice};

/* ---- Predictions ----------------------------------------------------------------------------- */

/* The names in all `figure("NAME"` of the lesson's demo. */
static struct strings figures_of(const char *lesson_id)
{
    static const char call[] = "figure(\"";
    struct strings names = {0};
    char *path = string_format("lessons/%s/demo.c", lesson_id);
    char *text = file_read(path, NULL);

    for (const char *at = text; at && (at = strstr(at, call)) != NULL;) {
        at += strlen(call);
        char *name = string_format("%.*s", (int)strcspn(at, "\"\n"), at);
        strings_add(&names, name);
        free(name);
    }
    free(text);
    free(path);
    return names;
}

static void read_figure(struct prediction *prediction, const struct fields *fields,
                        const struct reading *reading)
{
    if (!field_text(fields, "figure", REQUIRED, &FIGURE, &prediction->figure) ||
        strings_contain(&reading->figures, prediction->figure))
        return;
    char *names = strings_join(&reading->figures, ", ");
    char *expected =
        string_format("a name that lessons/%s/demo.c gives to figure(): %s", reading->lesson_id,
                      reading->figures.count > 0 ? names : "there is none");
    node_unexpected(field_find(fields, "figure", REQUIRED, NULL), "figure", expected,
                    &reading->figures, reading->mistakes);
    free(expected);
    free(names);
}

/* Whether the lesson has a shape and costs in virtual time; or has mistakes, which are told
 * elsewhere. */
static bool can_be_simulated(const char *lesson_id)
{
    struct mistakes elsewhere = {0};
    struct lesson *lesson = lesson_read(lesson_id, &elsewhere);
    bool has_shape = false;

    for (size_t i = 0; lesson && i < lesson->checks_count; i++)
        has_shape |= lesson->checks[i].kind == CHECK_SHAPE;
    bool can = !lesson || (lesson->costs && has_shape);
    lesson_free(lesson);
    mistakes_release(&elsewhere);
    return can;
}

static void read_submission(struct prediction *prediction, const struct fields *fields,
                            const struct reading *reading)
{
    if (!field_text(fields, "submission", REQUIRED, &SUBMISSION, &prediction->submission))
        return;
    const struct node *at = field_find(fields, "submission", REQUIRED, NULL);
    prediction->lesson = lesson_in(prediction->submission);
    if (access(prediction->submission, F_OK) != 0)
        node_unexpected(at, "submission", "a file or folder that exists", NULL, reading->mistakes);
    else if (!can_be_simulated(prediction->lesson))
        mistakes_add(reading->mistakes, at->line, at->column,
                     "submission: lesson %s can't be simulated: it needs `simulate: {}` and a "
                     "check of kind shape in its lesson.yaml",
                     prediction->lesson);
}

/* T_1 / T_1 is no question; the others may be asked about one proc. */
static void read_simulated(struct prediction *prediction, const struct fields *fields,
                           const struct reading *reading)
{
    int answer = ANSWER_SPEEDUP;
    field_choice(fields, "simulated", REQUIRED, "speedup, overlap, busy", &answer);
    prediction->answer = (enum simulated_answer)answer;
    read_submission(prediction, fields, reading);
    field_int(fields, "procs", REQUIRED, answer == ANSWER_SPEEDUP ? 2 : 1, PROCS_MOST,
              &prediction->procs);
}

static void read_prediction(struct prediction *prediction, const struct node *node,
                            const struct reading *reading)
{
    struct fields fields = fields_of(node, "predict", reading->mistakes);
    if (!fields.map)
        return;
    bool simulated = field_find(&fields, "simulated", OPTIONAL, NULL) != NULL;
    fields_allow(&fields, simulated ? "a prediction in virtual time" : "a prediction of the demo",
                 simulated ? "ask, unit, simulated, submission, procs, close, why"
                           : "ask, unit, figure, procs, close, why");
    field_text(&fields, "ask", REQUIRED, &TEXT, &prediction->ask);
    field_text(&fields, "unit", REQUIRED, &UNIT, &prediction->unit);
    field_number(&fields, "close", REQUIRED, CLOSE_LEAST, CLOSE_MOST, &prediction->close);
    field_text(&fields, "why", REQUIRED, &TEXT, &prediction->why);
    if (simulated) {
        read_simulated(prediction, &fields, reading);
    } else {
        read_figure(prediction, &fields, reading);
        field_int(&fields, "procs", OPTIONAL, 1, PROCS_MOST, &prediction->procs);
    }
}

/* ---- Quiz ------------------------------------------------------------------------------------ */

/* "a, b, c": the letters of so many choices. */
static char *letters(size_t count)
{
    struct strings all = {0};
    for (size_t i = 0; i < count; i++) {
        char letter[] = {(char)('a' + i), '\0'};
        strings_add(&all, letter);
    }
    char *text = strings_join(&all, ", ");
    strings_release(&all);
    return text;
}

static void read_choices(struct quiz_question *question, const struct fields *fields)
{
    static const char expected[] = "2 to 6 choices, called a, b, c, ... in this order";
    const struct node *node = field_find(fields, "choices", REQUIRED, expected);
    struct fields choices = fields_of(node, "choices", fields->mistakes);

    if (!choices.map)
        return;
    if (node->count < 2 || node->count > CHOICES_MOST) {
        mistakes_add(fields->mistakes, node->line, node->column, "choices: expected %s, found %zu",
                     expected, node->count);
        return;
    }
    question->choices_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        const char letter[] = {(char)('a' + i), '\0'};
        if (strcmp(node->keys[i]->text, letter) != 0)
            node_unexpected(node->keys[i], "choices", expected, NULL, fields->mistakes);
        else
            field_text(&choices, letter, REQUIRED, &CHOICE, &question->choices[i].text);
    }
}

/* What there is to say about each choice; called when the choices are known. */
static void read_whys(struct quiz_question *question, const struct fields *fields)
{
    const struct node *node =
        field_find(fields, "why", REQUIRED, "a mapping with a text for each choice");
    struct fields whys = fields_of(node, "why", fields->mistakes);
    char *allowed = letters(question->choices_count);

    fields_allow(&whys, "why", allowed);
    for (size_t i = 0; i < question->choices_count; i++) {
        const char letter[] = {(char)('a' + i), '\0'};
        field_text(&whys, letter, REQUIRED, &TEXT, &question->choices[i].why);
    }
    free(allowed);
}

static void read_answer(struct quiz_question *question, const struct fields *fields)
{
    char *allowed = letters(question->choices_count);
    int answer = 0;

    field_choice(fields, "answer", REQUIRED, allowed, &answer);
    question->answer = (size_t)answer;
    free(allowed);
}

static void read_proof(struct quiz_question *question, const struct fields *fields)
{
    if (!field_text(fields, "proof", REQUIRED, &PROOF, &question->proof))
        return;
    const struct node *at = field_find(fields, "proof", REQUIRED, NULL);
    char *mistake = proof_mistake(question->proof);
    if (mistake)
        mistakes_add(fields->mistakes, at->line, at->column, "proof: %s", mistake);
    free(mistake);
}

static void read_quiz_question(struct quiz_question *question, const struct node *node,
                               const struct reading *reading)
{
    struct fields fields = fields_of(node, "quiz", reading->mistakes);
    if (!fields.map)
        return;
    fields_allow(&fields, "a question of the quiz", "ask, choices, answer, why, proof");
    field_text(&fields, "ask", REQUIRED, &TEXT, &question->ask);
    read_choices(question, &fields);
    if (question->choices_count > 0) {
        read_answer(question, &fields);
        read_whys(question, &fields);
    }
    read_proof(question, &fields);
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* The list of `key`, which must have `least` to QUESTIONS_MOST questions; NULL after a mistake. */
static const struct node *find_list(const struct fields *root, const char *key, size_t least)
{
    char *expected = string_format("a list of %zu to %d questions", least, QUESTIONS_MOST);
    const struct node *node = field_find(root, key, REQUIRED, expected);

    if (node && node->kind != NODE_LIST) {
        node_unexpected(node, key, expected, NULL, root->mistakes);
        node = NULL;
    } else if (node && (node->count < least || node->count > QUESTIONS_MOST)) {
        mistakes_add(root->mistakes, node->line, node->column, "%s: expected %s, found %zu", key,
                     expected, node->count);
    }
    free(expected);
    return node;
}

static void read_questions(struct questions *questions, const struct node *document,
                           const struct reading *reading)
{
    struct fields root = fields_of(document, "the questions", reading->mistakes);
    int schema;

    fields_allow(&root, "the questions", "schema, predict, quiz");
    field_int(&root, "schema", REQUIRED, SCHEMA, SCHEMA, &schema);

    const struct node *list = find_list(&root, "predict", PREDICTIONS_LEAST);
    questions->predictions_count = list ? list->count : 0;
    questions->predictions =
        memory_new((questions->predictions_count + 1) * sizeof *questions->predictions);
    for (size_t i = 0; i < questions->predictions_count; i++)
        read_prediction(&questions->predictions[i], list->items[i], reading);

    list = find_list(&root, "quiz", QUIZ_LEAST);
    questions->quiz_count = list ? list->count : 0;
    questions->quiz = memory_new((questions->quiz_count + 1) * sizeof *questions->quiz);
    for (size_t i = 0; i < questions->quiz_count; i++)
        read_quiz_question(&questions->quiz[i], list->items[i], reading);
}

struct questions *questions_parse(const char *lesson_id, const char *text, size_t length,
                                  struct mistakes *mistakes)
{
    size_t mistakes_before = mistakes_total(mistakes);
    struct node *document = document_parse(text, length, mistakes);
    struct questions *questions = memory_new(sizeof *questions);
    struct reading reading = {
        .lesson_id = lesson_id, .figures = figures_of(lesson_id), .mistakes = mistakes};

    if (document)
        read_questions(questions, document, &reading);
    strings_release(&reading.figures);
    node_free(document);
    if (mistakes_total(mistakes) == mistakes_before)
        return questions;
    questions_free(questions);
    return NULL;
}

static char *path_of(const char *lesson_id)
{
    return string_format("lessons/%s/questions.yaml", lesson_id);
}

bool questions_exist(const char *lesson_id)
{
    char *path = path_of(lesson_id);
    bool exist = access(path, F_OK) == 0;
    free(path);
    return exist;
}

struct questions *questions_read(const char *lesson_id, struct mistakes *mistakes)
{
    char *path = path_of(lesson_id);
    size_t length;
    char *text = document_file(path, &length, mistakes);
    struct questions *questions = text ? questions_parse(lesson_id, text, length, mistakes) : NULL;

    free(text);
    free(path);
    return questions;
}

struct questions *questions_load(const char *lesson_id, FILE *errors)
{
    struct mistakes mistakes = {0};
    struct questions *questions = questions_read(lesson_id, &mistakes);

    if (!questions) {
        char *path = path_of(lesson_id);
        mistakes_print(&mistakes, path, errors);
        free(path);
    }
    mistakes_release(&mistakes);
    return questions;
}

static void release_prediction(struct prediction *prediction)
{
    free(prediction->ask);
    free(prediction->unit);
    free(prediction->why);
    free(prediction->figure);
    free(prediction->submission);
    free(prediction->lesson);
}

static void release_quiz_question(struct quiz_question *question)
{
    for (size_t i = 0; i < CHOICES_MOST; i++) {
        free(question->choices[i].text);
        free(question->choices[i].why);
    }
    free(question->ask);
    free(question->proof);
}

void questions_free(struct questions *questions)
{
    if (!questions)
        return;
    for (size_t i = 0; i < questions->predictions_count; i++)
        release_prediction(&questions->predictions[i]);
    for (size_t i = 0; i < questions->quiz_count; i++)
        release_quiz_question(&questions->quiz[i]);
    free(questions->predictions);
    free(questions->quiz);
    free(questions);
}
