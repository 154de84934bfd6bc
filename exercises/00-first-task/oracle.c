/* oracle.c - exercise 00 done plainly: one speaker after the other, no tasks. It gives the expected
 * answer, and the time that a program without overlap takes. */
#include "hello.h"

void speak_both(struct speaker *hello, struct speaker *world)
{
    for (int i = 0; i < words_of(hello); i++)
        say(hello);
    for (int i = 0; i < words_of(world); i++)
        say(world);
}
