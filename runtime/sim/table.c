/* table.c - see table.h. */
#include "sim/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const void *key_of(const struct rt__table *table, int i)
{
    const void *key;
    memcpy(&key, rt__table_record(table, i), sizeof key);
    return key;
}

/* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
static int *place_of(const struct rt__table *table, const void *key)
{
    size_t mask = 2 * (size_t)table->capacity - 1;
    size_t hash = (size_t)((uintptr_t)key * 0x9e3779b97f4a7c15U >> 32);
    while (table->places[hash & mask] != 0 &&
           key_of(table, table->places[hash & mask] - 1) != key) {
        hash++;
    }
    return &table->places[hash & mask];
}

static void grow(struct rt__table *table)
{
    table->capacity = table->capacity > 0 ? 2 * table->capacity : 64;
    free(table->places);
    table->records = realloc(table->records, (size_t)table->capacity * table->record_bytes);
    table->places = calloc(2 * (size_t)table->capacity, sizeof *table->places);
    if (table->records == NULL || table->places == NULL) {
        rt__report_no_memory("the account of a simulation");
    }
    for (int i = 0; i < table->count; i++) {
        *place_of(table, key_of(table, i)) = i + 1;
    }
}

void *rt__table_find(struct rt__table *table, const void *key, int *is_new)
{
    if (table->count == table->capacity) {
        grow(table);
    }
    int *place = place_of(table, key);
    *is_new = *place == 0;
    if (*is_new) {
        char *record = rt__table_record(table, table->count);
        memset(record, 0, table->record_bytes);
        memcpy(record, &key, sizeof key);
        *place = ++table->count;
    }
    return rt__table_record(table, *place - 1);
}

void rt__table_release(struct rt__table *table)
{
    free(table->records);
    free(table->places);
    *table = (struct rt__table){.record_bytes = table->record_bytes};
}
