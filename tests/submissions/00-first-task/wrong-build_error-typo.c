/* A slip of the keyboard, rt_goo for rt_go: the compiler's message should name the right
 * function. */
#include "hello.h"

static void speak(void *arg)
{
    struct speaker *who = arg;
    for (int i = 0; i < words_of(who); i++)
        say(who);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_goo(speak, hello);
    rt_go(speak, world);
}
