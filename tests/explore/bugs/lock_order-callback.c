/* The subject calls its observers while it holds its lock, and they take the account's. The account, while it holds its
 * lock, tells the subject. The two calls are a page apart, and the functions between them hide the locks. Here they
 * come a millisecond apart. */
/* expect: lock_order */
#include "rt.h"

static int balance, notices;
static rt_mutex account, subject;
static rt_wait_group done;

static void on_notice(void)
{
    rt_mutex_lock(&account);
    notices += balance > 0;
    rt_mutex_unlock(&account);
}

static void notify(void)
{
    rt_mutex_lock(&subject);
    on_notice();
    rt_mutex_unlock(&subject);
}

static void add_observer(void)
{
    rt_mutex_lock(&subject);
    rt_mutex_unlock(&subject);
}

static void pay_in(void *arg)
{
    (void)arg;
    rt_mutex_lock(&account);
    balance += 10;
    add_observer();
    rt_mutex_unlock(&account);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 1);
    rt_go(pay_in, NULL);
    rt_sleep(RT_MS);
    notify();
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
