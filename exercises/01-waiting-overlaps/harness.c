/* harness.c - exercise 01: makes sites, has their pages fetched, and writes down what arrived.
 *
 * Sites and pages are drawn from the seed, so a page can only come from download(). The answer
 * lists the pages in the order of the sites asked for, whichever came first.
 *
 * Pages and sites outlive harness(): a submission that returns before its tasks are done must get a
 * wrong answer, not a crash. For the same reason the count of downloads is atomic; relaxed is
 * enough, since a correct submission has waited for its tasks before it is read. */
#include <inttypes.h>
#include <stdatomic.h>

#include "exercise.h"
#include "fetch.h"

static int64_t wait_ns;
static int sites_count;
static int sites[PAGES_MAX];
static struct page contents[PAGES_MAX]; /* what the sites hold */
static struct page fetched[PAGES_MAX];  /* what the submission got */
static _Atomic(int) downloads;

struct page download(int site)
{
    atomic_fetch_add_explicit(&downloads, 1, memory_order_relaxed);
    rt_sleep(wait_ns);
    for (int i = 0; i < sites_count; i++)
        if (sites[i] == site)
            return contents[i];
    return (struct page){0};
}

/* Numbers grow from site to site, so that no two are the same. */
static void make_sites(void)
{
    int site = 0;
    for (int i = 0; i < sites_count; i++) {
        site += (int)input_random_between(1, 500);
        sites[i] = site;
        contents[i] = (struct page){
            .site = site,
            .bytes = (int)input_random_between(1000, 90000),
            .checksum = (uint32_t)input_random(),
        };
    }
}

void harness(void)
{
    int64_t wanted = input_get("sites");
    sites_count = wanted < PAGES_MAX ? (int)wanted : PAGES_MAX;
    wait_ns = input_get("wait_ms") * RT_MS;
    make_sites();
    fetch_all(sites, sites_count, fetched);
    for (int i = 0; i < sites_count; i++)
        answer_line("site %d: page of site %d, %d bytes, checksum %08" PRIx32, sites[i],
                    fetched[i].site, fetched[i].bytes, fetched[i].checksum);
    answer_line("downloads: %d", atomic_load_explicit(&downloads, memory_order_relaxed));
}
