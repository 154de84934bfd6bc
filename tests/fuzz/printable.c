/* printable.c - any bytes as a program's output: what is shown of them does nothing to a
 * terminal. */
#include "printable.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    char *text = printable((const char *)bytes, size);

    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if ((*c < ' ' && *c != '\n' && *c != '\t') || *c == 0x7f)
            abort();
    free(text);
    return 0;
}
