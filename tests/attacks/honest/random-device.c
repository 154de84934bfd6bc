/* random-device.c - reads random numbers from where older books say. */
#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    FILE *device = fopen("/dev/urandom", "rb");
    unsigned number = 0;
    must(device != NULL, "/dev/urandom");
    must(fread(&number, sizeof number, 1, device) == 1, "fread");
    fclose(device);
}

int main(void)
{
    return run_as_task(main_task);
}
