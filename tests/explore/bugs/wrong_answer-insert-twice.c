/* "Insert it unless it is there": looking and inserting each hold the lock, but not together, so four tasks may insert
 * one name more than once. */
/* expect: wrong_answer */
#include <stdbool.h>
#include <stdlib.h>

#include "rt.h"

static int names[8], name_count;
static rt_mutex lock;
static rt_wait_group done;

static bool contains(int name)
{
    bool found = false;

    rt_mutex_lock(&lock);
    for (int i = 0; i < name_count; i++)
        found |= names[i] == name;
    rt_mutex_unlock(&lock);
    return found;
}

static void insert(int name)
{
    rt_mutex_lock(&lock);
    names[name_count++] = name;
    rt_mutex_unlock(&lock);
}

static void enroll(void *arg)
{
    (void)arg;
    if (!contains(17))
        insert(17);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(enroll, NULL);
    rt_wait_group_wait(&done);
    if (name_count != 1)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
