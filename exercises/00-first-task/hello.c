/* hello.c - exercise 00: let two speakers speak at the same time.
 *
 * What is asked stands in hello.h, how to go about it in the lesson
 * (lessons/00-first-task/lesson.md). Check it with `make check LESSON=00`. */
#include "hello.h"

/* Says all words of one speaker. Nothing is missing here - but have a look at the kind of function
 * that rt_go() starts: it takes one `void *`. */
static void speak(struct speaker *who)
{
    for (int i = 0; i < words_of(who); i++)
        say(who);
}

void speak_both(struct speaker *hello, struct speaker *world)
{
    /* TODO: so far only hello speaks.
     *
     * 1. Let world speak too: `speak(world);` below is all it takes for the right answer. Check it.
     *    The check will say that the waits do not overlap: world starts when hello has finished.
     * 2. Now give each speaker a task of its own with rt_go(), and wait for both with an
     *    rt_wait_group before you return. */
    speak(hello);
    (void)world; /* only so that the compiler does not warn of a speaker that nobody uses */
}
