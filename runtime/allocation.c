/* allocation.c - malloc and its like, which a task must not be stopped in.
 *
 * A hog that stands still in the middle of malloc keeps the lock of a heap. Whoever needs that heap
 * waits for the hog's next turn: another task idles away its slice; and the monitor, when it makes
 * a thread, waits for ever, and with it the hog. So all calls, those from within libc too, come
 * through here and count as inside the runtime (thread.h): a hog that was to be stopped meanwhile
 * stops when it leaves. It stops right there, as in the handler, and does not yield: the caller may
 * be printf, which holds a lock, and must not find itself on another thread.
 *
 * glibc lets a program define these functions, and has its own under second names for this. The
 * sanitizers bring theirs; other C libraries have no second names: there, hogs are stopped
 * anywhere. */
#include <features.h>

#include "sanitizer.h"

#if defined(__GLIBC__) && !defined(RT__WATCHED)

#include <errno.h>
#include <stdlib.h>

#include "monitor.h"
#include "thread.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

static void leave(void)
{
    if (rt__critical_end()) {
        rt__stop_if_wanted();
    }
}

void *malloc(size_t size)
{
    rt__critical_begin();
    void *memory = __libc_malloc(size);
    leave();
    return memory;
}

void *calloc(size_t count, size_t size)
{
    rt__critical_begin();
    void *memory = __libc_calloc(count, size);
    leave();
    return memory;
}

void *realloc(void *memory, size_t size)
{
    rt__critical_begin();
    void *moved = __libc_realloc(memory, size);
    leave();
    return moved;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    rt__critical_begin();
    void *memory = __libc_memalign(alignment, size);
    leave();
    return memory;
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    void *aligned = aligned_alloc(alignment, size);
    if (aligned == NULL) {
        return ENOMEM;
    }
    *memory = aligned;
    return 0;
}

void free(void *memory)
{
    rt__critical_begin();
    __libc_free(memory);
    leave();
}

#endif
