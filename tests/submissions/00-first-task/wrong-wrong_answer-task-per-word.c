/* A task for each word: fast, but then one speaker says all its words at once. */
#include "hello.h"

struct talk {
    struct speaker *who;
    rt_wait_group *done;
};

static void say_one(void *arg)
{
    struct talk *talk = arg;
    say(talk->who);
    rt_wait_group_done(talk->done);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_wait_group done = {0};
    struct talk first = {hello, &done}, second = {world, &done};
    rt_wait_group_add(&done, words_of(hello) + words_of(world));
    for (int i = 0; i < words_of(hello); i++)
        rt_go(say_one, &first);
    for (int i = 0; i < words_of(world); i++)
        rt_go(say_one, &second);
    rt_wait_group_wait(&done);
}
