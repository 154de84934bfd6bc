/* Starts both tasks and does not wait for them: the caller goes on before a word is said. */
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
}
