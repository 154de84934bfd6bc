/* Forgets to hand the speaker to its task: the task looks for it at address 0. */
#include "hello.h"

static rt_wait_group done;

static void speak(void *arg)
{
    struct speaker *who = arg;
    for (int i = 0; i < words_of(who); i++)
        say(who);
    rt_wait_group_done(&done);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_wait_group_add(&done, 2);
    rt_go(speak, hello);
    rt_go(speak, NULL);
    rt_wait_group_wait(&done);
    (void)world;
}
