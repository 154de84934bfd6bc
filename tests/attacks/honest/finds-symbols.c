/* finds-symbols.c - looks a function up by its name. */
#include <dlfcn.h>

#include "honest.h"

int main(void)
{
    int (*print)(const char *) = NULL;
    *(void **)&print = dlsym(RTLD_DEFAULT, "puts");
    must(print != NULL && print("found") >= 0, "dlsym");
    return 0;
}
