/* No task at all: world starts when hello has finished. The answer is right. */
#include "hello.h"

static void speak(struct speaker *who)
{
    for (int i = 0; i < words_of(who); i++)
        say(who);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    speak(hello);
    speak(world);
}
