/* A right answer to lesson 13 without a lock: shelf and cash box are local variables of one task,
 * the owner. Nobody else can touch them; the others send a request, with a channel for the reply.
 * An audit is the sale of no cakes, so that there is one kind of request. */
#include "bakery.h"

struct reply {
    int sold, left;
    int64_t cash;
};

struct request {
    int wanted;
    rt_chan *reply; /* of struct reply */
};

struct stock {
    int cakes;
    int64_t price;
};

static struct stock delivery; /* read by the owner when it starts; rt_go orders that */
static rt_chan *requests;     /* of struct request */
static rt_wait_group owner_gone;

static void own(void *arg)
{
    const struct stock *stock = arg;
    int shelf = stock->cakes;
    int64_t cash = 0;
    struct request request;

    while (rt_chan_recv(requests, &request) == RT_OK) {
        int sold = request.wanted < shelf ? request.wanted : shelf;
        shelf -= sold;
        cash += sold * stock->price;
        struct reply reply = {sold, shelf, cash};
        rt_chan_send(request.reply, &reply);
    }
    rt_wait_group_done(&owner_gone);
}

static struct reply ask(int wanted)
{
    struct request request = {wanted, rt_chan_new(sizeof(struct reply), 1)};
    struct reply reply;

    rt_chan_send(requests, &request);
    rt_chan_recv(request.reply, &reply);
    rt_chan_free(request.reply);
    return reply;
}

void bakery_open(int cakes, int64_t price)
{
    delivery = (struct stock){cakes, price};
    requests = rt_chan_new(sizeof(struct request), 0);
    rt_wait_group_add(&owner_gone, 1);
    rt_go(own, &delivery);
}

int sell(int wanted)
{
    int sold = ask(wanted).sold;

    wrap(sold);
    return sold;
}

void audit(int *left, int64_t *cash)
{
    struct reply reply = ask(0);

    *left = reply.left;
    *cash = reply.cash;
}

void bakery_close(void)
{
    rt_chan_close(requests);
    rt_wait_group_wait(&owner_gone);
    rt_chan_free(requests);
}
