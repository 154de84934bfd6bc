/* hash-table.c - counts words in a hash table of its own. */
#include <string.h>

#include "honest.h"

#define BUCKETS 128

struct entry {
    struct entry *next;
    int count;
    char word[8];
};

static struct entry *buckets[BUCKETS];

static void count(const char *word)
{
    unsigned hash = 5381;
    for (const char *c = word; *c; c++)
        hash = hash * 33 + (unsigned char)*c;
    struct entry **place = &buckets[hash % BUCKETS];
    while (*place && strcmp((*place)->word, word) != 0)
        place = &(*place)->next;
    if (!*place) {
        *place = calloc(1, sizeof **place);
        must(*place != NULL, "calloc");
        strcpy((*place)->word, word);
    }
    (*place)->count++;
}

static void main_task(void *unused)
{
    (void)unused;
    char word[8];
    for (int i = 0; i < 20000; i++) {
        snprintf(word, sizeof word, "w%d", i * i % 997);
        count(word);
    }
    int total = 0;
    for (int i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = buckets[i], *next; entry; entry = next) {
            next = entry->next;
            total += entry->count;
            free(entry);
        }
    }
    must(total == 20000, "total");
}

int main(void)
{
    return run_as_task(main_task);
}
