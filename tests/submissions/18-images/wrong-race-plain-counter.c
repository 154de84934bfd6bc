/* Wrong: the number of the next strip is a plain int. Two workers may take the same strip, which both
 * of them smooth: the picture is right all the same, in every run so far. In C it is a data race, and
 * the compiler may take it that there is none. */
#include "photo.h"

/* Small enough that nobody waits long for the last strip, large enough that taking it costs
 * nothing. */
#define STRIP 4

struct pass {
    const struct image *from;
    struct image *to;
    int next; /* the first row that nobody has taken */
    rt_wait_group workers;
};

static void work(void *arg)
{
    struct pass *pass = arg;
    int height = pass->from->height;
    int first;

    while ((first = pass->next) < height) {
        pass->next = first + STRIP;
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
