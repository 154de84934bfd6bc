/* thread-locals.c - keeps variables for each thread. */
#include <pthread.h>

#include "honest.h"

static _Thread_local int calls;
static pthread_key_t key;

static void *use(void *unused)
{
    must(pthread_setspecific(key, malloc(100)) == 0 && pthread_getspecific(key), "specific");
    must(++calls == 1, "calls");
    return unused;
}

int main(void)
{
    pthread_t threads[4];
    must(pthread_key_create(&key, free) == 0, "pthread_key_create");
    for (int i = 0; i < 4; i++)
        must(pthread_create(&threads[i], NULL, use, NULL) == 0, "pthread_create");
    for (int i = 0; i < 4; i++)
        must(pthread_join(threads[i], NULL) == 0, "pthread_join");
    must(calls == 0, "calls of the main thread");
    return 0;
}
