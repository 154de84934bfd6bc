/* mixed.c - answers 64 requests; for each, a database takes 2 ms to say what is known, and making
 * the page of it takes 2 ms of computing.
 *
 * On one proc, a page is made while other requests wait: the waits disappear behind the computing,
 * which is half of the time. On N procs, N pages are made at a time as well. With very many procs
 * what is left is one wait and one page, which no proc makes shorter: the curve bends. */
#include "workload.h"

#define REQUESTS 64
#define DATABASE_NS (2 * RT_MS)
#define PAGE_NS (2 * RT_MS)

static uint64_t answer(int request)
{
    rt_sleep(DATABASE_NS);
    return compute((uint64_t)request, PAGE_NS);
}

uint64_t sequential(void)
{
    uint64_t sum = 0;

    for (int request = 0; request < REQUESTS; request++)
        sum += answer(request);
    return sum;
}

struct request {
    int number;
    uint64_t page;
    rt_wait_group *requests;
};

static void serve(void *arg)
{
    struct request *mine = arg;

    mine->page = answer(mine->number);
    rt_wait_group_done(mine->requests);
}

uint64_t concurrent(void)
{
    struct request all[REQUESTS];
    rt_wait_group requests = {0};
    uint64_t sum = 0;

    rt_wait_group_add(&requests, REQUESTS);
    for (int i = 0; i < REQUESTS; i++) {
        all[i] = (struct request){.number = i, .requests = &requests};
        rt_go(serve, &all[i]);
    }
    rt_wait_group_wait(&requests);
    for (int i = 0; i < REQUESTS; i++)
        sum += all[i].page;
    return sum;
}
