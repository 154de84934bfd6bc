/* Wrong: the task that owns the counts waits for one more message, for ever. */
#include "hits.h"

struct message {
    int page;
    rt_chan *reply; /* of int64_t; NULL: a hit, and nobody waits */
};

static rt_chan *messages; /* of struct message */
static rt_wait_group owner_gone;

static void own(void *unused)
{
    int64_t counts[PAGES] = {0};
    struct message message;

    (void)unused;
    while (rt_chan_recv(messages, &message) == RT_OK) {
        if (message.reply != NULL)
            rt_chan_send(message.reply, &counts[message.page]);
        else
            counts[message.page]++;
    }
    rt_wait_group_done(&owner_gone);
}

void hits_open(int workers)
{
    (void)workers;
    messages = rt_chan_new(sizeof(struct message), 0);
    rt_wait_group_add(&owner_gone, 1);
    rt_go(own, NULL);
}

void hit(int worker, int page)
{
    struct message message = {page, NULL};

    (void)worker;
    rt_chan_send(messages, &message);
}

int64_t hits(int page)
{
    struct message message = {page, rt_chan_new(sizeof(int64_t), 1)};
    int64_t count;

    rt_chan_send(messages, &message);
    rt_chan_recv(message.reply, &count);
    rt_chan_free(message.reply);
    return count;
}

void hits_close(void)
{
}
