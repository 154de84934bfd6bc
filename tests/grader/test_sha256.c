/* Tests of grader/sha256.c against the examples of FIPS 180-4 and around the edges of a block. */
#include "sha256.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void hash_of(const char *bytes, size_t count, size_t piece, char text[65])
{
    struct sha256 hash;

    sha256_init(&hash);
    for (size_t i = 0; i < count; i += piece)
        sha256_add(&hash, bytes + i, count - i < piece ? count - i : piece);
    sha256_end(&hash, text);
}

/* Hashes of so many letters `a`, by coreutils' sha256sum but for those in the standard. */
static const struct {
    size_t count;
    const char *hash;
} examples[] = {
    {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
    {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
    {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
    {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
    {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
    {1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

START_TEST(letters_have_known_hashes)
{
    char *letters = malloc(examples[_i].count + 1);
    char text[65];

    memset(letters, 'a', examples[_i].count);
    hash_of(letters, examples[_i].count, 1000, text);
    ck_assert_str_eq(text, examples[_i].hash);
    free(letters);
}
END_TEST

START_TEST(abc_has_the_standards_hash)
{
    char text[65];

    hash_of("abc", 3, 3, text);
    ck_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(pieces_make_no_difference)
{
    static const char message[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    char text[65];

    for (size_t piece = 1; piece < sizeof message; piece++) {
        hash_of(message, sizeof message - 1, piece, text);
        ck_assert_str_eq(text, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sha256");
    TCase *tests = tcase_create("sha256");

    tcase_add_loop_test(tests, letters_have_known_hashes, 0, sizeof examples / sizeof examples[0]);
    tcase_add_test(tests, abc_has_the_standards_hash);
    tcase_add_test(tests, pieces_make_no_difference);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
