/* names-its-threads.c - gives threads names, attributes and stacks of their own. */
#include <limits.h>
#include <pthread.h>
#include <string.h>

#include "honest.h"

static void *name_oneself(void *unused)
{
    char name[16];
    must(pthread_setname_np(pthread_self(), "worker") == 0, "pthread_setname_np");
    must(pthread_getname_np(pthread_self(), name, sizeof name) == 0, "pthread_getname_np");
    must(strcmp(name, "worker") == 0, "name");
    return unused;
}

int main(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    must(pthread_attr_init(&attributes) == 0, "pthread_attr_init");
    must(pthread_attr_setstacksize(&attributes, 1 << 20) == 0, "pthread_attr_setstacksize");
    must(pthread_create(&thread, &attributes, name_oneself, NULL) == 0, "pthread_create");
    must(pthread_join(thread, NULL) == 0, "pthread_join");
    must(pthread_attr_destroy(&attributes) == 0, "pthread_attr_destroy");
    return 0;
}
