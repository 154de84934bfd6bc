/* harness.c - the places of exercise 16, and what is lost in them.
 *
 * Input: `places`; `rounds`, how often each kind of search is made; `soon_ms`, how long a place takes that
 * decides the search; `late_ms`, how long one takes to say no beside it; `limit_ms`, of a search that
 * nobody decides.
 *
 * Four kinds of searches. It is found at one place, or one place can't be searched: soon, and the others say
 * no later. It is nowhere: all say no soon. Nobody decides: some say no soon, and the others never come back,
 * so that the time runs out. Whatever happens depends on what is said, never on who is faster: only the
 * last kind has a limit, and there nothing else can end it.
 *
 * What tasks look at outlives harness(): those of a wrong submission may still be there then. Relaxed
 * atomics are enough: a correct submission has waited for its tasks before anything is read. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "exercise.h"
#include "lost.h"

enum kind { FOUND, CANT_SEARCH, NOWHERE, UNDECIDED };

struct place {
    int64_t takes_ns; /* 0: for ever */
    int status;
    int shelf;
    _Atomic(int) searches;
};

/* One search. */
struct round {
    int places;
    int64_t limit_ns;
    rt_chan *never; /* nobody sends on it */
    _Atomic(int) searching;
    struct place place[PLACES_MAX];
};

static _Atomic(struct round *) now; /* set before find() is called */

/* How long each takes, from the input. */
static int64_t soon_ns, late_ns, limit_ns;

int search(int number, int *shelf)
{
    struct round *round = atomic_load_explicit(&now, memory_order_relaxed);
    int status;

    if (number < 0 || number >= round->places)
        return NOT_HERE;
    struct place *place = &round->place[number];
    atomic_fetch_add_explicit(&place->searches, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&round->searching, 1, memory_order_relaxed);
    if (place->takes_ns > 0)
        status = rt_sleep(place->takes_ns);
    else
        status = rt_chan_recv(round->never, NULL);
    atomic_fetch_sub_explicit(&round->searching, 1, memory_order_relaxed);
    if (status != RT_OK)
        return status;
    if (place->status == RT_OK)
        *shelf = place->shelf;
    return place->status;
}

/* ---- Rounds ---------------------------------------------------------------------------------- */

/* The place that decides is drawn from the second half, `shift` places from its beginning; or from its end, if
 * nobody can search there: so searching in turn takes as long for every seed. */
static void draw_places(struct round *round, enum kind kind, int shift)
{
    int half = round->places / 2;
    int place_in_half = shift % (round->places - half);
    int decides = kind == FOUND ? half + place_in_half : round->places - 1 - place_in_half;

    for (int i = 0; i < round->places; i++) {
        struct place *place = &round->place[i];
        bool alone = i == decides;
        place->status = NOT_HERE;
        place->shelf = (int)input_random_between(1, 99);
        place->takes_ns = kind == NOWHERE || alone ? soon_ns : late_ns;
        if (kind == FOUND && alone)
            place->status = RT_OK;
        if (kind == CANT_SEARCH && alone)
            place->status = RT_EIO;
        if (kind == UNDECIDED)
            place->takes_ns = i % 2 == 0 ? 0 : soon_ns;
    }
}

static const char *status_name(int status)
{
    return status == NOT_HERE ? "not here" : rt_strerror(status);
}

static void answer_round(const char *name, struct round *round, int status, struct spot spot)
{
    if (status == RT_OK)
        answer_line("%s: place %d, shelf %d", name, spot.place, spot.shelf);
    else
        answer_line("%s: %s", name, status_name(status));
    if (atomic_load_explicit(&round->searching, memory_order_relaxed) > 0)
        answer_line("%s: somebody was still searching when find() had returned", name);
    for (int i = 0; i < round->places; i++) {
        if (atomic_load_explicit(&round->place[i].searches, memory_order_relaxed) > 1)
            answer_line("%s: place %d was searched more than once", name, i);
    }
}

static void run_round(enum kind kind, int number, int shift)
{
    static const char *const names[] = {"it is found", "nobody can search", "it is nowhere",
                                        "nobody comes back"};
    struct round *round = calloc(1, sizeof *round);
    int64_t places = input_get("places");
    struct spot spot = {-1, -1};
    char name[64];

    if (round == NULL)
        exit(EXERCISE_EXIT_LESSON);
    round->places = places < 2 ? 2 : places > PLACES_MAX ? PLACES_MAX : (int)places;
    round->limit_ns = kind == UNDECIDED ? limit_ns : RT_FOREVER;
    round->never = rt_chan_new(0, 0);
    draw_places(round, kind, shift);
    atomic_store_explicit(&now, round, memory_order_relaxed);
    int status = find(round->places, round->limit_ns, &spot);
    snprintf(name, sizeof name, "%s, %d", names[kind], number);
    answer_round(name, round, status, spot);
}

void harness(void)
{
    int rounds = (int)input_get("rounds");

    soon_ns = input_get("soon_ms") * RT_MS;
    late_ns = input_get("late_ms") * RT_MS;
    limit_ns = input_get("limit_ms") * RT_MS;
    for (int i = 0; i < rounds; i++) {
        int shift = (int)input_random_between(0, PLACES_MAX);
        run_round(FOUND, i, shift);
        run_round(CANT_SEARCH, i, shift);
    }
    run_round(NOWHERE, 0, 0);
    run_round(UNDECIDED, 0, 0);
}
