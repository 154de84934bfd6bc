/* Two tasks, but the second starts when the first is done: "it uses tasks" is not yet
 * concurrency. */
#include "hello.h"

struct talk {
    struct speaker *who;
    rt_wait_group done;
};

static void speak(void *arg)
{
    struct talk *talk = arg;
    for (int i = 0; i < words_of(talk->who); i++)
        say(talk->who);
    rt_wait_group_done(&talk->done);
}

static void start_and_wait(struct speaker *who)
{
    struct talk talk = {.who = who};
    rt_wait_group_add(&talk.done, 1);
    rt_go(speak, &talk);
    rt_wait_group_wait(&talk.done);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    start_and_wait(hello);
    start_and_wait(world);
}
