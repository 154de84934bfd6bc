/* Each account has its lock. A transfer takes one lock after the other, never both, so for a moment the money is
 * nowhere; an auditor who holds both locks then finds a sum that is too small. */
/* expect: wrong_answer */
#include <stdlib.h>

#include "rt.h"

static struct account {
    int balance;
    rt_mutex lock;
} left = {.balance = 50}, right = {.balance = 50};
static rt_wait_group done;

static void change(struct account *account, int by)
{
    rt_mutex_lock(&account->lock);
    account->balance += by;
    rt_mutex_unlock(&account->lock);
}

static void transfer(void *arg)
{
    (void)arg;
    change(&left, -30);
    change(&right, +30);
    rt_wait_group_done(&done);
}

static void audit(void *arg)
{
    (void)arg;
    rt_mutex_lock(&left.lock);
    rt_mutex_lock(&right.lock);
    if (left.balance + right.balance != 100)
        abort();
    rt_mutex_unlock(&right.lock);
    rt_mutex_unlock(&left.lock);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 3);
    rt_go(transfer, NULL);
    rt_go(transfer, NULL);
    rt_go(audit, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
