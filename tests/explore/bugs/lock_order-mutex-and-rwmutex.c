/* The cycle goes over two kinds of locks: the saver takes the mutex and then the document for reading, the editor the
 * document for writing and then, half a millisecond after the start, the mutex. */
/* expect: lock_order */
#include "rt.h"

static int text, saved;
static rt_mutex disk;
static rt_rwmutex document;
static rt_wait_group done;

static void save(void *arg)
{
    (void)arg;
    rt_mutex_lock(&disk);
    rt_rwmutex_read_lock(&document);
    saved = text;
    rt_rwmutex_read_unlock(&document);
    rt_mutex_unlock(&disk);
    rt_wait_group_done(&done);
}

static void edit(void *arg)
{
    (void)arg;
    rt_sleep(500 * RT_US);
    rt_rwmutex_write_lock(&document);
    text++;
    rt_mutex_lock(&disk);
    saved = 0;
    rt_mutex_unlock(&disk);
    rt_rwmutex_write_unlock(&document);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(save, NULL);
    rt_go(edit, NULL);
    rt_wait_group_wait(&done);
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
