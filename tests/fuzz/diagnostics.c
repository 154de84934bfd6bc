/* diagnostics.c - any text as what compiler and linker print: a student's file decides a good part
 * of it. */
#include "diagnostics.h"

#include <stdlib.h>
#include <string.h>

#include "printable.h"
#include "symbols.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    char *student_items[] = {"exercises/00-x/work.c"}, *api_items[] = {"rt_go", "rt_chan_send"};
    struct strings student = {.items = student_items, .count = 1};
    struct strings api = {.items = api_items, .count = 2};
    struct diagnostics_context context = {&student, &api};
    struct diagnostics list = {0};
    char *text = printable((const char *)bytes, size); /* as compiler.c hands it on */

    diagnostics_add_compiler(&list, text, &context);
    diagnostics_add_linker(&list, text, &context);
    diagnostics_sort(&list);
    for (size_t i = 0; i < list.count; i++)
        if (!list.items[i].message || symbols_line(text, list.items[i].message) < 0)
            abort();
    diagnostics_release(&list);
    free(text);
    return 0;
}
