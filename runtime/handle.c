/* handle.c - the table of handles: blocks of places, which are never moved, and a list of free
 * ones. */
#include "handle.h"

#include <stdlib.h>
#include <unistd.h>

/* A million handles: as many descriptors as a process may have by default (fs.nr_open). */
#define BLOCK_HANDLES 512
#define BLOCKS_MAX 2048

static rt__lock table_lock; /* protects the three below; never held together with a handle's lock */
static struct rt__handle *free_list;
static int blocks_made;
static uint32_t generation; /* counts on from run to run: no handle outlives its run */

/* Written under the lock, read without. */
static _Atomic(struct rt__handle *) blocks[BLOCKS_MAX];

static bool block_add_locked(void)
{
    size_t bytes = BLOCK_HANDLES * sizeof(struct rt__handle);
    struct rt__handle *block = blocks_made < BLOCKS_MAX ? aligned_alloc(64, bytes) : NULL;
    if (block == NULL) {
        return false;
    }
    for (int i = BLOCK_HANDLES - 1; i >= 0; i--) {
        block[i] = (struct rt__handle){.number = (uint32_t)(blocks_made * BLOCK_HANDLES + i),
                                       .fd = -1,
                                       .next_free = free_list};
        free_list = &block[i];
    }
    /* release: the poller comes with a number that it got from the kernel, and must find the
     * place. */
    atomic_store_explicit(&blocks[blocks_made], block, memory_order_release);
    blocks_made++;
    return true;
}

struct rt__handle *rt__handle_new(int fd, enum rt__io_kind kind, rt_io *io)
{
    rt__lock_acquire(&table_lock);
    struct rt__handle *handle = free_list != NULL || block_add_locked() ? free_list : NULL;
    uint32_t fresh = 0;
    if (handle != NULL) {
        free_list = handle->next_free;
        generation += generation == UINT32_MAX ? 2 : 1; /* never 0 */
        fresh = generation;
    }
    rt__lock_release(&table_lock);
    if (handle == NULL) {
        return NULL;
    }
    rt__lock_acquire(&handle->lock);
    handle->generation = fresh;
    handle->fd = fd;
    handle->kind = (uint8_t)kind;
    handle->suspect = false;
    for (int direction = RT__READ; direction <= RT__WRITE; direction++) {
        /* Ready, as far as we know: the first system call finds out. */
        handle->sides[direction] = (struct rt__side){.ready = true, .deadline_ns = RT_FOREVER};
    }
    rt__lock_release(&handle->lock);
    io->bits = (uint64_t)fresh << 32 | handle->number;
    return handle;
}

void rt__handle_free(struct rt__handle *handle)
{
    rt__lock_acquire(&table_lock);
    handle->next_free = free_list;
    free_list = handle;
    rt__lock_release(&table_lock);
}

struct rt__handle *rt__handle_lock(rt_io io)
{
    uint32_t number = (uint32_t)io.bits;
    uint32_t block_number = number / BLOCK_HANDLES;
    if (io.bits >> 32 == 0 || block_number >= BLOCKS_MAX) {
        return NULL;
    }
    /* acquire: pairs with the release in block_add_locked. */
    struct rt__handle *block = atomic_load_explicit(&blocks[block_number], memory_order_acquire);
    if (block == NULL) {
        return NULL;
    }
    struct rt__handle *handle = &block[number % BLOCK_HANDLES];
    rt__lock_acquire(&handle->lock);
    if (!rt__handle_is(handle, io)) {
        rt__lock_release(&handle->lock);
        return NULL;
    }
    return handle;
}

void rt__handle_release_all(void)
{
    for (int i = 0; i < blocks_made; i++) {
        struct rt__handle *block = atomic_load_explicit(&blocks[i], memory_order_relaxed);
        for (int j = 0; j < BLOCK_HANDLES; j++) {
            if (block[j].fd >= 0) {
                close(block[j].fd);
            }
        }
        free(block);
        atomic_store_explicit(&blocks[i], NULL, memory_order_relaxed);
    }
    blocks_made = 0;
    free_list = NULL;
}
