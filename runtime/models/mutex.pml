/* mutex.pml - model of the mutex: runtime/mutex.c.
 *
 * Follows rt_mutex_lock_at (lock_slow, lock_or_mark) and rt_mutex_unlock_at (unlock_slow): each access to
 * `state` is one step. Tasks lock, look that they are alone, and unlock, ROUNDS times each. The last CANCELED
 * of them belong to a group that is canceled at some time, which takes them out of their wait.
 *
 * Abstracted: rt__wait_on is one step - "enter the list, leave the stack, release the guard" - because
 * select.pml proves the park handoff. Time: a waiter is handed the mutex, or not, as the checker likes. 30
 * looks of a spinning task are one, or none.
 *
 * With -DALONE it is procs=1, where the guard is elided (alone.h). Then one task runs at a time, but the
 * monitor may stop it between any two steps outside of the runtime, and another task takes its place.
 *
 * Proved:
 *   - one task at a time holds the mutex;
 *   - nobody waits for ever: in the end each task has been through, or was canceled;
 *   - a task that holds the mutex, and knows that no other will come, may free it after its unlock: nobody
 *     touches it any more.
 *
 * short:  -DTASKS=3 -DROUNDS=1 -DCANCELED=1
 * check:  -DTASKS=3 -DROUNDS=2
 * check:  -DTASKS=3 -DROUNDS=1 -DCANCELED=2
 * check:  -DTASKS=3 -DROUNDS=2 -DALONE
 * check:  -DTASKS=3 -DROUNDS=1 -DCANCELED=1 -DALONE
 * long:   -DTASKS=4 -DROUNDS=1 -DCANCELED=2
 * long:   -DTASKS=4 -DROUNDS=2
 * mutant: -DTASKS=2 -DROUNDS=1 -DMUTANT_MARK_BEFORE_GUARD
 * mutant: -DTASKS=3 -DROUNDS=1 -DMUTANT_TAKE_CLEARS_WAITERS
 * mutant: -DTASKS=3 -DROUNDS=1 -DMUTANT_UNLOCK_CLEARS_WAITERS
 * mutant: -DTASKS=2 -DROUNDS=1 -DMUTANT_FAST_UNLOCK_WAKES_NOBODY
 * mutant: -DTASKS=3 -DROUNDS=1 -DCANCELED=1 -DMUTANT_GUARD_RELEASED_LAST
 * mutant: -DTASKS=2 -DROUNDS=1 -DMUTANT_HANDED_OVER_AND_FREED
 * mutant: -DTASKS=3 -DROUNDS=1 -DCANCELED=1 -DMUTANT_FREED_THOUGH_NOBODY_WAS_WOKEN
 * mutant: -DTASKS=3 -DROUNDS=1 -DCANCELED=1 -DMUTANT_CANCELED_STAYS_ON_LIST
 * mutant: -DTASKS=2 -DROUNDS=1 -DALONE -DMUTANT_STATE_ELIDED */

#ifndef CANCELED
#define CANCELED 0
#endif

#define LOCKED 1
#define WAITERS 2

/* rt_mutex */
byte state;
bool guard;
chan list = [TASKS] of { byte };
bool freed;

/* What the tasks wait for: rt__waiter and struct rt__task. */
bool waits[TASKS], parked[TASKS], ready[TASKS], claimed[TASKS], canceled[TASKS], handed_over[TASKS];

byte inside, users = TASKS;

#define CANCELABLE(task) (task >= TASKS - CANCELED)

/* Each access to the mutex's memory says so. */
#define MUTEX assert(!freed)

#if defined(ALONE)
bool in_runtime; /* some task is, which the monitor lets go on */
#define MY_TURN !in_runtime
#define RUNTIME_ENTER atomic { !in_runtime -> in_runtime = true }
#define RUNTIME_LEAVE in_runtime = false
#define GUARD_IS_FREE true
#define GUARD_SET(held) skip
#else
#define MY_TURN true
#define RUNTIME_ENTER skip
#define RUNTIME_LEAVE skip
#define GUARD_IS_FREE !guard
#define GUARD_SET(held) guard = held
#endif

inline guard_acquire()
{
    atomic { GUARD_IS_FREE -> MUTEX; GUARD_SET(true) }
}

inline guard_release()
{
    atomic { MUTEX; GUARD_SET(false) }
}

/* ---- Waiting: wait.c ---- */

/* rt__wait_on, up to the switch to another task. */
inline park(first)
{
    atomic {
        list!me;
        if /* to the front: go round the others */
        :: first && len(list) > 1 -> list?other; list!other
        :: else
        fi;
        if
        :: first && len(list) > 2 -> list?other; list!other
        :: else
        fi;
        if
        :: first && len(list) > 3 -> list?other; list!other
        :: else
        fi;
        assert(len(list) <= 4);
        other = 0;
        claimed[me] = false;
        waits[me] = true;
        parked[me] = true;
        GUARD_SET(false);
        RUNTIME_LEAVE
    }
}

/* The rest of rt__wait_on: `canceled[me]` says RT_ECANCELED. */
inline resumed()
{
    atomic { ready[me] && MY_TURN -> ready[me] = false; parked[me] = false }
    RUNTIME_ENTER;
    if
    :: CANCELABLE(me) ->
        guard_acquire();
#if !defined(MUTANT_CANCELED_STAYS_ON_LIST)
        if
        :: list??[eval(me)] -> list??eval(me)
        :: else
        fi;
#endif
        guard_release()
    :: else
    fi;
    waits[me] = false
}

inline wake(task)
{
    atomic {
        assert(parked[task] && !ready[task]);
        ready[task] = true
    }
}

/* rt__wait_list_pop: the first who is not claimed by the group. */
inline pop()
{
    woken = TASKS;
    do
    :: nempty(list) && woken == TASKS ->
        atomic {
            list?other;
            assert(waits[other]); /* else its frame is gone */
            if
            :: !claimed[other] -> assert(parked[other]); claimed[other] = true; woken = other
            :: else
            fi;
            other = 0
        }
    :: else -> break
    od
}

/* ---- Locking ---- */

inline try_lock()
{
    atomic { MY_TURN -> MUTEX; seen = state }
    if
    :: seen & LOCKED
#if defined(MUTANT_STATE_ELIDED)
    :: else -> atomic { MY_TURN -> MUTEX; state = seen | LOCKED; mine = true }
#else
    :: else -> atomic { MY_TURN -> MUTEX; mine = state == seen; state = (mine -> seen | LOCKED : state) }
#endif
    fi
}

inline spin()
{
    if
    :: MUTEX; seen = state;
        if
        :: seen & LOCKED
        :: else -> atomic { MUTEX; mine = state == seen; state = (mine -> seen | LOCKED : state) }
        fi
    :: skip
    fi
}

#if defined(MUTANT_TAKE_CLEARS_WAITERS)
#define TAKEN LOCKED
#else
#define TAKEN (state | LOCKED)
#endif

/* One step, though it loops: that it loads again until nobody has been in between is what makes it one. */
inline lock_or_mark()
{
    atomic {
        MUTEX;
        mine = !(state & LOCKED);
        state = (mine -> TAKEN : state | WAITERS)
    }
}

inline lock_slow()
{
    again = false;
    do
    :: mine || canceled[me] -> break
    :: else ->
        spin();
        if
        :: mine -> break
        :: else
        fi;
#if defined(MUTANT_MARK_BEFORE_GUARD)
        lock_or_mark();
        guard_acquire();
#else
        guard_acquire();
        lock_or_mark();
#endif
        if
        :: mine -> guard_release()
        :: else ->
            park(again);
            resumed();
            again = true;
            mine = handed_over[me];
            handed_over[me] = false
        fi
    od;
    again = false
}

inline lock()
{
    mine = false;
    try_lock();
    if
    :: !mine ->
        RUNTIME_ENTER;
        lock_slow();
        RUNTIME_LEAVE
    :: else
    fi;
    seen = 0
}

/* ---- Unlocking ---- */

inline clear(bits)
{
    atomic { MUTEX; state = state & ~(bits) }
}

/* `mine` says whether there is more to do. */
inline unlock_slow()
{
    guard_acquire();
    pop();
#if !defined(MUTANT_UNLOCK_CLEARS_WAITERS)
    if
    :: empty(list) -> clear(WAITERS)
    :: else
    fi;
#else
    clear(WAITERS);
#endif
    if
    :: woken < TASKS -> handed_over[woken] = true
    :: true
    fi;
    hands_over = woken < TASKS && handed_over[woken];
#if defined(MUTANT_GUARD_RELEASED_LAST)
    if
    :: !hands_over -> clear(LOCKED)
    :: else
    fi;
    guard_release();
#else
    guard_release();
#if defined(MUTANT_FREED_THOUGH_NOBODY_WAS_WOKEN)
    mine = false;
#else
    mine = woken == TASKS; /* try again: who came meanwhile has nobody else to wake him */
#endif
    if
#if defined(MUTANT_HANDED_OVER_AND_FREED)
    :: !mine -> clear(LOCKED)
#else
    :: !mine && !hands_over -> clear(LOCKED)
#endif
    :: else
    fi;
#endif
    if
    :: woken < TASKS -> wake(woken)
    :: else
    fi;
    woken = 0;
    hands_over = false
}

inline unlock()
{
    RUNTIME_ENTER;
    do
    :: mine ->
        atomic {
            MUTEX;
            assert(state & LOCKED);
#if defined(MUTANT_FAST_UNLOCK_WAKES_NOBODY)
            state = 0;
            mine = false
#else
            mine = state != LOCKED;
            state = (mine -> state : 0)
#endif
        }
        if
        :: mine -> unlock_slow()
        :: else
        fi
    :: else -> break
    od;
    RUNTIME_LEAVE
}

/* ---- Tasks ---- */

proctype task(byte me)
{
    byte seen, woken, other, rounds;
    bool mine, again, hands_over, last;

    do
    :: rounds == ROUNDS -> break
    :: else ->
        lock();
        if
        :: canceled[me] -> users--; break
        :: else
        fi;
        atomic { MY_TURN -> inside++; assert(inside == 1) }
        atomic { MY_TURN ->
            inside--;
            rounds++;
            users = (rounds == ROUNDS -> users - 1 : users);
            last = users == 0 }
        unlock();
        if
        :: last -> freed = true
        :: else
        fi
    od
}

/* cancel in group.c, or rt__cancel_point_enter if the task parks only after that; or neither happens. */
proctype canceler(byte t)
{
end:
    if
    :: atomic { MY_TURN && parked[t] && !claimed[t] -> claimed[t] = true; canceled[t] = true }
        wake(t)
    :: skip
    fi
}

init {
    byte n;

    atomic {
        do
        :: n < TASKS -> run task(n); n++
        :: else -> break
        od;
        n = TASKS - CANCELED;
        do
        :: n < TASKS -> run canceler(n); n++
        :: else -> break
        od;
        n = 0
    }
}
