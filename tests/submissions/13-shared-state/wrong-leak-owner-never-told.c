/* Wrong: the owner is a task that waits for requests, and nobody tells it that there are no more.
 * It waits for ever. */
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
}
