/* harness.c - exercise 00: makes the two speakers, lets them speak, and writes down what they said.
 *
 * Every word is a number drawn from the seed, and only say() moves on to the next one. So the
 * answer shows how many words each speaker said and in which order, and nothing of how the two
 * interleaved: it is the same for every schedule.
 *
 * The speakers outlive harness(): a submission that returns before its tasks are done must get a
 * wrong answer, not a crash. For the same reason what is counted is atomic; relaxed is enough,
 * since a correct submission has waited for its tasks before anything is read. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "exercise.h"
#include "hello.h"

/* The longest line of words that is still pleasant to read. */
#define WORDS_MAX 16

struct speaker {
    const char *name;
    int64_t pause_ns;
    int words_count;
    int words[WORDS_MAX];
    _Atomic(int) said;         /* how many words have been said */
    _Atomic(bool) speaking;    /* a task is in say() for this speaker */
    _Atomic(bool) interrupted; /* a second task was, at the same time */
};

static struct speaker hello = {.name = "hello"}, world = {.name = "world"};

int words_of(const struct speaker *who)
{
    return who->words_count;
}

void say(struct speaker *who)
{
    if (atomic_exchange_explicit(&who->speaking, true, memory_order_relaxed))
        atomic_store_explicit(&who->interrupted, true, memory_order_relaxed);
    rt_sleep(who->pause_ns);
    atomic_fetch_add_explicit(&who->said, 1, memory_order_relaxed);
    atomic_store_explicit(&who->speaking, false, memory_order_relaxed);
}

static void speaker_init(struct speaker *who, int64_t pause_ms, int words_count)
{
    who->pause_ns = pause_ms * RT_MS;
    who->words_count = words_count < WORDS_MAX ? words_count : WORDS_MAX;
    for (int i = 0; i < who->words_count; i++)
        who->words[i] = (int)input_random_between(100, 999);
}

static void answer_speaker(struct speaker *who)
{
    char words[WORDS_MAX * 4 + 1] = "";
    int said = atomic_load_explicit(&who->said, memory_order_relaxed);
    for (int i = 0, end = 0; i < said && i < who->words_count; i++)
        end += snprintf(words + end, sizeof words - (size_t)end, " %d", who->words[i]);
    answer_line("%s said %d of %d words:%s", who->name, said, who->words_count, words);
    if (atomic_load_explicit(&who->interrupted, memory_order_relaxed))
        answer_line("%s was interrupted: two tasks were in say() for it at once", who->name);
}

void harness(void)
{
    int words_count = (int)input_get("words");
    speaker_init(&hello, input_get("hello_ms"), words_count);
    speaker_init(&world, input_get("world_ms"), words_count);
    speak_both(&hello, &world);
    answer_speaker(&hello);
    answer_speaker(&world);
}
