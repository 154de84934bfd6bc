/* Nobody told the wait group that there are two tasks: the first that is done takes it below zero.
 * Waiting for words of its own, the caller is still there when that happens. */
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
    struct talk first = {hello, &done};
    rt_go(speak, &first);
    for (int i = 0; i < words_of(world); i++)
        say(world);
    rt_wait_group_wait(&done);
}
