/* sanitizer.h - tells AddressSanitizer, ThreadSanitizer and Valgrind about switches between stacks,
 * which they would otherwise take for wild jumps. In plain builds nothing remains of it. A build
 * for Valgrind is one with -DRT_VALGRIND (`make valgrind`).
 *
 * A *fiber* is the sanitizers' word for a context. Around each switch: rt__fiber_leave(from, to)
 * just before, rt__fiber_arrive(self) as the first thing after. */
#ifndef RT_SANITIZER_H
#define RT_SANITIZER_H

#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#define RT__ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RT__ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define RT__TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RT__TSAN 1
#endif
#endif

#if defined(RT_VALGRIND)
#define RT__VALGRIND 1
#endif

/* Some tool looks on. Each wants a fiber for every task, reports faults itself, with more detail
 * than we can, and has a malloc of its own. */
#if defined(RT__ASAN) || defined(RT__TSAN) || defined(RT__VALGRIND)
#define RT__WATCHED 1
#endif

/* For functions that read, without any order, what another thread may be writing. What they find
 * may be out of date, or not fit together; they must be able to take that. Only the list of all
 * tasks is made so, since it has to come when nothing else goes on (dump.c). */
#if defined(RT__TSAN)
#define RT__RACY __attribute__((no_sanitize("thread")))
#else
#define RT__RACY
#endif

struct rt__fiber {
#if defined(RT__ASAN)
    void *fake_stack;   /* where ASan keeps locals of the suspended frames */
    const void *bottom; /* low end of its stack */
    size_t bytes;
#elif defined(RT__TSAN)
    void *handle;
#elif defined(RT__VALGRIND)
    unsigned stack; /* its number */
#else
    char none[1]; /* C has no empty structures */
#endif
};

#if defined(RT__ASAN)

#include <pthread.h>

void __sanitizer_start_switch_fiber(void **fake_stack_save, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake_stack, const void **bottom_old, size_t *size_old);
void __asan_unpoison_memory_region(void const volatile *address, size_t size);

static inline void rt__fiber_init(struct rt__fiber *fiber, const void *bottom, size_t bytes)
{
    *fiber = (struct rt__fiber){.bottom = bottom, .bytes = bytes};
}
/* For the stack that the running thread came with. */
static inline void rt__fiber_init_thread(struct rt__fiber *fiber)
{
    pthread_attr_t attributes;
    void *bottom = NULL;
    size_t bytes = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstack(&attributes, &bottom, &bytes);
        pthread_attr_destroy(&attributes);
    }
    rt__fiber_init(fiber, bottom, bytes);
}
static inline void rt__fiber_release(struct rt__fiber *fiber)
{
    (void)fiber;
}
/* `from` NULL: the context that is left never comes back. */
static inline void rt__fiber_leave(struct rt__fiber *from, struct rt__fiber *to)
{
    __sanitizer_start_switch_fiber(from != NULL ? &from->fake_stack : NULL, to->bottom, to->bytes);
}
static inline void rt__fiber_arrive(struct rt__fiber *self)
{
    __sanitizer_finish_switch_fiber(self->fake_stack, NULL, NULL);
}
static inline void rt__fiber_memory_reused(const void *memory, size_t bytes)
{
    __asan_unpoison_memory_region(memory, bytes);
}

#elif defined(RT__TSAN)

void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void *__tsan_get_current_fiber(void);

static inline void rt__fiber_init(struct rt__fiber *fiber, const void *bottom, size_t bytes)
{
    (void)bottom, (void)bytes;
    fiber->handle = __tsan_create_fiber(0);
}
static inline void rt__fiber_init_thread(struct rt__fiber *fiber)
{
    fiber->handle = __tsan_get_current_fiber();
}
static inline void rt__fiber_release(struct rt__fiber *fiber)
{
    __tsan_destroy_fiber(fiber->handle);
}
/* Flag 0: the switch orders what the two contexts do, as it must: the worker and its proc go from
 * one to the other without any lock. The price is that two tasks seem to be synchronised when one
 * runs after the other on one thread; their races are seen only when they happen on two. */
static inline void rt__fiber_leave(struct rt__fiber *from, struct rt__fiber *to)
{
    (void)from;
    __tsan_switch_to_fiber(to->handle, 0);
}
static inline void rt__fiber_arrive(struct rt__fiber *self)
{
    (void)self;
}
static inline void rt__fiber_memory_reused(const void *memory, size_t bytes)
{
    (void)memory, (void)bytes;
}

#elif defined(RT__VALGRIND)

#include <valgrind/valgrind.h>

/* It takes a large change of the stack pointer for a large frame that comes or goes, unless it
 * leads from one stack that it knows to another. So nothing is to be said at a switch. */
static inline void rt__fiber_init(struct rt__fiber *fiber, const void *bottom, size_t bytes)
{
    fiber->stack = VALGRIND_STACK_REGISTER(bottom, (const char *)bottom + bytes);
}
static inline void rt__fiber_init_thread(struct rt__fiber *fiber)
{
    (void)fiber; /* it knows the stacks of threads */
}
static inline void rt__fiber_release(struct rt__fiber *fiber)
{
    VALGRIND_STACK_DEREGISTER(fiber->stack);
}
static inline void rt__fiber_leave(struct rt__fiber *from, struct rt__fiber *to)
{
    (void)from, (void)to;
}
static inline void rt__fiber_arrive(struct rt__fiber *self)
{
    (void)self;
}
static inline void rt__fiber_memory_reused(const void *memory, size_t bytes)
{
    (void)memory, (void)bytes;
}

#else

static inline void rt__fiber_init(struct rt__fiber *fiber, const void *bottom, size_t bytes)
{
    (void)fiber, (void)bottom, (void)bytes;
}
static inline void rt__fiber_init_thread(struct rt__fiber *fiber)
{
    (void)fiber;
}
static inline void rt__fiber_release(struct rt__fiber *fiber)
{
    (void)fiber;
}
static inline void rt__fiber_leave(struct rt__fiber *from, struct rt__fiber *to)
{
    (void)from, (void)to;
}
static inline void rt__fiber_arrive(struct rt__fiber *self)
{
    (void)self;
}
static inline void rt__fiber_memory_reused(const void *memory, size_t bytes)
{
    (void)memory, (void)bytes;
}

#endif

#endif
