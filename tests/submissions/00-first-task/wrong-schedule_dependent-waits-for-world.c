/* Waits only for the slower speaker, and takes it for granted that the other one is done by then. */
#include "hello.h"

struct talk {
    struct speaker *who;
    rt_wait_group *done; /* NULL: nobody waits for this one */
};

static void speak(void *arg)
{
    struct talk *talk = arg;
    for (int i = 0; i < words_of(talk->who); i++)
        say(talk->who);
    if (talk->done != NULL)
        rt_wait_group_done(talk->done);
}

/* The talks are static: they outlive the tasks, whatever happens. */
void speak_both(struct speaker *hello, struct speaker *world)
{
    static rt_wait_group done;
    static struct talk talks[2];

    rt_wait_group_add(&done, 1);
    talks[0] = (struct talk){hello, NULL};
    talks[1] = (struct talk){world, &done};
    rt_go(speak, &talks[0]);
    rt_go(speak, &talks[1]);
    rt_wait_group_wait(&done);
}
