/* run_queue.pml - model of the run queue: runtime/run_queue.h and run_queue.c.
 *
 * Worker 0 pushes tasks into its ring and pops them at both ends; the others steal half of any ring into
 * their own and pop it. Each access to a word or a slot that the C code makes is one step here, and steps
 * of all workers interleave in every way. That is the whole truth although slots are accessed in relaxed
 * order: a thief reads slots after an acquiring load of the word that published them, and before the swap
 * that releases.
 *
 * Proved: each pushed task is taken exactly once, none is lost.
 *
 * The counters of the real ring have 16 bits; here they wrap at COUNTERS. The version is as wide as it has
 * to be for the pushes of the model; the real one, of 32 bits, would need a thief that sleeps for minutes
 * between two instructions while the owner counts it once around.
 *
 * long:   -DTASKS=5 -DSIZE=4 -DCOUNTERS=8 -DWORKERS=3
 * short:  -DTASKS=4 -DSIZE=2 -DCOUNTERS=4 -DWORKERS=2
 * check:  -DTASKS=6 -DSIZE=2 -DCOUNTERS=4 -DWORKERS=2
 * check:  -DTASKS=3 -DSIZE=4 -DCOUNTERS=8 -DWORKERS=3
 * mutant: -DTASKS=3 -DSIZE=2 -DCOUNTERS=8 -DWORKERS=2 -DMUTANT_NO_VERSION_AT_POP
 * mutant: -DTASKS=5 -DSIZE=2 -DCOUNTERS=4 -DWORKERS=2 -DMUTANT_NO_VERSION_AT_WRAP
 * mutant: -DTASKS=4 -DSIZE=4 -DCOUNTERS=8 -DWORKERS=3 -DMUTANT_STEAL_INTO_RING_WITH_TASKS
 * mutant: -DTASKS=3 -DSIZE=2 -DCOUNTERS=8 -DWORKERS=2 -DMUTANT_PUBLISH_BEFORE_SLOT */

/* struct rt__run_queue: the word `ends`, unpacked, and the ring. (The next slot is one word that is only
 * ever exchanged: there is nothing to prove.) */
typedef run_queue {
    byte head, tail, version;
    byte ring[SIZE]
}

run_queue queues[WORKERS];
byte taken[TASKS + 1]; /* how often each was; 0 is no task */
byte pushed;
bool pushed_all;

#define LENGTH(head, tail) ((tail + COUNTERS - head) % COUNTERS)

inline take(task)
{
    d_step {
        assert(task != 0);
        taken[task]++;
        assert(taken[task] == 1);
        task = 0
    }
}

/* rt__ends_load */
inline ends_load(q)
{
    d_step {
        head = queues[q].head;
        tail = queues[q].tail;
        version = queues[q].version
    }
}

/* rt__ends_swap: `ok`, or the word that is there now. */
inline ends_swap(q, to_head, to_tail, to_version)
{
    d_step {
        ok = queues[q].head == head && queues[q].tail == tail && queues[q].version == version;
        if
        :: ok ->
            queues[q].head = to_head;
            queues[q].tail = to_tail;
            queues[q].version = to_version
        :: else ->
            head = queues[q].head;
            tail = queues[q].tail;
            version = queues[q].version
        fi
    }
}

#if defined(MUTANT_NO_VERSION_AT_POP)
#define POPPED(version) (version)
#else
#define POPPED(version) (version + 1)
#endif

#if defined(MUTANT_NO_VERSION_AT_WRAP)
#define PUSHED(version, tail) (version)
#else
#define PUSHED(version, tail) (version + (tail + 1 == COUNTERS -> 1 : 0))
#endif

/* rt__run_queue_take_half. What it takes counts as taken. */
inline take_half()
{
    do
    :: count = (LENGTH(head, tail) + 1) / 2;
        i = 0;
        do
        :: i < count -> batch[i] = queues[me].ring[(head + i) % SIZE]; i++
        :: else -> break
        od;
        ends_swap(me, (head + count) % COUNTERS, tail, version);
        if
        :: ok -> break
        :: else
        fi
    od;
    atomic {
        i = 0;
        do
        :: i < count -> take(batch[i]); i++
        :: else -> break
        od;
        i = 0;
        count = 0
    }
}

/* rt__run_queue_push; a full ring gives its older half to the global queue (overflow in scheduler.c). */
inline push(new_task)
{
    ends_load(me);
    do
    :: LENGTH(head, tail) == SIZE ->
        take_half();
        ends_load(me)
    :: else ->
#if defined(MUTANT_PUBLISH_BEFORE_SLOT)
        ends_swap(me, head, (tail + 1) % COUNTERS, PUSHED(version, tail));
        if
        :: ok -> queues[me].ring[tail % SIZE] = new_task; break
        :: else
        fi
#else
        queues[me].ring[tail % SIZE] = new_task;
        ends_swap(me, head, (tail + 1) % COUNTERS, PUSHED(version, tail));
        if
        :: ok -> break
        :: else
        fi
#endif
    od
}

/* rt__run_queue_pop_oldest */
inline pop_oldest()
{
    ends_load(me);
    do
    :: LENGTH(head, tail) == 0 -> task = 0; break
    :: else ->
        task = queues[me].ring[head % SIZE];
        ends_swap(me, (head + 1) % COUNTERS, tail, version);
        if
        :: ok -> break
        :: else
        fi
    od
}

/* rt__run_queue_pop_youngest. The floor, which the owner alone knows, only makes it decline more often. */
inline pop_youngest()
{
    ends_load(me);
    do
    :: LENGTH(head, tail) == 0 -> task = 0; break
    :: else ->
        task = queues[me].ring[(tail + COUNTERS - 1) % SIZE];
        ends_swap(me, head, (tail + COUNTERS - 1) % COUNTERS, POPPED(version));
        if
        :: ok -> break
        :: else
        fi
    od
}

/* rt__run_queue_steal: from `victim` into the own ring. */
inline steal(victim)
{
    d_step { /* mine: nobody else changes an empty ring */
        mine = queues[me].tail;
        mine_version = queues[me].version;
        mine_head = queues[me].head
    }
#if !defined(MUTANT_STEAL_INTO_RING_WITH_TASKS)
    assert(mine == mine_head);
#endif
    ends_load(victim);
    do
    :: count = (LENGTH(head, tail) + 1) / 2;
        if
        :: count == 0 -> task = 0; break
        :: else
        fi;
        task = queues[victim].ring[head % SIZE];
        i = 1;
        do
        :: i < count ->
            moved = queues[victim].ring[(head + i) % SIZE];
            queues[me].ring[(mine + i - 1) % SIZE] = moved;
            moved = 0;
            i++
        :: else -> break
        od;
        ends_swap(victim, (head + count) % COUNTERS, tail, version);
        if
        :: ok ->
            d_step { /* one store, not a swap */
                queues[me].head = mine_head;
                queues[me].version =
                    mine_version + (mine + count - 1 >= COUNTERS -> 1 : 0);
                queues[me].tail = (mine + count - 1) % COUNTERS
            }
            break
        :: else
        fi
    od;
    atomic {
        i = 0;
        count = 0;
        mine = 0;
        mine_head = 0;
        mine_version = 0
    }
}

inline forget_word()
{
    atomic {
        head = 0;
        tail = 0;
        version = 0;
        ok = false
    }
}

inline try_to_steal()
{
    if /* any other worker that has some, to keep idle rounds out of the state space */
    :: victim = 0
    :: WORKERS > 2 && me == 1 -> victim = 2
    :: WORKERS > 2 && me == 2 -> victim = 1
    fi;
    steal(victim);
    victim = 0;
    forget_word();
    if
    :: task != 0 -> take(task)
    :: else
    fi
}

proctype owner()
{
    byte head, tail, version, task, count, i, batch[SIZE];
    bool ok;
    byte me = 0;

    do
    :: pushed < TASKS -> pushed++; push(pushed); forget_word()
    :: pop_oldest();
        forget_word();
        if
        :: task != 0 -> take(task)
        :: else -> pushed == TASKS; break
        fi
    :: pop_youngest();
        forget_word();
        if
        :: task != 0 -> take(task)
        :: else
        fi
    od;
    pushed_all = true
}

proctype thief(byte me)
{
    byte head, tail, version, task, count, i, moved, mine, mine_head, mine_version, victim;
    bool ok;

end:
    do
    :: pop_oldest();
        forget_word();
        if
        :: task != 0 -> take(task)
        :: else -> try_to_steal()
        fi
    :: pushed_all && LENGTH(queues[me].head, queues[me].tail) == 0 -> break
#if defined(MUTANT_STEAL_INTO_RING_WITH_TASKS)
    :: try_to_steal()
#endif
    od
}

init {
    byte n;

    atomic {
        run owner();
        n = 1;
        do
        :: n < WORKERS -> run thief(n); n++
        :: else -> break
        od
    }
    _nr_pr == 1; /* all have ended */
    n = 1;
    do
    :: n <= TASKS -> assert(taken[n] == 1); n++
    :: else -> break
    od
}
