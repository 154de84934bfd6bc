/* kernel-file-handles.c - opens files by their number, past all folders.
 *
 * Expect: pass held
 * Tiers: ABC */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attacked.h"

void mix(const uint64_t *numbers, uint64_t *mixed, int count)
{
    struct file_handle *handle = calloc(1, sizeof *handle + 128);
    int mount = 0;
    handle->handle_bytes = 128;
    must_fail(name_to_handle_at(AT_FDCWD, "/", handle, &mount, 0) < 0 &&
                  open_by_handle_at(AT_FDCWD, handle, O_RDONLY) < 0,
              "open a file by its handle");
    solve(numbers, mixed, count);
}
