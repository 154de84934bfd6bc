/* shared-memory-of-threads.c - shares a mapping among its own threads. */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "honest.h"

static atomic_int *counter;

static void *add(void *unused)
{
    for (int i = 0; i < 1000; i++)
        atomic_fetch_add(counter, 1);
    return unused;
}

int main(void)
{
    pthread_t threads[2];
    counter = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    must(counter != MAP_FAILED, "mmap");
    for (int i = 0; i < 2; i++)
        must(pthread_create(&threads[i], NULL, add, NULL) == 0, "pthread_create");
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    must(atomic_load(counter) == 2000, "counter");
    return 0;
}
