/* standing.pml - model of tasks that stand still in the middle of a thread: runtime/monitor.c, standing.c,
 * blocking.c.
 *
 * Follows on_preempt and stop on the hog's side; look_at, rt__standing_queue, stop_hogs and all_are_out on the
 * monitor's; rt__standing_grant on that of the worker who picks a bound task; rt__proc_hand_off; rt_blocking
 * and rt__standing_regain. Each access to a word that another thread reads is one step; what is done under
 * rt__sched.lock is one, too.
 *
 * A task is short or computes for ever; the monitor may stop it, or find it in the runtime and have it yield.
 * After it has been stopped once it comes to its end, so that a run has one. With -DBLOCKS tasks may call
 * rt_blocking; with -DENDS the run ends when task 0 does, whatever the others do.
 *
 * Abstracted: all queues are one. A worker without a proc takes an idle one as soon as a task is queued: that
 * is what wake_up.pml proves. Workers are enough. A slice is over whenever the monitor likes: signals come at
 * the wrong time, to threads that have gone on to something else, or none at all while nobody waits.
 *
 * Proved:
 *   - at no time do more tasks run than there are procs: at procs=1 never two at once;
 *   - a task runs on a thread that holds a proc, and one that stands on a thread goes on only there;
 *   - nobody waits for ever: when nothing goes on any more, no task is queued, stopped or waits for a proc,
 *     and only one that nobody waits for still computes;
 *   - when the monitor has found that all are out at the end of a run, no task runs any more.
 *
 * short:  -DPROCS=1 -DTASKS=2
 * check:  -DPROCS=1 -DTASKS=2 -DBLOCKS
 * check:  -DPROCS=1 -DTASKS=2 -DENDS
 * mutant: -DPROCS=1 -DTASKS=2 -DMUTANT_PROC_TAKEN_BEFORE_STOP
 * mutant: -DPROCS=1 -DTASKS=2 -DMUTANT_GRANTED_RESET_LATE
 * mutant: -DPROCS=1 -DTASKS=2 -DMUTANT_GRANT_KEEPS_PROC
 * mutant: -DPROCS=1 -DTASKS=2 -DMUTANT_GRANTED_BEFORE_PROC
 * mutant: -DPROCS=1 -DTASKS=2 -DMUTANT_STAND_RESET_LATE
 * mutant: -DPROCS=2 -DTASKS=2 -DMUTANT_BOUND_LATE
 * mutant: -DPROCS=1 -DTASKS=2 -DMUTANT_STOPPED_TASK_STAYS
 * mutant: -DPROCS=2 -DTASKS=2 -DENDS -DWORKERS=3 -DMUTANT_ONE_LOOK */

/* A thread for each task that may stand, and one for each proc. */
#if !defined(WORKERS)
#define WORKERS (PROCS + TASKS)
#endif
#define NOBODY 255

/* enum rt__stand */
#define NONE 0
#define STOPPED 1
#define QUEUED 2
#define BLOCKING 3

/* struct rt__proc */
byte holder[PROCS] = NOBODY;
bool idle[PROCS];
byte idle_procs;

/* struct rt__worker */
byte proc_of[WORKERS] = NOBODY;
byte task_of[WORKERS] = NOBODY;
byte stand[WORKERS];
bool granted[WORKERS], signaled[WORKERS], left_loop[WORKERS], asleep[WORKERS];

/* struct rt__task */
byte bound[TASKS] = NOBODY;
bool tired[TASKS], blocked[TASKS];

/* struct rt__sched */
byte sleepers;
chan queue = [TASKS] of { byte };
bool stopping;

/* What is true, whoever knows it. */
byte executing, ended;
byte stands_on[TASKS] = NOBODY;
bool over;

inline execution_begins()
{
    executing++;
    assert(executing <= PROCS);
    assert(proc_of[me] != NOBODY);
    assert(stands_on[task] == NOBODY || stands_on[task] == me);
    assert(!over);
    stands_on[task] = NOBODY
}

inline execution_stops()
{
    executing--;
    stands_on[task] = me
}

/* ---- Procs ---- */

inline any_idle_proc_locked(which)
{
    which = 0;
    do
    :: idle[which] -> idle[which] = false; idle_procs--; break
    :: else -> which++
    od
}

/* rt__proc_release */
inline proc_release(which)
{
    holder[which] = NOBODY;
    atomic { idle[which] = true; idle_procs++ }
}

inline wake(worker)
{
    asleep[worker] = false;
    sleepers--
}

/* rt__worker_employ. A new thread says itself that it holds the proc, and later: `hold`. When all stops, the
 * workers leave, and none is started any more. */
inline employ(which, w)
{
    if
    :: atomic { sleepers > 0 ->
        w = 0;
        do
        :: asleep[w] -> break
        :: else -> w++
        od;
        wake(w);
        proc_of[w] = which;
        if
        :: holder[which] = w
        :: skip
        fi;
        w = 0 }
    :: stopping
    fi
}

/* rt__proc_hand_off */
inline proc_hand_off(which, w)
{
    if
    :: len(queue) > 0 && !stopping -> employ(which, w)
    :: else -> proc_release(which)
    fi
}

/* ---- The thread on which a task stands ---- */

/* stop, in the signal handler */
inline stop()
{
#if !defined(MUTANT_GRANTED_RESET_LATE)
    granted[me] = false;
#endif
    atomic { execution_stops(); stand[me] = STOPPED }
#if defined(MUTANT_GRANTED_RESET_LATE)
    granted[me] = false;
#endif
end_stands_for_ever: /* only once the run has ended: see init */
    atomic { granted[me] -> execution_begins(); tired[task] = true }
}

#if defined(MUTANT_REGAIN_AFTER_END)
#define HAS_ENDED false
#else
#define HAS_ENDED stopping
#endif

/* rt_blocking, rt__standing_regain */
inline block()
{
    atomic { blocked[task] = true; execution_stops() }
    p = proc_of[me];
    proc_of[me] = NOBODY;
    granted[me] = false;
    stand[me] = BLOCKING;
    proc_hand_off(p, other);
    /* fn(arg) */
    atomic {
        if
        :: HAS_ENDED -> goto stands_for_ever
        :: !HAS_ENDED && idle_procs > 0 ->
            any_idle_proc_locked(p);
            proc_of[me] = p;
            holder[p] = me;
            stand[me] = NONE;
            granted[me] = true
        :: else -> bound[task] = me; queue!task
        fi
    }
end_regains_for_ever:
    atomic { granted[me] -> execution_begins() }
}

/* ---- Workers ---- */

/* rt__standing_grant: the proc goes to the thread of a task that stands. */
inline grant()
{
    other = bound[task];
    p = proc_of[me];
#if !defined(MUTANT_GRANT_KEEPS_PROC)
    proc_of[me] = NOBODY;
#endif
    bound[task] = NOBODY;
#if defined(MUTANT_GRANTED_BEFORE_PROC)
    granted[other] = true;
#endif
    proc_of[other] = p;
#if !defined(MUTANT_STAND_RESET_LATE)
    stand[other] = NONE;
#endif
    holder[p] = other;
    granted[other] = true;
#if defined(MUTANT_STAND_RESET_LATE)
    stand[other] = NONE;
#endif
    atomic { other = 0; task = NOBODY; p = 0 }
}

proctype worker(byte me)
{
    byte p, other, task = NOBODY;
    bool wanted; /* RT__CRITICAL_WANTED */

find_work:
    if
    :: stopping -> goto leaves
    :: atomic { !stopping && proc_of[me] == NOBODY -> asleep[me] = true; sleepers++ }
    :: !stopping && proc_of[me] != NOBODY -> goto picks
    fi;
end_asleep:
    if
    :: atomic { proc_of[me] != NOBODY -> p = proc_of[me] }
        holder[p] = me /* hold */
    :: atomic { asleep[me] && proc_of[me] == NOBODY && idle_procs > 0 && len(queue) > 0 && !stopping ->
        wake(me);
        any_idle_proc_locked(p);
        proc_of[me] = p;
        holder[p] = me }
    :: atomic { asleep[me] && stopping -> wake(me) }
        goto leaves
    fi;
    goto find_work;

picks:
    if
    :: queue?task
    :: len(queue) == 0 ->
        p = proc_of[me];
        proc_of[me] = NOBODY;
        proc_release(p);
        p = 0;
        goto find_work
    fi;
    if
    :: bound[task] != NOBODY -> grant(); goto find_work
    :: else
    fi;
    if /* a signal that comes while the thread is in its loop is noted there */
    :: signaled[me] -> signaled[me] = false; wanted = true
    :: true
    fi;
    atomic { task_of[me] = task; execution_begins() }

    if
    :: wanted -> goto yields
    :: else
    fi;
    do
    :: atomic { signaled[me] -> signaled[me] = false }
        if
        :: stop()
        :: goto yields /* it was in the runtime, and comes to the end of its call */
        fi
    :: tired[task] -> goto ends
    :: !tired[task] -> goto ends
    :: !tired[task] ->
end_computes:
        atomic { signaled[me] -> signaled[me] = false }
        if
        :: stop()
        :: goto yields
        fi
#if defined(BLOCKS)
    :: !blocked[task] -> block()
#endif
    od;

yields:
    atomic { wanted = false; executing--; task_of[me] = NOBODY }
    atomic { queue!task; task = NOBODY }
    goto find_work;

ends:
    atomic { executing--; ended++; task_of[me] = NOBODY }
#if defined(ENDS)
    if
    :: task == 0 -> stopping = true
    :: else
    fi;
#endif
    task = NOBODY;
    goto find_work;

leaves:
    left_loop[me] = true;
stands_for_ever:
    skip
}

/* ---- The monitor ---- */

/* rt__standing_queue */
inline standing_queue()
{
    stand[h] = QUEUED;
    atomic { p = proc_of[h]; task = task_of[h] }
    proc_of[h] = NOBODY;
#if defined(MUTANT_BOUND_LATE)
    queue!task;
    bound[task] = h;
#elif defined(MUTANT_STOPPED_TASK_STAYS)
    bound[task] = h;
#else
    bound[task] = h;
    queue!task;
#endif
    proc_hand_off(p, w);
    atomic { p = 0; task = 0 }
}

/* look_at */
inline look_at(which)
{
    atomic {
        holder[which] != NOBODY && !stopping &&
            (stand[holder[which]] == STOPPED || (len(queue) > 0 && !signaled[holder[which]])) ->
        h = holder[which]
    }
    if
    :: stand[h] == STOPPED -> standing_queue()
    :: else ->
        signaled[h] = true;
#if defined(MUTANT_PROC_TAKEN_BEFORE_STOP)
        if
        :: task_of[h] != NOBODY && stand[h] == NONE -> standing_queue()
        :: else
        fi
#endif
    fi;
    h = 0
}

/* all_are_out: one look at each worker, after the other */
inline look_whether_out()
{
    all_out = true;
    w = 0;
    do
    :: w < WORKERS ->
        if
        :: left_loop[w] || stand[w] != NONE
        :: else -> all_out = false; signaled[w] = true
        fi;
        w++
    :: else -> break
    od;
    w = 0
}

proctype monitor()
{
    byte h, p, w, task;
    bool all_out;

end:
    do
    :: look_at(0)
#if PROCS > 1
    :: look_at(1)
#endif
    :: stopping -> break
    od;
    do /* stop_hogs */
    :: look_whether_out();
#if !defined(MUTANT_ONE_LOOK)
        if
        :: all_out -> look_whether_out()
        :: else
        fi;
#endif
        if
        :: all_out -> break
        :: else
        fi
    od;
    atomic { over = true; assert(executing == 0) }
}

init {
    byte n;

    atomic {
        do
        :: n < TASKS -> queue!n; n++
        :: else -> break
        od;
        n = 0;
        do
        :: n < PROCS -> idle[n] = true; idle_procs++; n++
        :: else -> break
        od;
        n = 0;
        do
        :: n < WORKERS -> run worker(n); n++
        :: else -> break
        od;
        n = 0;
        run monitor()
    }
    timeout -> /* nothing goes on any more */
    if
    :: stopping -> assert(over)
    :: else -> assert(len(queue) == 0 && ended + executing == TASKS)
    fi
}
