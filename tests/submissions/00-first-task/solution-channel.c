/* Each task says on a channel that it is done; the caller takes as many of these signals as there
 * are tasks. The elements have no bytes: that one arrives is all there is to know. */
#include "hello.h"

struct talk {
    struct speaker *who;
    rt_chan *done;
};

static void speak(void *arg)
{
    struct talk *talk = arg;
    for (int i = 0; i < words_of(talk->who); i++)
        say(talk->who);
    rt_chan_send(talk->done, NULL);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_chan *done = rt_chan_new(0, 0);
    struct talk talks[] = {{hello, done}, {world, done}};
    for (int i = 0; i < 2; i++)
        rt_go(speak, &talks[i]);
    for (int i = 0; i < 2; i++)
        rt_chan_recv(done, NULL);
    rt_chan_free(done);
}
