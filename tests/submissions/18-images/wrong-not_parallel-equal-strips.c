/* Wrong: as many strips as workers, all of one height. Equal in rows, not in work: the strips of the
 * sky are done at once, and whoever had one of them waits for the others, in each pass. */
#include <stdatomic.h>

#include "photo.h"

struct pass {
    const struct image *from;
    struct image *to;
    int strip;         /* the height of one */
    _Atomic(int) next; /* the first row that nobody has taken; relaxed: only its value counts */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pass *pass = arg;
    int height = pass->from->height;
    int first;

    while ((first = atomic_fetch_add_explicit(&pass->next, pass->strip, memory_order_relaxed)) <
           height) {
        for (int y = first; y < first + pass->strip && y < height; y++)
            smooth_row(pass->from, pass->to, y);
    }
    rt_wait_group_done(&pass->workers);
}

static void smooth_once(const struct image *from, struct image *to, int workers)
{
    struct pass pass = {.from = from, .to = to, .strip = from->height / workers + 1};

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
