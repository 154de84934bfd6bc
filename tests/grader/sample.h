/* sample.h - a lesson and results in memory, for tests of what is made from results. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "result.h"

/* The lesson 03-worker-pool with the checks build (10 points), answer (50) and a parallel shape
 * (40). It lives as long as the test program. */
extern const struct lesson sample_lesson;

/* A result of it in which every check passes, with evidence of five quiet rounds on two CPUs
 * that show a speedup of 1.9. The caller releases it. */
struct result sample_result(void);

/* As verdict.c decides it: evidence of `rounds` equal rounds on two CPUs, in which the oracle takes
 * 200 ms, and the submission `one` and `many` seconds. */
void sample_measure(struct check_result *check, int rounds, double one, double many);

/* What `print` writes to the stream it is given; the caller frees it. */
#define PRINTED(text, print)                                                                       \
    do {                                                                                           \
        size_t printed_size;                                                                       \
        FILE *out = open_memstream(&(text), &printed_size);                                        \
        print;                                                                                     \
        fclose(out);                                                                               \
    } while (0)

/* Fails the test unless `text` holds `part`; shows the text. */
#define ck_assert_has(text, part)                                                                  \
    ck_assert_msg(strstr((text), (part)) != NULL, "no \"%s\" in:\n%s", (part), (text))
#define ck_assert_has_not(text, part)                                                              \
    ck_assert_msg(strstr((text), (part)) == NULL, "\"%s\" in:\n%s", (part), (text))

#endif
