/* object.c - any bytes as an object file, as assembly in a submission can make them. */
#include "object.h"

#include <string.h>

#include "text.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    struct object object;
    const char *why;
    char *copy = memory_new(size + 1);
    size_t used = 0;

    if (size > 0)
        memcpy(copy, bytes, size);
    if (object_parse(copy, size, &object, &why)) {
        for (size_t i = 0; i < object.sections_count; i++)
            used += strlen(object.sections[i]);
        for (size_t i = 0; i < object.symbols_count; i++)
            used += strlen(object.symbols[i].name);
    }
    object_release(&object);
    return used == (size_t)-1;
}
