/* Tests of grader/dialogue.c: bytes in, state out. */
#include "dialogue.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct dialogue dialogue;

static void tear_down(void)
{
    dialogue_release(&dialogue);
}

static void receive(const char *text)
{
    dialogue_receive(&dialogue, text, strlen(text));
}

static void receive_bytewise(const char *text)
{
    for (; *text; text++)
        dialogue_receive(&dialogue, text, 1);
}

START_TEST(an_answer_is_taken_in)
{
    ck_assert_int_eq(dialogue.state, DIALOGUE_STARTING);
    receive("ready\n");
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERING);
    receive("answer 5\n1\n2\n3");
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERED);
    ck_assert_str_eq(dialogue.answer, "1\n2\n3");
    ck_assert_uint_eq(dialogue.answer_bytes, 5);
}
END_TEST

START_TEST(pieces_may_have_any_size)
{
    receive_bytewise("ready\nanswer 12\nforty-two\n\n\n");
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERED);
    ck_assert_str_eq(dialogue.answer, "forty-two\n\n\n");
}
END_TEST

START_TEST(an_answer_may_hold_any_byte)
{
    receive("ready\n");
    dialogue_receive(&dialogue, "answer 3\n\0\xff\n", 12);
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERED);
    ck_assert_mem_eq(dialogue.answer, "\0\xff\n", 3);
}
END_TEST

START_TEST(an_empty_answer_is_an_answer)
{
    receive("ready\n");
    receive("answer 0\n");
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERED);
    ck_assert_str_eq(dialogue.answer, "");
}
END_TEST

START_TEST(a_missing_byte_keeps_it_unanswered)
{
    receive("ready\n");
    receive("answer 5\n1234");
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERING);
}
END_TEST

START_TEST(a_byte_after_the_answer_breaks_it)
{
    receive("ready\n");
    receive("answer 2\nhi");
    receive("!");
    ck_assert_int_eq(dialogue.state, DIALOGUE_BROKEN);
}
END_TEST

START_TEST(an_answer_before_the_input_breaks_it)
{
    receive("ready\nanswer 2\nhi");
    ck_assert_int_eq(dialogue.state, DIALOGUE_BROKEN);
}
END_TEST

START_TEST(a_broken_dialogue_stays_broken)
{
    receive("steady\n");
    ck_assert_int_eq(dialogue.state, DIALOGUE_BROKEN);
    receive("ready\n");
    receive("answer 2\nhi");
    ck_assert_int_eq(dialogue.state, DIALOGUE_BROKEN);
}
END_TEST

static const char *const nonsense[] = {
    "answer\n",
    "answer \n",
    "answer -1\n",
    "answer +1\n",
    "answer  1\n",
    "answer 1 \n",
    "answer 0x1\n",
    "ANSWER 1\n",
    "\n",
    "ready\n",
    "answer 4194305\n",
    "answer 18446744073709551617\n",
    "answer 0000000000000000000000000000001\n",
};

START_TEST(an_odd_announcement_breaks_it)
{
    receive("ready\n");
    receive(nonsense[_i]);
    ck_assert_msg(dialogue.state == DIALOGUE_BROKEN, "%s", nonsense[_i]);
    ck_assert_ptr_null(dialogue.answer);
}
END_TEST

START_TEST(the_longest_answer_is_accepted)
{
    receive("ready\n");
    receive("answer 4194304\n");
    ck_assert_int_eq(dialogue.state, DIALOGUE_ANSWERING);
}
END_TEST

START_TEST(a_line_without_end_breaks_it)
{
    for (int i = 0; i < 100; i++)
        receive("r");
    ck_assert_int_eq(dialogue.state, DIALOGUE_BROKEN);
}
END_TEST

START_TEST(a_zero_byte_in_a_line_breaks_it)
{
    dialogue_receive(&dialogue, "ready\0\n", 7);
    ck_assert_int_eq(dialogue.state, DIALOGUE_BROKEN);
}
END_TEST

START_TEST(the_input_names_the_seed_and_every_value)
{
    struct input items[] = {{.name = "jobs", .value = 64}, {.name = "low", .value = INT64_MIN}};
    struct input_list list = {.items = items, .count = 2};
    char *text = dialogue_input(&list, UINT64_MAX);

    ck_assert_str_eq(text, "seed 18446744073709551615\njobs 64\nlow -9223372036854775808\ngo\n");
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dialogue");
    TCase *tests = tcase_create("dialogue");

    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, an_answer_is_taken_in);
    tcase_add_test(tests, pieces_may_have_any_size);
    tcase_add_test(tests, an_answer_may_hold_any_byte);
    tcase_add_test(tests, an_empty_answer_is_an_answer);
    tcase_add_test(tests, a_missing_byte_keeps_it_unanswered);
    tcase_add_test(tests, a_byte_after_the_answer_breaks_it);
    tcase_add_test(tests, an_answer_before_the_input_breaks_it);
    tcase_add_test(tests, a_broken_dialogue_stays_broken);
    tcase_add_loop_test(tests, an_odd_announcement_breaks_it, 0,
                        sizeof nonsense / sizeof nonsense[0]);
    tcase_add_test(tests, the_longest_answer_is_accepted);
    tcase_add_test(tests, a_line_without_end_breaks_it);
    tcase_add_test(tests, a_zero_byte_in_a_line_breaks_it);
    tcase_add_test(tests, the_input_names_the_seed_and_every_value);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
