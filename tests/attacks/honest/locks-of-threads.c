/* locks-of-threads.c - uses the locks of POSIX: barriers, semaphores, read-write and spin locks. */
#include <pthread.h>
#include <semaphore.h>

#include "honest.h"

static pthread_barrier_t barrier;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static sem_t semaphore;
static int met; /* spin */

static void *meet(void *unused)
{
    pthread_barrier_wait(&barrier);
    pthread_rwlock_rdlock(&rwlock);
    pthread_rwlock_unlock(&rwlock);
    pthread_spin_lock(&spin);
    met++;
    pthread_spin_unlock(&spin);
    sem_post(&semaphore);
    return unused;
}

static void main_task(void *unused)
{
    (void)unused;
    pthread_t threads[4];
    must(pthread_barrier_init(&barrier, NULL, 4) == 0 && sem_init(&semaphore, 0, 0) == 0, "init");
    must(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE) == 0, "pthread_spin_init");
    for (int i = 0; i < 4; i++)
        must(pthread_create(&threads[i], NULL, meet, NULL) == 0, "pthread_create");
    for (int i = 0; i < 4; i++)
        must(sem_wait(&semaphore) == 0, "sem_wait");
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    must(met == 4, "met");
}

int main(void)
{
    return run_as_task(main_task);
}
