/* main.c - the program barista-inside: all of Barista's own code that runs in the sandbox.
 *
 *     barista-inside stub                the stub, which runs programs
 *     barista-inside canaries WORD...    a program that tries to get out
 *
 * It is a program of its own so that it is small: the less there is in the sandbox, the less there
 * is to be turned against it. Only the grader starts it. */
#include <stdio.h>
#include <string.h>

#include "canaries.h"
#include "protocol.h"
#include "stub.h"

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], INSIDE_STUB) == 0)
        return stub_serve();
    if (argc >= 2 && strcmp(argv[1], INSIDE_CANARIES) == 0)
        return canaries_sing(argv + 2);
    fputs("barista-inside is started by barista, in its sandbox; there is nothing to call here\n",
          stderr);
    return 2;
}
