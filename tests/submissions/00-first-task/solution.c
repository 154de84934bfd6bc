/* A task for each speaker, and a wait group to wait for both. */
#include "hello.h"

struct talk {
    struct speaker *who;
    rt_wait_group *done;
};

static void speak(void *arg)
{
    struct talk *talk = arg;
    for (int i = 0; i < words_of(talk->who); i++)
        say(talk->who);
    rt_wait_group_done(talk->done);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_wait_group done = {0};
    struct talk first = {hello, &done}, second = {world, &done};
    rt_wait_group_add(&done, 2);
    rt_go(speak, &first);
    rt_go(speak, &second);
    rt_wait_group_wait(&done);
}
