/* Double-checked initialisation as it has to be: the pointer is read with acquire and written with release, the second
 * check is under the lock. */
/* expect: none */
#include <stdatomic.h>
#include <stdlib.h>

#include "rt.h"

struct settings {
    int width, height;
};
static struct settings storage;
static _Atomic(struct settings *) settings;
static rt_mutex lock;
static rt_wait_group done;

static struct settings *get_settings(void)
{
    struct settings *made = atomic_load_explicit(&settings, memory_order_acquire);
    if (made != NULL)
        return made;
    rt_mutex_lock(&lock);
    made = atomic_load_explicit(&settings, memory_order_relaxed);
    if (made == NULL) {
        storage = (struct settings){.width = 80, .height = 24};
        made = &storage;
        atomic_store_explicit(&settings, made, memory_order_release);
    }
    rt_mutex_unlock(&lock);
    return made;
}

static void draw(void *arg)
{
    (void)arg;
    if (get_settings()->width * get_settings()->height != 80 * 24)
        abort();
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 4);
    for (int i = 0; i < 4; i++)
        rt_go(draw, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
