/* Wrong: as many strips as height / STRIP, and what the division leaves over belongs to none. */
#include <stdatomic.h>

#include "photo.h"

/* Small enough that nobody waits long for the last strip, large enough that taking it costs
 * nothing. */
#define STRIP 4

struct pass {
    const struct image *from;
    struct image *to;
    _Atomic(int) next; /* the first row that nobody has taken; relaxed: only its value counts */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pass *pass = arg;
    int height = pass->from->height / STRIP * STRIP;
    int first;

    while ((first = atomic_fetch_add_explicit(&pass->next, STRIP, memory_order_relaxed)) < height) {
        for (int y = first; y < first + STRIP && y < height; y++)
            smooth_row(pass->from, pass->to, y);
    }
    rt_wait_group_done(&pass->workers);
}

static void smooth_once(const struct image *from, struct image *to, int workers)
{
    struct pass pass = {.from = from, .to = to};

    rt_wait_group_add(&pass.workers, workers);
    for (int i = 0; i < workers; i++)
        rt_go(work, &pass);
    rt_wait_group_wait(&pass.workers);
}

const struct image *smooth(struct image *image, struct image *spare, int passes, int workers)
{
    for (int pass = 0; pass < passes; pass++) {
        if (pass % 2 == 0)
            smooth_once(image, spare, workers);
        else
            smooth_once(spare, image, workers);
    }
    return passes % 2 == 0 ? image : spare;
}
