/* Counts words in pages of text: one task writes pages, four count, one adds up. The text is made on the spot,
 * so the writer has half as much to do as all counters together. */
#include <stdlib.h>

#include "program.h"

#define PAGE 8192
#define COUNTERS 4

static rt_chan *pages, *counts;

static void write_page(char *page, uint64_t *stream)
{
    for (int i = 0; i < PAGE; i++) {
        *stream = chain(*stream, 12);
        uint64_t letter = *stream % 32;
        page[i] = letter < 26 ? (char)('a' + letter) : ' ';
    }
}

static int count_words(const char *page)
{
    int words = 0;
    uint64_t hash = 0;
    for (int i = 0; i < PAGE; i++) {
        if (page[i] != ' ') {
            hash = chain(hash + (uint64_t)page[i], 16);
        } else if (hash != 0) {
            words += hash % 3 != 0; /* every third word is a stop word */
            hash = 0;
        }
    }
    return words;
}

static void counter(void *arg)
{
    (void)arg;
    char *page;
    int words = 0;
    while (rt_chan_recv(pages, &page) == RT_OK) {
        words += count_words(page);
        free(page);
    }
    rt_chan_send(counts, &words);
}

uint64_t program(int percent)
{
    uint64_t stream = 1, total = 0;
    pages = rt_chan_new(sizeof(char *), 8);
    counts = rt_chan_new(sizeof(int), COUNTERS);
    for (int i = 0; i < COUNTERS; i++) {
        rt_go(counter, NULL);
    }
    for (int i = 0; i < 6 * percent; i++) {
        char *page = malloc(PAGE);
        write_page(page, &stream);
        rt_chan_send(pages, &page);
    }
    rt_chan_close(pages);
    for (int i = 0; i < COUNTERS; i++) {
        int words;
        rt_chan_recv(counts, &words);
        total += (uint64_t)words;
    }
    rt_chan_free(pages);
    rt_chan_free(counts);
    return total;
}
