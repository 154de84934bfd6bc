/* tool.c - see tool.h. */
#include "tool.h"

#include "sanitizer.h"

/* A step under any of these takes 5 to 50 times as long. AddressSanitizer's 2 are not worth
 * mentioning. */
#define SLOW (THREAD_SANITIZER | VALGRIND | EMULATOR)

static int running(void)
{
    int tools = 0;

#if defined(RT__ASAN)
    tools |= ADDRESS_SANITIZER;
#endif
#if defined(RT__TSAN)
    tools |= THREAD_SANITIZER;
#endif
#if defined(RT__VALGRIND)
    tools |= VALGRIND;
#endif
#if defined(EMULATED)
    tools |= EMULATOR;
#endif
    return tools;
}

bool running_under(int tools)
{
    return (running() & tools) != 0;
}

int few_or(int many)
{
    return running_under(SLOW) ? many / 10 : many;
}
