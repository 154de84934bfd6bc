/* own-threads.c - starts threads of its own beside the tasks. */
#include <pthread.h>

#include "honest.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter; /* lock */

static void *count(void *unused)
{
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&lock);
        counter++;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

static void main_task(void *unused)
{
    (void)unused;
    pthread_t threads[8];
    for (int i = 0; i < 8; i++)
        must(pthread_create(&threads[i], NULL, count, NULL) == 0, "pthread_create");
    for (int i = 0; i < 8; i++)
        must(pthread_join(threads[i], NULL) == 0, "pthread_join");
    must(counter == 8000, "counter");
}

int main(void)
{
    return run_as_task(main_task);
}
