/* commands_quiz.c - `barista quiz`: the questions after a lesson's text.
 *
 * A wrong choice is told what is wrong with it and has another try, since the point is to find out.
 * What counts is the first try; but no points are given for it (questions.h). */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "progress.h"
#include "result.h"
#include "wrap.h"

enum answered { ANSWERED_AT_ONCE, ANSWERED_LATER, ANSWERED_NOT };

/* "    a  The text, whose further lines", and they begin where it began. */
static void show_choice(char letter, const char *text)
{
    char *lines = NULL;
    size_t bytes;
    FILE *memory = open_memstream(&lines, &bytes);
    if (!memory)
        memory_exhausted();
    wrap_print(memory, 7, text);
    fclose(memory);
    lines[4] = letter;
    fputs(lines, stdout);
    free(lines);
}

static void show_question(const struct quiz_question *question, size_t number, size_t count)
{
    char *text = string_format("%zu of %zu. %s", number, count, question->ask);
    putchar('\n');
    wrap_print(stdout, 0, text);
    free(text);
    for (size_t i = 0; i < question->choices_count; i++)
        show_choice((char)('a' + i), question->choices[i].text);
}

/* Breaks the command between its words where it is wider than a terminal, so that it can be copied
 * as it is. */
static void show_proof(const char *proof)
{
    char *copy = string_copy(proof), *rest = copy, *word;
    size_t column = 4;

    fputs("  See for yourself:\n    ", stdout);
    for (bool first = true; (word = strsep(&rest, " ")) != NULL; first = false) {
        size_t width = strlen(word) + 1;
        if (!first && column + width + 2 > WRAP_COLUMNS) {
            fputs(" \\\n   ", stdout);
            column = 3;
        }
        printf("%s%s", first ? "" : " ", word);
        column += width;
    }
    putchar('\n');
    free(copy);
}

/* Which choice a line means; choices_count: none. */
static size_t choice_of(const struct quiz_question *question, const char *line)
{
    char letter = (char)(*line | 0x20); /* A is a */
    bool one = line[0] && !line[1] && letter >= 'a' && letter < 'a' + (char)question->choices_count;
    return one ? (size_t)(letter - 'a') : question->choices_count;
}

static void show_why(const struct quiz_question *question, size_t choice)
{
    bool right = choice == question->answer;
    char *text = string_format("%s %s", right ? "Right." : "No.", question->choices[choice].why);
    wrap_print(stdout, 2, text);
    free(text);
    if (right)
        show_proof(question->proof);
}

static enum answered ask(const struct quiz_question *question)
{
    enum answered answered = ANSWERED_AT_ONCE;
    for (;;) {
        char *line = ask_line("> ");
        if (!line)
            return ANSWERED_NOT;
        size_t choice = choice_of(question, line);
        free(line);
        if (choice == question->choices_count)
            printf("  Type a letter from a to %c; Ctrl-D ends the quiz.\n",
                   (char)('a' + question->choices_count - 1));
        else
            show_why(question, choice);
        if (choice == question->answer)
            return answered;
        if (choice < question->choices_count)
            answered = ANSWERED_LATER;
    }
}

static void ask_all(const struct lesson *lesson, const struct questions *questions)
{
    size_t count = questions->quiz_count, right = 0;
    for (size_t i = 0; i < count; i++) {
        show_question(&questions->quiz[i], i + 1, count);
        enum answered answered = ask(&questions->quiz[i]);
        if (answered == ANSWERED_NOT) {
            printf("Stopped: %zu of %zu answered. make quiz LESSON=%.2s begins again.\n", i, count,
                   lesson->id);
            return;
        }
        right += answered == ANSWERED_AT_ONCE;
    }
    printf("\nRight at the first try: %zu of %zu.\n", right, count);
    command_keep_answers(lesson, PROGRESS_QUIZ, right, count);
}

int command_quiz(const struct arguments *arguments)
{
    struct lesson *lesson = command_lesson(arguments->words_count > 0 ? arguments->words[0] : NULL);
    struct questions *questions = lesson ? command_questions(lesson, "Quiz") : NULL;
    if (questions)
        ask_all(lesson, questions);
    int status = questions ? BARISTA_PASS : BARISTA_USAGE;
    questions_free(questions);
    lesson_free(lesson);
    return status;
}
