/* The tasks never say that they are done, so the caller waits for ever, and nobody can wake it. */
#include "hello.h"

static void speak(void *arg)
{
    struct speaker *who = arg;
    for (int i = 0; i < words_of(who); i++)
        say(who);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_wait_group done = {0};
    rt_wait_group_add(&done, 2);
    rt_go(speak, hello);
    rt_go(speak, world);
    rt_wait_group_wait(&done);
}
