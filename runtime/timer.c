/* timer.c - a four-ary heap: as few levels as a binary one has half of, and the children of a node lie
 * in one cache line or two. */
#include "timer.h"

#include <stdlib.h>

#define CHILDREN 4

void rt__timers_init(struct rt__timers *timers)
{
    *timers = (struct rt__timers){0};
    atomic_store_explicit(&timers->earliest, RT__NEVER, memory_order_relaxed);
}

void rt__timers_release(struct rt__timers *timers)
{
    free(timers->heap);
}

static void place(struct rt__timers *timers, size_t index, struct rt__timer *timer)
{
    timers->heap[index] = timer;
    timer->index = index;
}

static void sift_up(struct rt__timers *timers, size_t index, struct rt__timer *timer)
{
    while (index > 0) {
        size_t parent = (index - 1) / CHILDREN;
        if (timers->heap[parent]->when_ns <= timer->when_ns) {
            break;
        }
        place(timers, index, timers->heap[parent]);
        index = parent;
    }
    place(timers, index, timer);
}

static size_t earliest_child(const struct rt__timers *timers, size_t index)
{
    size_t first = index * CHILDREN + 1;
    size_t end = first + CHILDREN < timers->count ? first + CHILDREN : timers->count;
    size_t best = first;
    for (size_t child = first + 1; child < end; child++) {
        if (timers->heap[child]->when_ns < timers->heap[best]->when_ns) {
            best = child;
        }
    }
    return best;
}

static void sift_down(struct rt__timers *timers, size_t index, struct rt__timer *timer)
{
    while (index * CHILDREN + 1 < timers->count) {
        size_t child = earliest_child(timers, index);
        if (timer->when_ns <= timers->heap[child]->when_ns) {
            break;
        }
        place(timers, index, timers->heap[child]);
        index = child;
    }
    place(timers, index, timer);
}

static void publish_earliest(struct rt__timers *timers)
{
    /* Sequentially consistent: an idle worker that misses it has not yet announced itself as the
     * sentry, or is kicked by the armer (worker.c). */
    atomic_store_explicit(&timers->earliest,
                          timers->count > 0 ? timers->heap[0]->when_ns : RT__NEVER,
                          memory_order_seq_cst);
}

static bool grow(struct rt__timers *timers)
{
    size_t capacity = timers->capacity > 0 ? timers->capacity * 2 : 64;
    struct rt__timer **heap = realloc(timers->heap, capacity * sizeof *heap);
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
    sift_up(timers, timers->count++, timer);
    if (timer->index == 0) {
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
        moved = add_locked(to, from->heap[from->count - 1]);
        from->count -= moved;
    }
    publish_earliest(from);
    rt__lock_release(&to->lock);
    rt__lock_release(&from->lock);
    return moved;
}

static void remove_locked(struct rt__timers *timers, struct rt__timer *timer)
{
    size_t hole = timer->index;
    struct rt__timer *last = timers->heap[--timers->count];
    timer->index = RT__TIMER_IDLE;
    if (last != timer) {
        if (hole > 0 && timers->heap[(hole - 1) / CHILDREN]->when_ns > last->when_ns) {
            sift_up(timers, hole, last);
        } else {
            sift_down(timers, hole, last);
        }
    }
}

void rt__timers_run(struct rt__timers *timers, int64_t now_ns)
{
    rt__lock_acquire(&timers->lock);
    while (timers->count > 0 && timers->heap[0]->when_ns <= now_ns) {
        struct rt__timer *timer = timers->heap[0];
        remove_locked(timers, timer);
        timer->fire(timer); /* may end the timer's life */
    }
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
        remove_locked(timers, timer);
        publish_earliest(timers);
    }
    rt__lock_release(&timers->lock);
    return armed;
}
