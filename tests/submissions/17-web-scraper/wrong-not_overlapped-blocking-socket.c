/* Wrong: a pool of the right size, and a client of its own that reads with read(2). A read of the
 * runtime makes the task wait; this one makes the thread wait, and with it the proc. On one proc even
 * the server stands still, until the runtime finds that the proc has been away for too long. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "scraper.h"

struct job {
    int port, count;
    const char *const *paths;
    struct page *pages;
    _Atomic(int) next; /* the first page that nobody fetches; relaxed: only its value counts */
    rt_wait_group workers;
};

static struct page parse(const char *answer)
{
    struct page page = {0};
    const char *body = strstr(answer, "\r\n\r\n");

    if (body == NULL || sscanf(answer, "HTTP/1.%*1[01] %d", &page.status) != 1)
        return page;
    for (body += 4; *body != '\0'; body++, page.bytes++)
        page.checksum = (page.checksum ^ (unsigned char)*body) * UINT64_C(1099511628211);
    return page;
}

static struct page get_page_by_hand(int port, const char *path)
{
    char message[8192];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    ssize_t got, length = snprintf(message, sizeof message, "GET %s HTTP/1.0\r\n\r\n", path);

    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (connect(client, (struct sockaddr *)&address, sizeof address) != 0 ||
        write(client, message, (size_t)length) != length) {
        close(client);
        return (struct page){0};
    }
    length = 0;
    while ((got = read(client, message + length, sizeof message - 1 - (size_t)length)) > 0)
        length += got;
    message[length] = '\0';
    close(client);
    return parse(message);
}

static void fetch_some(void *arg)
{
    struct job *job = arg;
    int i;

    while ((i = atomic_fetch_add_explicit(&job->next, 1, memory_order_relaxed)) < job->count)
        job->pages[i] = get_page_by_hand(job->port, job->paths[i]);
    rt_wait_group_done(&job->workers);
}

void scrape(int port, const char *const *paths, int count, int connections, struct page *pages)
{
    struct job job = {.port = port, .count = count, .paths = paths, .pages = pages};

    rt_wait_group_add(&job.workers, connections);
    for (int i = 0; i < connections; i++)
        rt_go(fetch_some, &job);
    rt_wait_group_wait(&job.workers);
}
