/* Transfers between 64 accounts, each with a lock of its own: two locks at a time, lower number first. They are
 * seldom wanted by two tasks at once. */
#include "program.h"

#define ACCOUNTS 64
#define TASKS 64

static struct {
    _Alignas(64) rt_mutex lock; /* no account shares a cache line with another */
    int64_t balance;
} accounts[ACCOUNTS];
static int transfers;
static rt_wait_group done;

static void transfer(unsigned from, unsigned to, int64_t amount)
{
    unsigned lower = from < to ? from : to, higher = from < to ? to : from;
    rt_mutex_lock(&accounts[lower].lock);
    rt_mutex_lock(&accounts[higher].lock);
    accounts[from].balance -= amount;
    accounts[to].balance += amount;
    rt_mutex_unlock(&accounts[higher].lock);
    rt_mutex_unlock(&accounts[lower].lock);
}

static void clerk(void *arg)
{
    uint64_t stream = (uint64_t)(intptr_t)arg;
    for (int i = 0; i < transfers; i++) {
        uint64_t order = chain(draw(&stream), 1000);
        unsigned from = order % ACCOUNTS, to = (unsigned)(order >> 8) % ACCOUNTS;
        if (from != to) {
            transfer(from, to, (int64_t)(order >> 40));
        }
    }
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    uint64_t check = 0;
    transfers = 150 * percent * 8 / TASKS;
    rt_wait_group_add(&done, TASKS);
    for (intptr_t i = 0; i < TASKS; i++) {
        rt_go(clerk, (void *)i);
    }
    rt_wait_group_wait(&done);
    for (int i = 0; i < ACCOUNTS; i++) {
        check = check * 31 + (uint64_t)accounts[i].balance;
    }
    return check;
}
