/* context.h - switching between stacks. The only part in assembly (arch/).
 *
 * A context that is not running is one stack pointer: below it lie the registers that the C calling
 * convention preserves. Signal masks are not switched (that would cost a system call). */
#ifndef RT_CONTEXT_H
#define RT_CONTEXT_H

/* Saves the running context, stores its stack pointer in *save, and resumes the one whose stack
 * pointer is `resume`. Returns when somebody resumes the saved one - perhaps on another thread, so
 * the caller must not trust any thread-local address it computed before. */
void rt__context_switch(void **save, void *resume);

/* Prepares the stack that ends at `top` so that resuming the returned stack pointer calls entry(),
 * which must never return. */
void *rt__context_new(void *top, void (*entry)(void));

#endif
