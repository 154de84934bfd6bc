/* The caller is a task too: it needs to start only one other, and speaks for world itself. */
#include "hello.h"

struct talk {
    struct speaker *who;
    rt_wait_group done;
};

static void speak(struct speaker *who)
{
    for (int i = 0; i < words_of(who); i++)
        say(who);
}

static void talk_task(void *arg)
{
    struct talk *talk = arg;
    speak(talk->who);
    rt_wait_group_done(&talk->done);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    struct talk talk = {.who = hello};
    rt_wait_group_add(&talk.done, 1);
    rt_go(talk_task, &talk);
    speak(world);
    rt_wait_group_wait(&talk.done);
}
