/* table.h - a growing table of records found by an address: open addressing. Records keep the order
 * in which they were made, so that nothing that comes out depends on addresses. */
#ifndef RT_SIM_TABLE_H
#define RT_SIM_TABLE_H

#include <stddef.h>

/* A zero value with `record_bytes` set is an empty table. A record begins with its key, a const
 * void *. */
struct rt__table {
    size_t record_bytes;
    char *records;
    int *
        places; /* hash -> number of the record + 1; 0: empty; twice as many as there is room for records */
    int count, capacity;
};

/* The record of `key`; *is_new says whether it has just been made, zero but for the key. Moves with
 * the next new one. */
void *rt__table_find(struct rt__table *table, const void *key, int *is_new);

static inline void *rt__table_record(const struct rt__table *table, int i)
{
    return table->records + (size_t)i * table->record_bytes;
}

void rt__table_release(struct rt__table *table);

#endif
