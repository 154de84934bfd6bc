/* timer.c - a four-ary heap: it has half the levels of a binary one, and the children of a node lie
 * in one cache line or two.
 *
 * The heap holds each timer's time beside its address. The timers themselves lie in the frames of
 * parked tasks, which are not in the cache: comparing times there, or telling each timer its place
 * at every move, would be most of the cost of 100,000 sleeps. So only timers that may be canceled
 * know their place. */
#include "timer.h"

#include <stdlib.h>

#define CHILDREN 4

/* So many timers are taken out of the heap before the first of them fires: what they lie in comes
 * into the cache meanwhile. (100,000 sleeps take 5% less time.) */
#define BATCH 16

void rt__timers_init(struct rt__timers *timers)
{
    *timers = (struct rt__timers){0};
    atomic_store_explicit(&timers->earliest, RT__NEVER, memory_order_relaxed);
}

void rt__timers_release(struct rt__timers *timers)
{
    free(timers->heap);
}

static void place(struct rt__timers *timers, size_t index, struct rt__timer_slot slot)
{
    timers->heap[index] = slot;
    if (slot.index != NULL) {
        *slot.index = index;
    }
}

static void sift_up(struct rt__timers *timers, size_t index, struct rt__timer_slot slot)
{
    while (index > 0) {
        size_t parent = (index - 1) / CHILDREN;
        if (timers->heap[parent].when_ns <= slot.when_ns) {
            break;
        }
        place(timers, index, timers->heap[parent]);
        index = parent;
    }
    place(timers, index, slot);
}

static size_t earliest_child(const struct rt__timers *timers, size_t index)
{
    size_t first = index * CHILDREN + 1;
    size_t end = first + CHILDREN < timers->count ? first + CHILDREN : timers->count;
    size_t best = first;
    for (size_t child = first + 1; child < end; child++) {
        if (timers->heap[child].when_ns < timers->heap[best].when_ns) {
            best = child;
        }
    }
    return best;
}

static void sift_down(struct rt__timers *timers, size_t index, struct rt__timer_slot slot)
{
    while (index * CHILDREN + 1 < timers->count) {
        size_t child = earliest_child(timers, index);
        if (slot.when_ns <= timers->heap[child].when_ns) {
            break;
        }
        place(timers, index, timers->heap[child]);
        index = child;
    }
    place(timers, index, slot);
}

static void publish_earliest(struct rt__timers *timers)
{
    /* Sequentially consistent: an idle worker that misses it has not yet announced itself as the
     * sentry, or is kicked by the armer (idle.c). */
    atomic_store_explicit(&timers->earliest,
                          timers->count > 0 ? timers->heap[0].when_ns : RT__NEVER,
                          memory_order_seq_cst);
}

static bool grow(struct rt__timers *timers)
{
    size_t capacity = timers->capacity > 0 ? timers->capacity * 2 : 64;
    struct rt__timer_slot *heap = realloc(timers->heap, capacity * sizeof *heap);
    if (heap == NULL) {
        return false;
    }
    timers->heap = heap;
    timers->capacity = capacity;
    return true;
}

static bool add_locked(struct rt__timers *timers, struct rt__timer *timer)
{
    if (timers->count == timers->capacity && !grow(timers)) {
        return false;
    }
    atomic_store_explicit(&timer->heap, timers, memory_order_relaxed);
    struct rt__timer_slot slot = {
        .when_ns = timer->when_ns, .timer = timer, .index = timer->kept ? NULL : &timer->index};
    sift_up(timers, timers->count++, slot);
    if (timers->heap[0].timer == timer) {
        publish_earliest(timers);
    }
    return true;
}

bool rt__timers_add(struct rt__timers *timers, struct rt__timer *timer)
{
    rt__lock_acquire(&timers->lock);
    bool added = add_locked(timers, timer);
    rt__lock_release(&timers->lock);
    return added;
}

/* The only place that holds the locks of two heaps. */
bool rt__timers_move(struct rt__timers *from, struct rt__timers *to)
{
    bool moved = true;
    rt__lock_acquire(&from->lock);
    rt__lock_acquire(&to->lock);
    while (from->count > 0 && moved) { /* from the end: what is left is a heap */
        moved = add_locked(to, from->heap[from->count - 1].timer);
        from->count -= moved;
    }
    publish_earliest(from);
    rt__lock_release(&to->lock);
    rt__lock_release(&from->lock);
    return moved;
}

/* Takes out what stands at `hole`. */
static void remove_locked(struct rt__timers *timers, size_t hole)
{
    if (timers->heap[hole].index != NULL) {
        *timers->heap[hole].index = RT__TIMER_IDLE;
    }
    struct rt__timer_slot last = timers->heap[--timers->count];
    if (hole == timers->count) {
        return;
    }
    if (hole > 0 && timers->heap[(hole - 1) / CHILDREN].when_ns > last.when_ns) {
        sift_up(timers, hole, last);
    } else {
        sift_down(timers, hole, last);
    }
}

void rt__timers_run(struct rt__timers *timers, int64_t now_ns)
{
    struct rt__timer *due[BATCH]; /* which can't be canceled, and so stay, while we hold the lock */
    int count;
    rt__lock_acquire(&timers->lock);
    do {
        for (count = 0; count < BATCH && timers->count > 0 && timers->heap[0].when_ns <= now_ns;
             count++) {
            due[count] = timers->heap[0].timer;
            __builtin_prefetch(due[count]);
            remove_locked(timers, 0);
        }
        for (int i = 0; i < count; i++) {
            due[i]->fire(due[i]); /* may end its life */
        }
    } while (count == BATCH);
    publish_earliest(timers);
    rt__lock_release(&timers->lock);
}

/* The timer may move while we wait for the lock; once we have it, it stays. */
static struct rt__timers *lock_heap_of(struct rt__timer *timer)
{
    for (;;) {
        struct rt__timers *timers = atomic_load_explicit(&timer->heap, memory_order_relaxed);
        rt__lock_acquire(&timers->lock);
        if (atomic_load_explicit(&timer->heap, memory_order_relaxed) == timers) {
            return timers;
        }
        rt__lock_release(&timers->lock);
    }
}

bool rt__timer_cancel(struct rt__timer *timer)
{
    struct rt__timers *timers = lock_heap_of(timer);
    bool armed = timer->index != RT__TIMER_IDLE;
    if (armed) {
        remove_locked(timers, timer->index);
        publish_earliest(timers);
    }
    rt__lock_release(&timers->lock);
    return armed;
}
