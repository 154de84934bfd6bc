/* wake_up.pml - model of the wake-up protocol: runtime/worker.h, worker.c, idle.c, steal.c, standing.c.
 *
 * Workers find work, go idle, sleep and are woken; their tasks submit further tasks, fill the next slot, sleep
 * until a time, block their thread, compute without end, or end. S1..S3 and I1..I4 are the steps of
 * worker.h. Each access to a shared word outside of rt__sched.lock is one step. What happens under that
 * lock is one step too: its holder is alone with it, and touches only one word that others read without it
 * (where it is two, `sched_locked` stands for the lock). Ring, next slot and global queue only count their
 * tasks: which task is where is the matter of run_queue.pml. Which idle proc or sleeping worker is taken
 * is left open; C takes the last.
 *
 * Proved, of every state in which nothing can go on any more:
 *   - no task is queued while a proc is idle;
 *   - no timer is due while a proc is idle;
 *   - a deadlock has been reported if no task can ever run again, and only then.
 *
 * The monitor is here with one of its duties: to wake a worker for a task that is left in a next slot
 * (rt__wake_if_useful). A thread in rt_blocking comes back only when a proc is idle; the other way back is
 * in standing.pml.
 *
 * Not proved, since the search does not end in 2 GB: timers with three procs, and timers beside a thread that
 * blocks. With three procs a sentry once slept longer than it said (idle.c, sleep_begin_locked); tests found that.
 *
 * short:  -DPROCS=2 -DSUBMITS=1
 * check:  -DPROCS=2 -DSUBMITS=3
 * check:  -DPROCS=3 -DSUBMITS=1 -DHOGS
 * check:  -DPROCS=2 -DSUBMITS=1 -DHOGS -DTIMERS=2 -DWORKERS=2
 * mutant: -DPROCS=3 -DSUBMITS=3 -DHOGS -DWORKERS=3 -DMUTANT_SPINNING_DOWN_AFTER_UNLOCK
 * mutant: -DPROCS=2 -DSUBMITS=2 -DHOGS -DMUTANT_NO_SECOND_LOOK
 * mutant: -DPROCS=2 -DSUBMITS=2 -DHOGS -DMUTANT_LOOK_BEFORE_IDLE
 * mutant: -DPROCS=3 -DSUBMITS=2 -DHOGS -DMUTANT_LAST_SPINNER_WAKES_NOBODY
 * mutant: -DPROCS=2 -DSUBMITS=1 -DHOGS -DTIMERS=1 -DWORKERS=2 -DMUTANT_NO_KICK
 * mutant: -DPROCS=2 -DSUBMITS=1 -DBLOCKS=1 -DMUTANT_BLOCKING_IS_ASLEEP */

#ifndef TIMERS
#define TIMERS 0
#endif
#ifndef START
#define START 1
#endif
#ifndef BLOCKS
#define BLOCKS 0
#endif

/* One for each proc, one for each thread that blocks, and one that is on its way to sleep. */
#ifndef WORKERS
#define WORKERS (PROCS + BLOCKS + 1)
#endif
#define NOBODY 255
#define NEVER 9

/* struct rt__proc */
byte ring[PROCS];
bool next[PROCS];
bool idle[PROCS];
bool computes[PROCS]; /* its task never ends */

/* struct rt__sched */
bool sched_locked;
byte global_length, idle_procs, spinning, blocking;
byte sentry = NOBODY, sentry_until = NEVER;
bool reported;

/* struct rt__worker */
byte proc_of[WORKERS] = NOBODY;
bool is_spinning[WORKERS];
bool sleeping[WORKERS]; /* on the list of idle workers */
byte workers_made, workers_sleeping;
bool wakeup[WORKERS];

/* What the tasks may still do, and how many there are that have not ended. */
byte submits = SUBMITS, blocks = BLOCKS, tasks = START;

/* Timers, and the time. An armed timer lies on the heap of a proc. */
#if TIMERS > 0
byte heap_of[TIMERS] = NOBODY;
byte due_at[TIMERS];
byte timers_used;
byte earliest[PROCS] = NEVER;
bool heap_locked[PROCS];
byte now;
#define ARMED(v) (earliest[v] != NEVER)
#define DUE(v) (earliest[v] <= now)
#else
#define ARMED(v) false
#define DUE(v) false
#endif

/* ---- Employing and waking: worker.c ---- */

/* Without timers on their heaps idle procs are all alike, and so are sleeping workers: the first will do. */
#if TIMERS > 0
#define OR_ANOTHER(there_is) (there_is)
#else
#define OR_ANOTHER(there_is) false
#endif

inline any_idle_proc(p)
{
    p = 0;
    do
    :: idle[p] -> break
    :: !idle[p] || OR_ANOTHER(p == 0 && idle_procs > 1) -> p++
    od
}

/* rt__worker_start never fails, but a model has an end. So a waker waits here while too many workers are on
 * their way to sleep. */
#define A_WORKER_IS_FREE (workers_made < WORKERS || workers_sleeping > 0)

/* A sleeping worker; only if there is none, a new one. */
inline any_free_worker(w)
{
    w = 0;
    if
    :: workers_sleeping == 0 -> w = workers_made; workers_made++
    :: else ->
        do
        :: sleeping[w] -> sleeping[w] = false; workers_sleeping--; break
        :: !sleeping[w] || OR_ANOTHER(workers_sleeping > 1 && w == 0) -> w++
        od
    fi
}

inline sentry_dismiss_locked(w)
{
    if
    :: sentry == w -> sentry = NOBODY; sentry_until = NEVER
    :: else
    fi
}

/* idle_worker_employ_locked, and what rt__worker_start does when there is none. */
inline employ_locked(w, p, as_spinner)
{
    any_free_worker(w);
    sentry_dismiss_locked(w);
    proc_of[w] = p;
    is_spinning[w] = as_spinner;
    wakeup[w] = true
}

inline wake_one_locked()
{
    any_idle_proc(q);
    idle[q] = false;
    idle_procs--;
    employ_locked(w, q, true);
    q = 0;
    w = 0
}

inline wake_one()
{
#if defined(MUTANT_SPINNING_DOWN_AFTER_UNLOCK)
    if
    :: atomic { !sched_locked && idle_procs == 0 -> skip }
        spinning--
    :: atomic { !sched_locked && idle_procs > 0 && A_WORKER_IS_FREE -> wake_one_locked() }
    fi
#else
    atomic {
        !sched_locked && (idle_procs == 0 || A_WORKER_IS_FREE);
        if
        :: idle_procs == 0 -> spinning--
        :: else -> wake_one_locked()
        fi
    }
#endif
}

/* rt__wake_if_idle */
inline wake_if_idle()
{
    if
    :: idle_procs == 0 /* S2 */
    :: else ->
        if
        :: spinning > 0 /* S2 */
        :: atomic { spinning == 0 -> spinning = 1 }
            wake_one() /* S3 */
        fi
    fi
}

/* rt__wake_if_useful */
inline wake_if_useful()
{
    if
    :: true
    :: wake_if_idle()
    fi
}

/* ---- Spinning: worker.c ---- */

inline spin_end()
{
    if
    :: is_spinning[me] ->
        atomic {
            is_spinning[me] = false;
            spinning--;
            last = spinning == 0
        }
#if !defined(MUTANT_LAST_SPINNER_WAKES_NOBODY)
        if
        :: last -> wake_if_idle()
        :: else
        fi;
#endif
        last = false
    :: else
    fi
}

/* ---- Timers: timer.c, rt__timer_arm, rt__sentry_notify ---- */

#if TIMERS > 0
inline earliest_of_heap(v)
{
    earliest[v] = NEVER;
    t = 0;
    do
    :: t < TIMERS ->
        if
        :: heap_of[t] == v && due_at[t] < earliest[v] -> earliest[v] = due_at[t]
        :: else
        fi;
        t++
    :: else -> break
    od;
    t = 0
}

/* rt__timers_run on the heap of v; what fires lands in the ring of p (rt__ready_last). */
inline timers_run(v)
{
    atomic {
        !heap_locked[v] -> heap_locked[v] = true
    }
    u = 0;
    do
    :: u < TIMERS ->
        if
        :: heap_of[u] == v && due_at[u] <= now ->
            heap_of[u] = NOBODY;
            ring[p]++; /* S1 */
            wake_if_idle()
        :: else
        fi;
        u++
    :: else -> break
    od;
    atomic {
        u = 0;
        earliest_of_heap(v);
        heap_locked[v] = false
    }
}

inline earliest_timer(result)
{
    atomic { /* several loads, one step: times only move out of sight under a heap's lock */
        result = earliest[0];
        if
        :: earliest[1] < result -> result = earliest[1]
        :: else
        fi;
#if PROCS > 2
        if
        :: earliest[2] < result -> result = earliest[2]
        :: else
        fi
#endif
    }
}

inline sentry_notify(when)
{
    if
    :: idle_procs > 0 ->
        if
        :: when < sentry_until ->
            atomic { /* rt__sentry_kick */
                !sched_locked;
                kicked = sentry != NOBODY;
                if
                :: kicked -> wakeup[sentry] = true
                :: else
                fi
            }
            if
            :: kicked -> kicked = false
            :: else -> wake_if_idle()
            fi
        :: else
        fi
    :: else
    fi
}

inline sentry_ensure()
{
    if
    :: idle_procs > 0 ->
        earliest_timer(again);
        sentry_notify(again);
        again = 0
    :: else
    fi
}

inline timer_arm(timer)
{
    atomic {
        !heap_locked[p] -> heap_of[timer] = p;
        earliest_of_heap(p)
    }
#if !defined(MUTANT_NO_KICK)
    sentry_notify(due_at[timer])
#endif
}
#endif

/* ---- Finding work: pick in scheduler.c, steal.c ---- */

inline global_get()
{
    if
    :: atomic { global_length > 0 && !sched_locked ->
        global_length--;
        got = true;
        if /* a share of the others comes along */
        :: global_length > 0 -> ring[p]++; global_length--
        :: true
        fi }
    :: else
    fi
}

inline pick()
{
#if TIMERS > 0
    if
    :: DUE(p) -> timers_run(p)
    :: else
    fi;
#endif
    if
    :: atomic { next[p] -> next[p] = false; got = true }
    :: atomic { ring[p] > 0 -> ring[p]--; got = true }
    :: !next[p] && ring[p] == 0 -> global_get()
    fi
}

inline steal_from(v)
{
    if
    :: atomic { ring[v] > 0 ->
        flight = (ring[v] + 1) / 2;
        ring[v] = ring[v] - flight;
        flight--;
        got = true }
        ring[p] = ring[p] + flight;
        flight = 0
    :: ring[v] == 0 ->
        if
        :: atomic { next[v] -> next[v] = false; got = true }
        :: !computes[v] || !next[v] /* not there, or the tick has changed */
        fi;
#if TIMERS > 0
        if
        :: !got && DUE(v) ->
            timers_run(v);
            if
            :: atomic { ring[p] > 0 -> ring[p]--; got = true }
            :: ring[p] == 0
            fi
        :: else
        fi
#endif
    fi
}

inline steal()
{
    v = 0;
    do
    :: v < PROCS && !got ->
        if
        :: v != p -> steal_from(v)
        :: else
        fi;
        v++
    :: else -> break
    od;
    v = 0;
    if
    :: !got -> global_get()
    :: else
    fi
}

/* ---- Going idle: idle.c ---- */

/* rt__work_exists */
inline look_for_work()
{
    if
    :: global_length > 0 -> wanted = true
    :: else
    fi;
    v = 0;
    do
    :: v < PROCS && !wanted ->
        if
        :: ring[v] > 0 -> wanted = true
        :: else ->
            if
            :: next[v] -> wanted = true
            :: !next[v] || !computes[v] /* not there, or the tick has changed */
            fi
        fi;
        v++
    :: else -> break
    od;
    v = 0
}

/* ... || earliest_timer() <= rt_now() */
inline look_for_timers()
{
    do
    :: v < PROCS && !wanted -> wanted = DUE(v); v++
    :: else -> break
    od;
    v = 0
}

inline work_visible(result)
{
    result = global_length > 0 || ring[0] > 0 || next[0] || ring[1] > 0 || next[1];
#if PROCS > 2
    result = result || ring[2] > 0 || next[2];
#endif
#if TIMERS > 0
    result = result || earliest[0] != NEVER || earliest[1] != NEVER;
#if PROCS > 2
    result = result || earliest[2] != NEVER;
#endif
#endif
}

inline asleep_for_ever_locked(result)
{
    work_visible(result);
#if defined(MUTANT_BLOCKING_IS_ASLEEP)
    result = !result && idle_procs == PROCS
#else
    result = !result && idle_procs == PROCS && blocking == 0
#endif
}

inline sleep_without_proc()
{
    atomic {
        !sched_locked;
        asleep_for_ever_locked(wanted);
        if
        :: wanted && !reported ->
            assert(tasks == 0);
            reported = true
        :: else
        fi;
        wanted = false;
#if TIMERS > 0
        sched_locked = true; /* sleep_begin_locked */
        if
        :: idle_procs > 0 -> earliest_timer(until)
        :: else -> until = NEVER
        fi;
        is_sentry = until < sentry_until;
        if
        :: is_sentry -> sentry = me; sentry_until = until
        :: else
        fi
#endif
    }
#if TIMERS > 0
    if
    :: is_sentry && idle_procs > 0 ->
        earliest_timer(again);
        if /* never later than sentry_until */
        :: again < until -> until = again
        :: else
        fi;
        again = 0
    :: is_sentry && idle_procs == 0 -> until = NEVER
    :: !is_sentry -> until = NEVER
    fi;
#endif
    atomic {
        wakeup[me] = false;
        sleeping[me] = true;
        workers_sleeping++;
        sched_locked = false
    }
end_asleep:
#if TIMERS > 0
    wakeup[me] || until <= now;
#else
    wakeup[me];
#endif
    atomic {
        !sched_locked;
        if
        :: proc_of[me] == NOBODY -> sleeping[me] = false; workers_sleeping--; sentry_dismiss_locked(me)
        :: else
        fi;
#if TIMERS > 0
        until = 0;
        is_sentry = false
#endif
    }
}

/* I4 */
inline proc_take_back()
{
    atomic {
        !sched_locked;
        if
        :: idle_procs > 0 ->
            any_idle_proc(q);
            idle[q] = false;
            idle_procs--;
            proc_of[me] = q;
            q = 0
        :: else
        fi
    }
    if
    :: proc_of[me] != NOBODY -> atomic { is_spinning[me] = true; spinning++ }
    :: else
    fi
}

inline wait_for_proc()
{
    do
    :: proc_of[me] != NOBODY -> break
    :: else ->
        wanted = false;
#if !defined(MUTANT_NO_SECOND_LOOK) && !defined(MUTANT_LOOK_BEFORE_IDLE)
        look_for_work(); /* I3 */
#if TIMERS > 0
        look_for_timers();
#endif
#endif
        if
        :: wanted -> wanted = false; proc_take_back()
        :: else
        fi;
        if
        :: proc_of[me] == NOBODY -> sleep_without_proc()
        :: else
        fi
    od;
    p = proc_of[me]
}

inline proc_release()
{
    atomic {
        !sched_locked -> idle[p] = true;
        idle_procs++;
        proc_of[me] = NOBODY;
        p = 0
    }
}

inline go_idle()
{
#if defined(MUTANT_LOOK_BEFORE_IDLE)
    look_for_work();
#endif
    if
    :: wanted -> wanted = false
    :: else ->
        proc_release(); /* I1 */
        if
        :: is_spinning[me] ->
            atomic {
                is_spinning[me] = false;
                spinning-- /* I2 */
            }
        :: else
        fi;
        wait_for_proc()
    fi
}

/* ---- rt_blocking: standing.c ---- */

#if BLOCKS > 0
/* rt__proc_hand_off */
inline proc_hand_off()
{
    if
    :: ring[p] > 0 || next[p] || global_length > 0 || ARMED(p) ->
        atomic {
            !sched_locked && A_WORKER_IS_FREE;
            proc_of[me] = NOBODY;
            employ_locked(w, p, false);
            w = 0
        }
    :: else ->
        proc_release(); /* I1 */
        look_for_work(); /* I3 */
        if
        :: wanted -> wanted = false; wake_if_idle()
        :: else
        fi;
#if TIMERS > 0
        sentry_ensure()
#endif
    fi
}

inline block_the_thread()
{
    blocking++;
    proc_hand_off();
end_blocks:
    atomic { /* rt__standing_regain */
        idle_procs > 0 && !sched_locked ->
        any_idle_proc(p);
        idle[p] = false;
        idle_procs--;
        proc_of[me] = p
    }
    blocking--
}
#endif

/* ---- What tasks do ---- */

inline submit()
{
    if
    :: atomic { submits > 0 -> submits--; tasks++; ring[p]++ } /* S1: rt_go */
        wake_if_idle()
#if defined(NEXT)
    :: atomic { submits > 0 && next[p] -> submits--; tasks++; ring[p]++ } /* S1: rt__ready */
        wake_if_idle()
    :: atomic { submits > 0 && !next[p] -> submits--; tasks++; next[p] = true }
        wake_if_useful()
#endif
    :: submits == 0 /* another was faster */
    fi
}

proctype worker(byte me)
{
    byte p, q, v, w, flight;
    bool got, wanted, last;
#if TIMERS > 0
    byte t, u, timer, until, again;
    bool is_sentry, kicked;
#endif

end_unborn:
    me < workers_made;
    p = proc_of[me];

find_work:
    pick();
    if
    :: got -> goto found
    :: else
    fi;
    if /* spin_begin */
    :: is_spinning[me]
    :: !is_spinning[me] && 2 * spinning >= PROCS - idle_procs -> go_idle(); goto find_work
    :: atomic { !is_spinning[me] && 2 * spinning < PROCS - idle_procs ->
        is_spinning[me] = true;
        spinning++ }
    fi;
    steal();
    if
    :: got -> goto found
    :: else -> go_idle(); goto find_work
    fi;

found:
    spin_end();
#if TIMERS > 0
    sentry_ensure();
#endif

task_runs:
    got = false;
    assert(!reported);
    do
    :: submits > 0 -> submit()
#if defined(HOGS)
    :: computes[p] = true;
end_computes:
        false
#endif
#if TIMERS > 0
    :: atomic { timers_used < TIMERS -> timer = timers_used; timers_used++ }
        if
        :: due_at[timer] = 1
        :: due_at[timer] = 2
        fi;
        pick();
        timer_arm(timer);
        timer = 0;
        break
#endif
#if BLOCKS > 0
    :: atomic { blocks > 0 -> blocks-- }
        block_the_thread()
#endif
    :: tasks--;
        pick();
        break
    od;
    if
    :: got -> goto task_runs
    :: else -> goto find_work
    fi
}

/* look_at in monitor.c */
proctype monitor()
{
    byte q, w;

end:
    do
    :: idle_procs > 0 && spinning == 0 && ((computes[0] && next[0]) || (computes[1] && next[1])
#if PROCS > 2
       || (computes[2] && next[2])
#endif
       ) -> wake_if_idle()
    od
}

#if TIMERS > 0
proctype clock()
{
    now = 1;
    now = 2
}
#endif

init {
    byte n;
    bool visible;

    atomic {
        n = 1;
        do
        :: n < PROCS -> idle[n] = true; idle_procs++; n++
        :: else -> break
        od;
        is_spinning[0] = true; /* it will wake others for the rest */
        spinning = 1;
        proc_of[0] = 0;
        workers_made = 1;
        ring[0] = START;
        n = 0;
        do
        :: n < WORKERS -> run worker(n); n++
        :: else -> break
        od;
        run monitor();
#if TIMERS > 0
        run clock();
#endif
        n = 0
    }
    timeout -> /* nothing goes on any more */
    atomic {
        work_visible(visible);
        assert(!(visible && idle_procs > 0));
        assert(reported == (tasks == 0))
    }
}
