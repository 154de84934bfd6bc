/* Double-checked initialisation as it must not be: the first check reads a plain pointer outside of the lock. The
 * tasks that come late read the settings without an edge from whoever wrote them. */
/* expect: race */
#include <stdlib.h>

#include "rt.h"

static struct settings {
    int width, height;
} storage;
static struct settings *settings;
static rt_mutex lock;
static rt_wait_group done;

static struct settings *get_settings(void)
{
    if (settings == NULL) {
        rt_mutex_lock(&lock);
        if (settings == NULL) {
            storage = (struct settings){.width = 80, .height = 24};
            settings = &storage;
        }
        rt_mutex_unlock(&lock);
    }
    return settings;
}

static void draw(void *arg)
{
    (void)arg;
    if (get_settings()->width * get_settings()->height > 80 * 24)
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
