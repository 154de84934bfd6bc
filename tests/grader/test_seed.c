/* Tests of grader/seed.c: the same seed gives the same numbers, in their range. */
#include "seed.h"

#include <check.h>

START_TEST(a_stream_repeats_itself)
{
    uint64_t a = 7, b = 7;
    for (int i = 0; i < 100; i++)
        ck_assert_uint_eq(seed_next(&a), seed_next(&b));
}
END_TEST

START_TEST(streams_of_neighbouring_seeds_differ)
{
    uint64_t a = 7, b = 8;
    ck_assert_uint_ne(seed_next(&a), seed_next(&b));
}
END_TEST

START_TEST(seeds_are_exact_in_a_double)
{
    uint64_t stream = 1;
    for (int i = 0; i < 1000; i++) {
        uint64_t seed = seed_next(&stream);
        ck_assert_uint_le(seed, SEED_MAX);
        ck_assert_uint_eq((uint64_t)(double)seed, seed);
    }
}
END_TEST

START_TEST(numbers_below_a_limit_reach_all_of_them)
{
    int seen[5] = {0};
    uint64_t stream = 1;
    for (int i = 0; i < 200; i++)
        seen[seed_below(&stream, 5)]++;
    for (int i = 0; i < 5; i++)
        ck_assert_int_gt(seen[i], 20);
}
END_TEST

START_TEST(a_shuffle_has_each_number_once_and_any_of_them_first)
{
    int first[3] = {0}, order[3];
    uint64_t stream = 1;
    for (int i = 0; i < 200; i++) {
        seed_shuffle(&stream, order, 3);
        ck_assert_int_eq((1 << order[0]) + (1 << order[1]) + (1 << order[2]), 7);
        first[order[0]]++;
    }
    for (int i = 0; i < 3; i++)
        ck_assert_int_gt(first[i], 40);
}
END_TEST

START_TEST(fresh_seeds_differ)
{
    ck_assert_uint_ne(seed_fresh(), seed_fresh());
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seed");
    TCase *tests = tcase_create("seed");
    tcase_add_test(tests, a_stream_repeats_itself);
    tcase_add_test(tests, streams_of_neighbouring_seeds_differ);
    tcase_add_test(tests, seeds_are_exact_in_a_double);
    tcase_add_test(tests, numbers_below_a_limit_reach_all_of_them);
    tcase_add_test(tests, a_shuffle_has_each_number_once_and_any_of_them_first);
    tcase_add_test(tests, fresh_seeds_differ);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
