/* Does not wait for the tasks but sleeps, a little longer than they should need. */
#include "hello.h"

static void speak(void *arg)
{
    struct speaker *who = arg;
    for (int i = 0; i < words_of(who); i++)
        say(who);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    rt_go(speak, hello);
    rt_go(speak, world);
    rt_sleep(155 * RT_MS);
}
