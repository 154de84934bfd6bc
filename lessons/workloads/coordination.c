/* coordination.c - four clerks keep one account: each line of it needs the balance of the line
 * before, so the balance goes from hand to hand.
 *
 * A line takes 20 ns, and handing the balance on takes longer than that. Nobody hands anything to
 * himself: so the tasks are slower than a plain loop even on one proc. On several it is worse:
 * never are two of the clerks busy at a time, and now the balance travels from one CPU to another,
 * where it may have to wake somebody. That there are four of them is structure, and a poor one. */
#include "workload.h"

#define CLERKS 4
#define LINES 200000
#define LINE_NS 20

static uint64_t add_line(uint64_t balance, int line)
{
    return compute(balance + (uint64_t)line, LINE_NS);
}

uint64_t sequential(void)
{
    uint64_t balance = 0;

    for (int line = 0; line < LINES; line++)
        balance = add_line(balance, line);
    return balance;
}

struct clerk {
    int number;
    rt_chan *from, *to; /* of uint64_t: the balance, from the left and to the right */
    rt_wait_group *clerks;
};

static void keep_account(void *arg)
{
    struct clerk *me = arg;
    uint64_t balance;

    for (int line = me->number; line < LINES; line += CLERKS) {
        rt_chan_recv(me->from, &balance);
        balance = add_line(balance, line);
        rt_chan_send(me->to, &balance);
    }
    rt_wait_group_done(me->clerks);
}

uint64_t concurrent(void)
{
    rt_chan *hands[CLERKS];
    struct clerk all[CLERKS];
    rt_wait_group clerks = {0};
    uint64_t balance = 0;

    /* Room for one, so that the first balance can be put in and the last one taken out. */
    for (int i = 0; i < CLERKS; i++)
        hands[i] = rt_chan_new(sizeof balance, 1);
    rt_wait_group_add(&clerks, CLERKS);
    for (int i = 0; i < CLERKS; i++) {
        all[i] = (struct clerk){i, hands[i], hands[(i + 1) % CLERKS], &clerks};
        rt_go(keep_account, &all[i]);
    }
    rt_chan_send(hands[0], &balance);
    rt_wait_group_wait(&clerks);
    rt_chan_recv(hands[LINES % CLERKS], &balance);
    for (int i = 0; i < CLERKS; i++)
        rt_chan_free(hands[i]);
    return balance;
}
