/* spin.h - what a thread does between two looks at a value that another thread will change. */
#ifndef RT_SPIN_H
#define RT_SPIN_H

#if defined(RT__ONE_THREAD)

/* Nobody would change the value meanwhile: lets the others run (sim/). */
void rt__spin_pause(void);

#else

/* Tells the CPU that this is a waiting loop: it saves power and leaves the core to a sibling. */
static inline void rt__spin_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb" ::: "memory");
#endif
}

#endif

#endif
