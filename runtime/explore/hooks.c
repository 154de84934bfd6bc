/* hooks.c - what the compiler calls when it is told -fsanitize=thread: before each access to memory
 * that another task might see, and in place of each operation on an atomic.
 *
 * The names and meanings are those of ThreadSanitizer's library, which is not linked. One thread
 * runs all tasks, so an atomic operation is a plain one here; what is left of its memory order is
 * which step comes before which (C11, 5.1.2.4 and 7.17.3): a release is an edge to those who
 * acquire what it wrote. Sequentially consistent operations release and acquire; that nobody sees
 * them in another order than they happened is so here for all. */
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include "explore/accesses.h"
#include "explore/clocks.h"
#include "explore/objects.h"
#include "explore/program.h"
#include "observe.h"

#define PLACE ((rt__place)__builtin_return_address(0))

/* ---- Plain memory ---------------------------------------------------------------------------- */

static inline void plain(const void *address, size_t bytes, unsigned how, rt__place place)
{
    if (rt__current != RT__NOBODY) {
        rt__schedule_access(address, place);
        rt__access((uintptr_t)address, bytes, how, place);
    }
}

#define ACCESSES(size)                                                                             \
    void __tsan_read##size(void *at);                                                              \
    void __tsan_write##size(void *at);                                                             \
    void __tsan_unaligned_read##size(void *at);                                                    \
    void __tsan_unaligned_write##size(void *at);                                                   \
    void __tsan_volatile_read##size(void *at);                                                     \
    void __tsan_volatile_write##size(void *at);                                                    \
    void __tsan_unaligned_volatile_read##size(void *at);                                           \
    void __tsan_unaligned_volatile_write##size(void *at);                                          \
    void __tsan_read_write##size(void *at);                                                        \
    void __tsan_unaligned_read_write##size(void *at);                                              \
    void __tsan_read##size(void *at)                                                               \
    {                                                                                              \
        plain(at, size, RT__READS, PLACE);                                                         \
    }                                                                                              \
    void __tsan_write##size(void *at)                                                              \
    {                                                                                              \
        plain(at, size, RT__WRITES, PLACE);                                                        \
    }                                                                                              \
    void __tsan_unaligned_read##size(void *at)                                                     \
    {                                                                                              \
        plain(at, size, RT__READS, PLACE);                                                         \
    }                                                                                              \
    void __tsan_unaligned_write##size(void *at)                                                    \
    {                                                                                              \
        plain(at, size, RT__WRITES, PLACE);                                                        \
    }                                                                                              \
    void __tsan_volatile_read##size(void *at)                                                      \
    {                                                                                              \
        plain(at, size, RT__READS, PLACE);                                                         \
    }                                                                                              \
    void __tsan_volatile_write##size(void *at)                                                     \
    {                                                                                              \
        plain(at, size, RT__WRITES, PLACE);                                                        \
    }                                                                                              \
    void __tsan_unaligned_volatile_read##size(void *at)                                            \
    {                                                                                              \
        plain(at, size, RT__READS, PLACE);                                                         \
    }                                                                                              \
    void __tsan_unaligned_volatile_write##size(void *at)                                           \
    {                                                                                              \
        plain(at, size, RT__WRITES, PLACE);                                                        \
    }                                                                                              \
    void __tsan_read_write##size(void *at)                                                         \
    {                                                                                              \
        plain(at, size, RT__WRITES, PLACE);                                                        \
    }                                                                                              \
    void __tsan_unaligned_read_write##size(void *at)                                               \
    {                                                                                              \
        plain(at, size, RT__WRITES, PLACE);                                                        \
    }

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

void __tsan_read_range(void *at, size_t bytes);
void __tsan_write_range(void *at, size_t bytes);

void __tsan_read_range(void *at, size_t bytes)
{
    plain(at, bytes, RT__READS, PLACE);
}

void __tsan_write_range(void *at, size_t bytes)
{
    plain(at, bytes, RT__WRITES, PLACE);
}

/* What is said of functions is not needed. */
void __tsan_init(void);
void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);

void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller)
{
    (void)caller;
}

void __tsan_func_exit(void)
{
}

/* ---- Copies by the C library ----------------------------------------------------------------- */

/* The program is linked with --wrap for these (explore.h). The runtime's own copies are no accesses
 * of the task's. */

void *__real_memcpy(void *to, const void *from, size_t bytes);
void *__real_memmove(void *to, const void *from, size_t bytes);
void *__real_memset(void *to, int byte, size_t bytes);
void *__wrap_memcpy(void *to, const void *from, size_t bytes);
void *__wrap_memmove(void *to, const void *from, size_t bytes);
void *__wrap_memset(void *to, int byte, size_t bytes);

static inline void copies(const void *to, const void *from, size_t bytes, rt__place place)
{
    if (rt__current != RT__NOBODY && !rt__program_is_runtime(place)) {
        if (from != NULL) {
            plain(from, bytes, RT__READS, place);
        }
        plain(to, bytes, RT__WRITES, place);
    }
}

void *__wrap_memcpy(void *to, const void *from, size_t bytes)
{
    copies(to, from, bytes, PLACE);
    return __real_memcpy(to, from, bytes);
}

void *__wrap_memmove(void *to, const void *from, size_t bytes)
{
    copies(to, from, bytes, PLACE);
    return __real_memmove(to, from, bytes);
}

void *__wrap_memset(void *to, int byte, size_t bytes)
{
    copies(to, NULL, bytes, PLACE);
    return __real_memset(to, byte, bytes);
}

/* ---- Atomics --------------------------------------------------------------------------------- */

static inline bool acquires(int order)
{
    return order != memory_order_relaxed && order != memory_order_release;
}

static inline bool releases(int order)
{
    return order == memory_order_release || order == memory_order_acq_rel ||
           order == memory_order_seq_cst;
}

/* A point: others may go first. */
static inline void begin(const volatile void *at, rt__place place)
{
    if (rt__current != RT__NOBODY) {
        const void *object = (const void *)(uintptr_t)at;
        bool shared = rt__object_used(object, place);
        rt__schedule_point(object, place, shared || rt__schedule.plan.reach == RT__REACH_ALL);
    }
}

/* What it acquires comes before the access itself, what it releases comes after. */
static inline void loaded(const volatile void *at, size_t bytes, int order, rt__place place)
{
    if (rt__current != RT__NOBODY) {
        rt__clocks_load((const void *)(uintptr_t)at, acquires(order));
        rt__access((uintptr_t)at, bytes, RT__ATOMIC | RT__READS, place);
    }
}

static inline void stored(const volatile void *at, size_t bytes, int order, rt__place place)
{
    if (rt__current != RT__NOBODY) {
        rt__access((uintptr_t)at, bytes, RT__ATOMIC | RT__WRITES, place);
        rt__clocks_store((const void *)(uintptr_t)at, releases(order));
    }
}

/* Read, modify and write: it goes on with what others released there, even if it is relaxed
 * itself. */
static inline void modified(const volatile void *at, size_t bytes, int order, rt__place place)
{
    if (rt__current != RT__NOBODY) {
        rt__clocks_load((const void *)(uintptr_t)at, acquires(order));
        rt__access((uintptr_t)at, bytes, RT__ATOMIC | RT__WRITES, place);
        rt__clocks_modify((const void *)(uintptr_t)at, releases(order));
    }
}

#define FETCH(bits, name, expression)                                                              \
    uint##bits##_t __tsan_atomic##bits##_##name(volatile uint##bits##_t *at, uint##bits##_t value, \
                                                int order);                                        \
    uint##bits##_t __tsan_atomic##bits##_##name(volatile uint##bits##_t *at, uint##bits##_t value, \
                                                int order)                                         \
    {                                                                                              \
        begin(at, PLACE);                                                                          \
        uint##bits##_t old = *at;                                                                  \
        *at = (uint##bits##_t)(expression);                                                        \
        modified(at, sizeof *at, order, PLACE);                                                    \
        return old;                                                                                \
    }

#define EXCHANGE_IF(bits, name)                                                                    \
    int __tsan_atomic##bits##_##name(volatile uint##bits##_t *at, uint##bits##_t *expected,        \
                                     uint##bits##_t value, int order, int order_if_not);           \
    int __tsan_atomic##bits##_##name(volatile uint##bits##_t *at, uint##bits##_t *expected,        \
                                     uint##bits##_t value, int order, int order_if_not)            \
    {                                                                                              \
        begin(at, PLACE);                                                                          \
        if (*at != *expected) {                                                                    \
            *expected = *at;                                                                       \
            loaded(at, sizeof *at, order_if_not, PLACE);                                           \
            return 0;                                                                              \
        }                                                                                          \
        *at = value;                                                                               \
        modified(at, sizeof *at, order, PLACE);                                                    \
        return 1;                                                                                  \
    }

#define ATOMICS(bits)                                                                              \
    uint##bits##_t __tsan_atomic##bits##_load(const volatile uint##bits##_t *at, int order);       \
    void __tsan_atomic##bits##_store(volatile uint##bits##_t *at, uint##bits##_t value,            \
                                     int order);                                                   \
    uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                                     \
        volatile uint##bits##_t *at, uint##bits##_t expected, uint##bits##_t value, int order,     \
        int order_if_not);                                                                         \
    uint##bits##_t __tsan_atomic##bits##_load(const volatile uint##bits##_t *at, int order)        \
    {                                                                                              \
        begin(at, PLACE);                                                                          \
        loaded(at, sizeof *at, order, PLACE);                                                      \
        return *at;                                                                                \
    }                                                                                              \
    void __tsan_atomic##bits##_store(volatile uint##bits##_t *at, uint##bits##_t value, int order) \
    {                                                                                              \
        begin(at, PLACE);                                                                          \
        *at = value;                                                                               \
        stored(at, sizeof *at, order, PLACE);                                                      \
    }                                                                                              \
    FETCH(bits, exchange, value)                                                                   \
    FETCH(bits, fetch_add, old + value)                                                            \
    FETCH(bits, fetch_sub, old - value)                                                            \
    FETCH(bits, fetch_and, old &value)                                                             \
    FETCH(bits, fetch_or, old | value)                                                             \
    FETCH(bits, fetch_xor, old ^ value)                                                            \
    FETCH(bits, fetch_nand, ~(old & value))                                                        \
    EXCHANGE_IF(bits, compare_exchange_strong)                                                     \
    EXCHANGE_IF(bits, compare_exchange_weak)                                                       \
    uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                                     \
        volatile uint##bits##_t *at, uint##bits##_t expected, uint##bits##_t value, int order,     \
        int order_if_not)                                                                          \
    {                                                                                              \
        begin(at, PLACE);                                                                          \
        uint##bits##_t old = *at;                                                                  \
        if (old != expected) {                                                                     \
            loaded(at, sizeof *at, order_if_not, PLACE);                                           \
            return old;                                                                            \
        }                                                                                          \
        *at = value;                                                                               \
        modified(at, sizeof *at, order, PLACE);                                                    \
        return old;                                                                                \
    }

ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

void __tsan_atomic_thread_fence(int order)
{
    if (rt__current != RT__NOBODY) {
        rt__clocks_fence(acquires(order), releases(order));
    }
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}
