/* simulated.c - any text as the result of a simulated run, which the program writes itself. */
#include "simulated.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct simulated_run run;
    char *text = memory_new(size + 1);

    if (size > 0)
        memcpy(text, bytes, size);
    if (simulated_read(text, 2, &run) && run.procs != 2)
        abort();
    simulated_release(&run);
    free(text);
    return 0;
}
