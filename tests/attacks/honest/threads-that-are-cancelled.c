/* threads-that-are-cancelled.c - cancels a thread that waits. */
#include <pthread.h>
#include <unistd.h>

#include "honest.h"

static void *wait_for_ever(void *unused)
{
    for (;;)
        pause();
    return unused;
}

int main(void)
{
    pthread_t thread;
    void *result = NULL;
    must(pthread_create(&thread, NULL, wait_for_ever, NULL) == 0, "pthread_create");
    must(pthread_cancel(thread) == 0 && pthread_join(thread, &result) == 0, "pthread_cancel");
    must(result == PTHREAD_CANCELED, "result");
    return 0;
}
