/* memory.c - the heap that begins anew, scratch memory, and memory that stays. See memory.h. */
#include "explore/memory.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "explore/accesses.h"
#include "explore/program.h"
#include "kept.h"
#include "report.h"

/* Address space; only what is used is committed. Far from where the kernel puts things by
 * itself. */
#define AREA_BYTES ((size_t)1 << 30)
#define HEAP_AT ((void *)0x510000000000)
#define SCRATCH_AT ((void *)0x520000000000)
#define FREED_AT ((void *)0x530000000000)

#define ALIGNMENT 16

/* New blocks hold this rather than what an earlier schedule left there: a schedule must not depend
 * on others. */
#define FILL 0xa5

struct area {
    char *begin, *next, *end;
};

/* Before each block. */
struct header {
    struct header *next;
    size_t bytes;
    rt__place allocated; /* at */
};

static struct area heap, scratch;

/* For each ALIGNMENT bytes of the heap, whether they have been freed. */
static unsigned char *freed;
static struct header *blocks, *last_block; /* in the order of their addresses */
static bool open;

static void *map(void *at, size_t bytes)
{
    void *memory = mmap(at, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (memory == MAP_FAILED) {
        memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    }
    if (memory == MAP_FAILED) {
        rt__report_no_memory("exploring schedules");
    }
    return memory;
}

static void map_area(struct area *area, void *at)
{
    area->begin = area->next = map(at, AREA_BYTES);
    area->end = area->begin + AREA_BYTES;
}

void rt__memory_start(void)
{
    map_area(&heap, HEAP_AT);
    map_area(&scratch, SCRATCH_AT);
    freed = map(FREED_AT, AREA_BYTES / ALIGNMENT);
}

void rt__memory_open(void)
{
    memset(freed, 0, (size_t)(heap.next - heap.begin) / ALIGNMENT);
    heap.next = heap.begin;
    scratch.next = scratch.begin;
    blocks = last_block = NULL;
    open = true;
}

void rt__memory_close(void)
{
    open = false;
}

bool rt__memory_pause(void)
{
    bool was_open = open;
    open = false;
    return was_open;
}

void rt__memory_resume(bool was_open)
{
    open = was_open;
}

void *rt__scratch(size_t bytes)
{
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes > (size_t)(scratch.end - scratch.next)) {
        rt__program_leave(RT__LEFT_GIVEN_UP, 0);
    }
    void *memory = memset(scratch.next, 0, bytes);
    scratch.next += bytes;
    return memory;
}

/* ---- Memory that stays ----------------------------------------------------------------------- */

void *rt__kept_realloc(void *memory, size_t bytes)
{
    memory = __real_realloc(memory, bytes);
    if (memory == NULL) {
        rt__report_no_memory("exploring schedules");
    }
    return memory;
}

void *__real_aligned_alloc(size_t alignment, size_t bytes);

void *rt__kept_new(size_t alignment, size_t bytes)
{
    return __real_aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}

void rt__kept_free(void *memory)
{
    __real_free(memory);
}

/* ---- The program's heap ---------------------------------------------------------------------- */

static bool is_ours(const void *block)
{
    return (const char *)block >= heap.begin && (const char *)block < heap.end;
}

static unsigned char *freed_of(const void *block)
{
    return freed + (size_t)((const char *)block - heap.begin) / ALIGNMENT;
}

bool rt__heap_freed(const void *object)
{
    return is_ours(object) && *freed_of(object);
}

static struct header *header_of(const void *block)
{
    return (struct header *)(uintptr_t)block - 1;
}

rt__place rt__heap_allocated(uintptr_t address)
{
    for (const struct header *header = blocks; header != NULL; header = header->next) {
        uintptr_t begin = (uintptr_t)(header + 1);
        if (address >= begin && address < begin + header->bytes) {
            return header->allocated;
        }
    }
    return 0;
}

static void *allocate(size_t alignment, size_t bytes, rt__place place)
{
    uintptr_t at = (uintptr_t)heap.next + sizeof(struct header);
    at = (at + alignment - 1) / alignment * alignment;
    if (bytes > AREA_BYTES || at + bytes + ALIGNMENT > (uintptr_t)heap.end) {
        errno = ENOMEM;
        return NULL;
    }
    void *block = (void *)at;
    struct header *header = header_of(block);
    *header = (struct header){.bytes = bytes, .allocated = place};
    *(last_block != NULL ? &last_block->next : &blocks) = header;
    last_block = header;
    heap.next = (char *)((at + bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    return block;
}

#define PLACE ((rt__place)__builtin_return_address(0))

void *__real_calloc(size_t count, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
void __wrap_free(void *block);
void *__wrap_aligned_alloc(size_t alignment, size_t bytes);
int __wrap_posix_memalign(void **block, size_t alignment, size_t bytes);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);

static void *allocate_filled(size_t alignment, size_t bytes, int fill, rt__place place)
{
    void *block = allocate(alignment > ALIGNMENT ? alignment : ALIGNMENT, bytes, place);
    return block != NULL ? memset(block, fill, bytes) : NULL;
}

/* To free is to write: who still uses the block meanwhile has a race. What was allocated before the
 * schedule began is left alone, for the next one will find it as it was. */
static void release(void *block, rt__place place)
{
    if (!is_ours(block)) {
        if (!open) {
            __real_free(block);
        }
        return;
    }
    struct header *header = header_of(block);
    if (*freed_of(block)) {
        rt__program_crash("frees memory that was freed before", place);
    }
    memset(freed_of(block), true, header->bytes / ALIGNMENT + 1); /* a header follows it */
    if (!rt__program_is_runtime(place)) {
        rt__access((uintptr_t)block, header->bytes, RT__WRITES, place);
    }
}

void *__wrap_malloc(size_t bytes)
{
    return open ? allocate_filled(ALIGNMENT, bytes, FILL, PLACE) : __real_malloc(bytes);
}

void *__wrap_aligned_alloc(size_t alignment, size_t bytes)
{
    return open ? allocate_filled(alignment, bytes, FILL, PLACE)
                : __real_aligned_alloc(alignment, bytes);
}

int __wrap_posix_memalign(void **block, size_t alignment, size_t bytes)
{
    *block = open ? allocate_filled(alignment, bytes, FILL, PLACE)
                  : __real_aligned_alloc(alignment, bytes);
    return *block != NULL ? 0 : ENOMEM;
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    size_t all;
    if (!open) {
        return __real_calloc(count, bytes);
    }
    if (__builtin_mul_overflow(count, bytes, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return allocate_filled(ALIGNMENT, all, 0, PLACE);
}

void __wrap_free(void *block)
{
    if (block != NULL) {
        release(block, PLACE);
    }
}

void *__wrap_realloc(void *old, size_t bytes)
{
    if (!open && (old == NULL || !is_ours(old))) {
        return __real_realloc(old, bytes);
    }
    void *block = allocate_filled(ALIGNMENT, bytes, FILL, PLACE);
    if (block != NULL && old != NULL) {
        size_t before = is_ours(old) ? header_of(old)->bytes : malloc_usable_size(old);
        memcpy(block, old, before < bytes ? before : bytes);
        release(old, PLACE);
    }
    return block;
}

char *__wrap_strndup(const char *text, size_t most)
{
    size_t length = strnlen(text, most);
    char *copy =
        open ? allocate_filled(ALIGNMENT, length + 1, 0, PLACE) : __real_malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *text)
{
    size_t length = strlen(text);
    char *copy =
        open ? allocate_filled(ALIGNMENT, length + 1, 0, PLACE) : __real_malloc(length + 1);
    return copy != NULL ? memcpy(copy, text, length + 1) : NULL;
}
