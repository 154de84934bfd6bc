/* stack.c - regions of stacks, and the global pool between the procs' magazines.
 *
 * A region is one mmap of REGION_STACKS stacks. The guard pages are made with MADV_GUARD_INSTALL
 * where the kernel has it (Linux 6.13): it marks page table entries and costs no mapping. The older
 * way, mprotect, splits the region into two mappings a stack, and a process may have 65,530
 * (vm.max_map_count): when it runs out of them, a stack can't be guarded, and rather than run a
 * task without a guard we say that there is no memory.
 *
 * Regions are not huge-page candidates: a huge page would commit 32 stacks at the first touch.
 *
 * Lock: pool_lock protects all file-local data. It is innermost. */
#include "stack.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kept.h"
#include "lock.h"
#include "sanitizer.h"

/* Newer than the distributions' headers. */
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
/* No advice that there is. Who takes it, takes any and does nothing, as qemu's emulation of Linux
 * does. */
#define MADV_NONSENSE 0x7fff
#define PIDFD_SELF_PROCESS (-10001)

/* 4 MiB a region: few mappings for a million tasks, little waste for a small program. */
#define REGION_STACKS 64

struct region {
    struct region *earlier; /* of all */
    struct region *later;   /* of those that hold task stacks */
    char *base;
    size_t bytes;
    char
        *guarded_to; /* the stacks below have their guards: all at once, or each when first taken */
};

static rt__lock pool_lock;
static struct region *regions; /* all, the latest first; the main task's stack is one of them */
static struct region *oldest;  /* the earliest that holds task stacks */
static struct region *newest;  /* the latest that does */
static struct region *fresh;   /* the earliest with stacks that were never used; NULL: none */
static char *fresh_next;       /* the first of those */
static rt__stack pool;         /* used before; linked through the word below each stack's top */
static int unreserved;         /* stacks that are promised to nobody */
static rt__stack main_stack;   /* the main task's, last made */
static rt__stack main_spare;   /* the same, while no main task has it */
static bool guard_by_madvise = true; /* until the kernel says no */

static rt__stack *pool_link(rt__stack stack)
{
    return (rt__stack *)(void *)stack - 1;
}

static bool guard(char *low)
{
    static bool tried;
    if (!tried) {
        tried = true;
        guard_by_madvise = madvise(low, RT__GUARD_BYTES, MADV_NONSENSE) != 0;
    }
    if (guard_by_madvise && madvise(low, RT__GUARD_BYTES, MADV_GUARD_INSTALL) == 0) {
        return true;
    }
    guard_by_madvise = false;
    return mprotect(low, RT__GUARD_BYTES, PROT_NONE) == 0;
}

/* All guards of a region in one system call (process_madvise on ourselves, Linux 6.14): a third
 * cheaper. */
static bool guard_region(const struct region *region)
{
#if defined(RT__VALGRIND) /* it doesn't know the call, and says so at length, each time */
    (void)region;
    return false;
#else
    struct iovec guards[REGION_STACKS];
    for (size_t i = 0; i < REGION_STACKS; i++) {
        guards[i] = (struct iovec){region->base + i * RT__STACK_BYTES, RT__GUARD_BYTES};
    }
    return syscall(SYS_process_madvise, PIDFD_SELF_PROCESS, guards, (size_t)REGION_STACKS,
                   MADV_GUARD_INSTALL, 0) == (long)(REGION_STACKS * RT__GUARD_BYTES);
#endif
}

static char *region_map_locked(size_t bytes)
{
    struct region *region = rt__kept_new(_Alignof(struct region), sizeof *region);
    if (region == NULL) {
        return NULL;
    }
    char *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base == MAP_FAILED) {
        rt__kept_free(region);
        return NULL;
    }
    (void)madvise(base, bytes,
                  MADV_NOHUGEPAGE); /* only a hint: kernels without huge pages refuse */
    *region = (struct region){.earlier = regions, .base = base, .bytes = bytes, .guarded_to = base};
    regions = region;
    return base;
}

/* Maps a region of stacks; they are used when the earlier ones are. */
static bool region_add_locked(void)
{
    char *base = region_map_locked(REGION_STACKS * RT__STACK_BYTES);
    if (base == NULL) {
        return false;
    }
    unreserved += REGION_STACKS;
    if (fresh == NULL) {
        fresh = regions;
        fresh_next = base;
    }
    *(oldest != NULL ? &newest->later : &oldest) = regions;
    newest = regions;
    return true;
}

/* Regions are used in the order in which they were mapped: each knows the one mapped after it. */
static rt__stack fresh_get_locked(void)
{
    if (fresh == NULL && !region_add_locked()) {
        return NULL;
    }
    if (fresh->guarded_to == fresh->base && guard_region(fresh)) {
        fresh->guarded_to = fresh->base + fresh->bytes;
    }
    if (fresh->guarded_to == fresh_next && !guard(fresh_next)) {
        return NULL;
    }
    fresh_next += RT__STACK_BYTES;
    rt__stack stack = fresh_next;
    if (fresh->guarded_to < stack) {
        fresh->guarded_to = stack;
    }
    if (fresh_next == fresh->base + fresh->bytes) {
        fresh = fresh->later;
        fresh_next = fresh != NULL ? fresh->base : NULL;
    }
    return stack;
}

static rt__stack pool_get_locked(void)
{
    rt__stack stack = pool;
    if (stack != NULL) {
        pool = *pool_link(stack);
        return stack;
    }
    return fresh_get_locked();
}

/* Promises move between procs and the pool in batches, so that the lock is rare. */
#define RESERVE_BATCH 32

bool rt__stack_reserve(struct rt__magazine *magazine)
{
    if (magazine->reserved == 0) {
        rt__lock_acquire(&pool_lock);
        if (unreserved >= RESERVE_BATCH || region_add_locked()) {
            unreserved -= RESERVE_BATCH;
            magazine->reserved = RESERVE_BATCH;
        }
        rt__lock_release(&pool_lock);
    }
    if (magazine->reserved == 0) {
        return false;
    }
    magazine->reserved--;
    return true;
}

void rt__stack_unreserve(struct rt__magazine *magazine)
{
    if (++magazine->reserved == 2 * RESERVE_BATCH) {
        rt__lock_acquire(&pool_lock);
        unreserved += RESERVE_BATCH;
        rt__lock_release(&pool_lock);
        magazine->reserved -= RESERVE_BATCH;
    }
}

rt__stack rt__stack_get(struct rt__magazine *magazine)
{
    if (magazine->count > 0) {
        return magazine->stacks[--magazine->count];
    }
    rt__lock_acquire(&pool_lock);
    rt__stack stack = pool_get_locked();
    /* Used stacks come in half a magazine at a time, so that the lock is rare; fresh ones singly,
     * so that no stack is guarded and committed before it is needed. */
    while (pool != NULL && magazine->count < RT__MAGAZINE_STACKS / 2) {
        magazine->stacks[magazine->count++] = pool_get_locked();
    }
    rt__lock_release(&pool_lock);
    return stack;
}

void rt__stack_put(struct rt__magazine *magazine, rt__stack stack)
{
    if (magazine->count == RT__MAGAZINE_STACKS) {
        rt__lock_acquire(&pool_lock);
        while (magazine->count > RT__MAGAZINE_STACKS / 2) {
            rt__stack oldest = magazine->stacks[--magazine->count];
            *pool_link(oldest) = pool;
            pool = oldest;
        }
        rt__lock_release(&pool_lock);
    }
    magazine->stacks[magazine->count++] = stack;
}

rt__stack rt__stack_main_new(void)
{
    rt__lock_acquire(&pool_lock);
    rt__stack stack = main_spare;
    main_spare = NULL;
    if (stack == NULL) {
        char *base = region_map_locked(RT__MAIN_STACK_BYTES);
        bool guarded = base != NULL && guard(base);
        stack = main_stack = guarded ? base + RT__MAIN_STACK_BYTES : NULL;
    }
    rt__lock_release(&pool_lock);
    return stack;
}

void rt__stack_release_all(bool keep)
{
    while (regions != NULL) {
        struct region *region = regions;
        regions = region->earlier;
        if (!keep) {
            rt__fiber_memory_reused(region->base, region->bytes);
            munmap(region->base, region->bytes);
        }
        rt__kept_free(region);
    }
    pool = NULL;
    oldest = fresh = NULL;
    fresh_next = NULL;
    unreserved = 0;
    main_stack = main_spare = NULL;
}

void rt__stack_rewind(void)
{
    unreserved = 0;
    for (struct region *region = oldest; region != NULL; region = region->later) {
        unreserved += REGION_STACKS;
    }
    pool = NULL;
    fresh = oldest;
    fresh_next = oldest != NULL ? oldest->base : NULL;
    main_spare = main_stack;
}
