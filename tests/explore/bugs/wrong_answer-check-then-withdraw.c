/* Two withdrawals of 60 from 100. Looking at the balance and changing it are both under the lock, each in a
 * critical section of its own: both may look before either of them withdraws. */
/* expect: wrong_answer */
#include <stdlib.h>

#include "rt.h"

static int balance = 100;
static rt_mutex lock;
static rt_wait_group done;

static int get_balance(void)
{
    rt_mutex_lock(&lock);
    int now = balance;
    rt_mutex_unlock(&lock);
    return now;
}

static void withdraw(void *arg)
{
    (void)arg;
    if (get_balance() >= 60) {
        rt_mutex_lock(&lock);
        balance -= 60;
        rt_mutex_unlock(&lock);
    }
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(withdraw, NULL);
    rt_go(withdraw, NULL);
    rt_wait_group_wait(&done);
    if (balance < 0)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
