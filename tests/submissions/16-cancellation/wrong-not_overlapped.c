/* Wrong: one task searches one place after the other. It keeps the limit, and it takes the sum of all searches. */
#include "lost.h"

struct walk {
    int places;
    int status;
    struct spot spot;
};

static void search_in_turn(void *arg)
{
    struct walk *walk = arg;

    walk->status = NOT_HERE;
    for (int i = 0; i < walk->places && walk->status == NOT_HERE; i++) {
        walk->spot.place = i;
        walk->status = search(i, &walk->spot.shelf);
    }
}

int find(int places, int64_t limit_ns, struct spot *spot)
{
    rt_group *group = rt_group_new(limit_ns);
    struct walk walk = {.places = places, .status = RT_ECANCELED};

    rt_group_go(group, search_in_turn, &walk);
    int ended = rt_group_wait(group);
    rt_group_free(group);
    *spot = walk.spot;
    return walk.status == RT_ECANCELED ? ended : walk.status;
}
