/* select.pml - model of waiting on channels: runtime/select.c, channel.c, wait.c, and group.c's cancel points.
 *
 * Follows rt_select_at in its three passes (try_each; lock_all, try_all_locked, enter_waiters, park;
 * leave_waiters), rt_chan_send, rt_chan_recv and rt_chan_close with what they do under the channel's lock
 * (send_locked, recv_locked, rt__wait_list_pop), rt__wait_on for plain waits, the commits, which run on
 * whatever comes next after the switch, and those who wake: other tasks, rt__timers_run, cancel.
 * One step under a lock is all that happens up to and including one access to what the lock does not
 * protect; and the only such thing is task->claim.
 *
 * A scene is a few tasks that make one call each. The first two channels' addresses are in order.
 *
 * Abstracted: a value is the number of the task that sent it; a buffer has room for CAPACITY (0 or 1); there
 * is one heap of timers, and one group; a channel's lock is always taken (not so at procs=1, where what is
 * inside the runtime is never stopped: alone.h). Memory is sequentially consistent: all that is written
 * without a lock is claim, which is changed by compare-and-swap only.
 *
 * Proved:
 *   - a value that was sent is received exactly once, or lies in a buffer; one whose send was given up never is:
 *     so of a select exactly one case happens;
 *   - a task is readied once for each park, and only when it is off its stack;
 *   - nobody touches what lies in the frame of a call that has returned: waiters, struct select, timer, point;
 *   - no two ever wait for one another's locks;
 *   - when nothing goes on any more, nobody waits who could go on: no sender beside a receiver or a buffer with
 *     room, no receiver beside a value, nobody on a closed channel, none whose time has come, or who is canceled.
 *
 * short:  -DREADY -DCAPACITY=0
 * check:  -DREADY -DCAPACITY=1
 * check:  -DCROSS -DCAPACITY=0
 * check:  -DCROSS -DCAPACITY=1
 * check:  -DCLOSE -DCAPACITY=0
 * check:  -DCLOSE -DCAPACITY=1
 * check:  -DTIMED -DCAPACITY=0
 * check:  -DTIMED -DCAPACITY=1
 * check:  -DGROUP -DCAPACITY=0
 * check:  -DNOTHING -DCAPACITY=0
 * check:  -DSAME -DCAPACITY=0
 * check:  -DSAME -DCAPACITY=1
 * check:  -DPLAIN -DCAPACITY=0
 * check:  -DPLAIN -DCAPACITY=1
 * long:   -DALL -DCAPACITY=0
 * long:   -DALL -DCAPACITY=1
 * mutant: -DREADY -DCAPACITY=0 -DMUTANT_NO_SECOND_LOOK
 * mutant: -DREADY -DCAPACITY=0 -DMUTANT_NO_CLAIM
 * mutant: -DREADY -DCAPACITY=0 -DMUTANT_LOSER_ENDS_SEARCH
 * mutant: -DREADY -DCAPACITY=0 -DMUTANT_UNLOCK_BEFORE_SWITCH
 * mutant: -DREADY -DCAPACITY=0 -DMUTANT_WAITERS_LEFT_BEHIND
 * mutant: -DCROSS -DCAPACITY=0 -DMUTANT_LOCKS_IN_CASE_ORDER
 * mutant: -DSAME -DCAPACITY=0 -DMUTANT_CHANNEL_LOCKED_TWICE
 * mutant: -DSAME -DCAPACITY=0 -DMUTANT_UNLOCKED_AT_LAST_CASE
 * mutant: -DREADY -DCAPACITY=0 -DMUTANT_HELD_IS_READ_LATE
 * mutant: -DTIMED -DCAPACITY=0 -DMUTANT_TIMER_BEFORE_SWITCH
 * mutant: -DNOTHING -DCAPACITY=0 -DMUTANT_NO_HOLD
 * mutant: -DTIMED -DCAPACITY=0 -DMUTANT_TIMER_NOT_CANCELED
 * mutant: -DPLAIN -DCAPACITY=0 -DMUTANT_POINT_AFTER_UNLOCK
 * mutant: -DPLAIN -DCAPACITY=0 -DMUTANT_CANCELED_BEFORE_POINT
 * mutant: -DCLOSE -DCAPACITY=0 -DMUTANT_CLOSE_WAKES_ONE */

/* ---- Scenes: who does what on which channel ---- */

#define SEND 0
#define RECV 1

#if defined(READY)
/* A select and a receiver wait where two send: the select must not swallow what is meant for the other. */
#define TASKS 4
#define SCENE                                                                                      \
    run selects(0, RECV, 0, RECV, 1, false, false);                                                \
    run receives(1, 0, false);                                                                     \
    run sends(2, 0, false);                                                                        \
    run sends(3, 1, false)
#elif defined(CROSS)
/* Two selects that can meet on either channel, and name them in opposite orders; one who meets either. */
#define TASKS 3
#define SCENE                                                                                      \
    run selects(0, SEND, 0, RECV, 1, false, false);                                                \
    run selects(1, SEND, 1, RECV, 0, false, false);                                                \
    run receives(2, 1, false)
#elif defined(CLOSE)
/* A channel is closed that a select and a receiver wait for. */
#define TASKS 4
#define SCENE                                                                                      \
    run selects(0, RECV, 0, RECV, 1, false, false);                                                \
    run receives(1, 0, false);                                                                     \
    run sends(2, 1, false);                                                                        \
    run closes(3, 0)
#elif defined(TIMED)
#define TASKS 3
#define SCENE                                                                                      \
    run selects(0, RECV, 0, SEND, 1, true, false);                                                 \
    run sends(1, 0, false);                                                                        \
    run receives(2, 1, false)
#elif defined(NOTHING)
/* No case can happen: a sleep that can be canceled. */
#define TASKS 1
#define SCENE                                                                                      \
    run selects(0, RECV, NIL, RECV, NIL, true, true);                                              \
    run cancels()
#elif defined(GROUP)
#define TASKS 3
#define SCENE                                                                                      \
    run selects(0, RECV, 0, RECV, 1, false, true);                                                 \
    run sends(1, 0, false);                                                                        \
    run receives(2, 0, true);                                                                      \
    run cancels()
#elif defined(SAME)
/* One channel in two cases. */
#define TASKS 3
#define SCENE                                                                                      \
    run selects(0, SEND, 0, RECV, 0, false, false);                                                \
    run selects(1, RECV, 0, RECV, 0, false, false);                                                \
    run sends(2, 0, false)
#elif defined(PLAIN)
/* No select: cancelable waits, and close. */
#define TASKS 4
#define SCENE                                                                                      \
    run receives(0, 0, true);                                                                      \
    run receives(1, 0, false);                                                                     \
    run sends(2, 0, true);                                                                         \
    run closes(3, 0);                                                                              \
    run cancels()
#elif defined(ALL)
#define TASKS 4
#define SCENE                                                                                      \
    run selects(0, RECV, 0, SEND, 1, true, true);                                                  \
    run selects(1, SEND, 0, RECV, 1, true, false);                                                 \
    run receives(2, 0, true);                                                                      \
    run closes(3, 0);                                                                              \
    run cancels()
#endif

#define CHANNELS 2
#define NIL 9
#define NOBODY 255
#define EMPTY 255

/* Waiter number w is of task w / 2, and stands for its case w % 2. */
#define TASK(waiter) (waiter / 2)

/* rt_chan */
bool lock[CHANNELS], closed[CHANNELS];
byte buffer[CHANNELS] = EMPTY;
chan senders[CHANNELS] = [2 * TASKS] of { byte };
chan receivers[CHANNELS] = [2 * TASKS] of { byte };

/* struct rt__task and rt__waiter */
bool off_stack[TASKS], runnable[TASKS], taken[TASKS], contested[TASKS];
byte woken_by[TASKS] = NOBODY;
byte elem[TASKS] = EMPTY;      /* what arrived in the waiter's frame */
bool listed[2 * TASKS], ends_closed[TASKS];

/* struct select and struct cancelable; `alive` until the call returns */
bool alive[TASKS], timed[TASKS], grouped[TASKS], hold[TASKS], is_select[TASKS], switching[TASKS];
byte case_op[2 * TASKS], case_chan[2 * TASKS];

/* struct rt__timers, rt_group */
bool heap_lock, armed[TASKS];
bool group_lock, canceled, point_listed[TASKS];

/* What really happened. */
bool sent[TASKS], received[TASKS];

#define FRAME(task) assert(alive[task])

inline acquire(which)
{
    atomic { !which -> which = true }
}

inline release(which)
{
    which = false
}

/* ---- Waking ---- */

/* rt__ready, rt__ready_last */
inline ready(task)
{
    d_step {
        assert(off_stack[task] && !runnable[task]);
        runnable[task] = true
    }
}

#if defined(MUTANT_NO_CLAIM)
#define IS_OPEN(task) true
#else
#define IS_OPEN(task) (!taken[task])
#endif

/* rt__claim. Who wins writes woken_by, which only the task reads, once it is readied. */
inline claim(task, waiter)
{
    won = IS_OPEN(task);
    taken[task] = true;
    woken_by[task] = (won -> waiter : woken_by[task])
}

/* rt__wait_list_pop: who is to be woken, in `other`. */
inline pop(list)
{
    other = NOBODY;
    do
    :: atomic { nempty(list) ->
        list?w;
        FRAME(TASK(w));
        listed[w] = false;
        won = true;
        if
        :: contested[TASK(w)] -> claim(TASK(w), w)
        :: else -> woken_by[TASK(w)] = w
        fi;
        other = (won -> TASK(w) : NOBODY);
        w = 0;
#if defined(MUTANT_LOSER_ENDS_SEARCH)
        break }
#else
        if
        :: won -> break
        :: else
        fi }
#endif
    :: empty(list) -> break
    od
}

/* ---- The operations under the channel's lock: channel.c ---- */

/* send_locked. `done`, or it must wait. `wake` is to be readied later. */
inline send_locked(c)
{
    done = true;
    if
    :: closed[c] -> ends_closed[me] = true
    :: else ->
        pop(receivers[c]);
        atomic {
            if
            :: other != NOBODY -> FRAME(other); elem[other] = me; sent[me] = true
            :: other == NOBODY && CAPACITY > 0 && buffer[c] == EMPTY -> buffer[c] = me; sent[me] = true
            :: else -> done = false
            fi;
            wake = other;
            other = NOBODY
        }
    fi
}

inline deliver(to, value)
{
    assert(value < TASKS && !received[value]);
    received[value] = true
}

/* recv_locked */
inline recv_locked(c)
{
    done = true;
    if
    :: buffer[c] != EMPTY ->
        atomic { deliver(me, buffer[c]); buffer[c] = EMPTY }
        pop(senders[c]);
        atomic {
            if
            :: other != NOBODY -> FRAME(other); buffer[c] = other; sent[other] = true
            :: else
            fi
        }
    :: else ->
        pop(senders[c]);
        atomic {
            if
            :: other != NOBODY -> FRAME(other); deliver(me, other); sent[other] = true
            :: other == NOBODY && closed[c] -> ends_closed[me] = true
            :: else -> done = false
            fi
        }
    fi;
    wake = other;
    other = NOBODY
}

inline try_locked(op, c)
{
    if
    :: op == SEND -> send_locked(c)
    :: else -> recv_locked(c)
    fi
}

inline ready_if_any()
{
    if
    :: wake != NOBODY -> ready(wake); wake = NOBODY
    :: else
    fi
}

/* ---- Off the stack ---- */

/* rt__cancel_point_enter */
inline cancel_point_enter(task)
{
    atomic { !group_lock -> FRAME(task); point_listed[task] = !canceled; lost = canceled }
    if
    :: lost ->
        atomic { claim(task, NOBODY) }
        if
        :: won -> ready(task)
        :: else
        fi
    :: else
    fi;
    lost = false
}

inline timer_arm(task)
{
    atomic { !heap_lock -> FRAME(task); armed[task] = true }
}

/* A commit reads the lock from the frame, and frees it: afterwards the frame may be gone. */
inline unlock_one(task, i)
{
    FRAME(task);
    release(lock[case_chan[2 * task + i]])
}

/* select->count > 0 */
#define LIVE(task) (case_chan[2 * task] != NIL)
#define SAME_CHANNEL(task) (case_chan[2 * task] == case_chan[2 * task + 1])

/* unlock_all, in the order of the addresses, backwards */
inline unlock_all(task)
{
#if defined(MUTANT_UNLOCKED_AT_LAST_CASE)
    unlock_one(task, 1);
    atomic { FRAME(task); skip };
    if
    :: !SAME_CHANNEL(task) -> unlock_one(task, 0)
    :: else
    fi
#else
    if
    :: SAME_CHANNEL(task)
    :: case_chan[2 * task] < case_chan[2 * task + 1] -> unlock_one(task, 1)
    :: case_chan[2 * task] > case_chan[2 * task + 1] -> unlock_one(task, 0)
    fi;
    if
    :: case_chan[2 * task] <= case_chan[2 * task + 1] -> unlock_one(task, 0)
    :: else -> unlock_one(task, 1)
    fi
#endif
}

inline commit_select(task)
{
    held = hold[task];
    if
    :: grouped[task] -> cancel_point_enter(task)
    :: else
    fi;
#if !defined(MUTANT_TIMER_BEFORE_SWITCH)
    if
    :: timed[task] -> timer_arm(task)
    :: else
    fi;
#endif
    if
    :: atomic { LIVE(task) -> FRAME(task) } unlock_all(task)
    :: atomic { !LIVE(task) -> FRAME(task) }
    fi;
#if defined(MUTANT_HELD_IS_READ_LATE)
    atomic { FRAME(task); held = hold[task] };
#endif
    if
    :: held -> atomic { FRAME(task); release(hold[task]) }
    :: else
    fi;
    held = false
}

/* commit_cancelable or commit_unlock */
inline commit_plain(task)
{
#if defined(MUTANT_POINT_AFTER_UNLOCK)
    unlock_one(task, 0);
#endif
    if
    :: grouped[task] -> cancel_point_enter(task)
    :: else
    fi;
#if !defined(MUTANT_POINT_AFTER_UNLOCK)
    release(lock[case_chan[2 * task]])
#endif
}

/* What the worker of a parked task does first: `arrived` in scheduler.c. */
proctype worker(byte task)
{
    bool held, lost, won;

end:
    switching[task];
#if !defined(MUTANT_UNLOCK_BEFORE_SWITCH)
    off_stack[task] = true;
#endif
    if
    :: is_select[task] -> commit_select(task)
    :: else -> commit_plain(task)
    fi;
#if defined(MUTANT_UNLOCK_BEFORE_SWITCH)
    off_stack[task] = true
#endif
}

/* ---- Select: select.c ---- */

inline enter_waiter(i)
{
    listed[2 * me + i] = true;
    if
    :: case_op[2 * me + i] == SEND -> senders[case_chan[2 * me + i]]!(2 * me + i)
    :: else -> receivers[case_chan[2 * me + i]]!(2 * me + i)
    fi
}

inline remove_waiter(i)
{
    if
    :: !listed[2 * me + i]
    :: else ->
        listed[2 * me + i] = false;
        if
        :: case_op[2 * me + i] == SEND -> senders[case_chan[2 * me + i]]??eval(2 * me + i)
        :: else -> receivers[case_chan[2 * me + i]]??eval(2 * me + i)
        fi
    fi
}

/* lock_all */
inline lock_all()
{
#if defined(MUTANT_LOCKS_IN_CASE_ORDER)
    acquire(lock[case_chan[2 * me]]);
    acquire(lock[case_chan[2 * me + 1]])
#else
    if
    :: case_chan[2 * me] <= case_chan[2 * me + 1] -> acquire(lock[case_chan[2 * me]])
    :: else -> acquire(lock[case_chan[2 * me + 1]])
    fi;
    if
    :: case_chan[2 * me] < case_chan[2 * me + 1] -> acquire(lock[case_chan[2 * me + 1]])
    :: case_chan[2 * me] > case_chan[2 * me + 1] -> acquire(lock[case_chan[2 * me]])
    :: SAME_CHANNEL(me)
#if defined(MUTANT_CHANNEL_LOCKED_TWICE)
        acquire(lock[case_chan[2 * me]])
#endif
    fi
#endif
}

/* One case of try_each, under its own lock; or of try_all_locked, under all. */
inline try_case(i, alone)
{
    if
    :: alone -> acquire(lock[case_chan[2 * me + i]])
    :: else
    fi;
    try_locked(case_op[2 * me + i], case_chan[2 * me + i]);
    if
    :: alone -> release(lock[case_chan[2 * me + i]])
    :: else
    fi
}

/* In random order. */
inline try_cases(alone)
{
    if
    :: first = 0
    :: first = 1
    fi;
    try_case(first, alone);
    if
    :: !done -> first = 1 - first; try_case(first, alone)
    :: else
    fi;
    first = 0
}

inline wait_all()
{
    atomic { /* under all locks: nobody else sees it */
        alive[me] = true;
#if !defined(MUTANT_NO_HOLD)
        hold[me] = timed[me] || grouped[me];
#endif
        contested[me] = true;
        if
        :: LIVE(me) -> enter_waiter(0); enter_waiter(1)
        :: else
        fi
    }
#if defined(MUTANT_TIMER_BEFORE_SWITCH)
    if
    :: timed[me] -> timer_arm(me)
    :: else
    fi;
#endif
    switching[me] = true;
end_waits:
    runnable[me];
    atomic { !hold[me] -> skip } /* leave_waiters: waits for the commit */
    if
    :: timed[me] -> atomic { !heap_lock ->
#if !defined(MUTANT_TIMER_NOT_CANCELED)
        armed[me] = false
#endif
        skip }
    :: else
    fi;
    if
    :: grouped[me] -> atomic { !group_lock -> point_listed[me] = false }
    :: else
    fi;
    if
    :: LIVE(me) ->
        lock_all();
#if !defined(MUTANT_WAITERS_LEFT_BEHIND)
        atomic { remove_waiter(0); remove_waiter(1) }
#endif
        unlock_all(me)
    :: else
    fi
}

/* The call returns. A receive that was woken with a value has it now. */
inline returns()
{
    atomic {
        if
        :: elem[me] != EMPTY -> deliver(me, elem[me]); elem[me] = EMPTY
        :: else
        fi;
        alive[me] = false
    }
}

proctype selects(byte me, op0, chan0, op1, chan1; bool is_timed, is_grouped)
{
    byte first, w, other = NOBODY, wake = NOBODY;
    bool won, done;

    atomic {
        is_select[me] = true;
        timed[me] = is_timed;
        grouped[me] = is_grouped;
        case_op[2 * me] = op0;
        case_chan[2 * me] = chan0;
        case_op[2 * me + 1] = op1;
        case_chan[2 * me + 1] = chan1
    }
    if
    :: LIVE(me) -> try_cases(true)
    :: else
    fi;
    if
    :: !LIVE(me) -> wait_all()
    :: LIVE(me) && !done ->
        lock_all();
#if !defined(MUTANT_NO_SECOND_LOOK)
        try_cases(false);
#endif
        if
        :: !done -> wait_all()
        :: else -> atomic { alive[me] = true } unlock_all(me)
        fi
    :: else
    fi;
    ready_if_any();
    returns()
}

/* ---- Plain operations: channel.c, wait.c ---- */

/* rt__wait_on */
inline wait_on()
{
    atomic {
        alive[me] = true;
        contested[me] = grouped[me];
        enter_waiter(0)
    }
    switching[me] = true;
end_waits:
    runnable[me];
    if
    :: grouped[me] ->
#if defined(MUTANT_CANCELED_BEFORE_POINT)
        atomic { !group_lock -> point_listed[me] = false }
        remove_waiter(0)
#else
        acquire(lock[case_chan[2 * me]]);
        atomic { remove_waiter(0) }
        release(lock[case_chan[2 * me]]);
        atomic { !group_lock -> point_listed[me] = false }
#endif
    :: else
    fi
}

inline operate(op, c)
{
    atomic { grouped[me] = is_grouped; case_op[2 * me] = op; case_chan[2 * me] = c }
    acquire(lock[c]);
    try_locked(op, c);
    if
    :: done -> release(lock[c]); ready_if_any()
    :: else -> wait_on()
    fi;
    returns()
}

proctype sends(byte me, c; bool is_grouped)
{
    byte w, other = NOBODY, wake = NOBODY;
    bool won, done;

    operate(SEND, c)
}

proctype receives(byte me, c; bool is_grouped)
{
    byte w, other = NOBODY, wake = NOBODY;
    bool won, done;

    operate(RECV, c)
}

inline close_waiters(list)
{
    do
    :: pop(list);
        if
        :: other != NOBODY -> atomic { FRAME(other); ends_closed[other] = true; woken[other] = true; other = NOBODY }
#if defined(MUTANT_CLOSE_WAKES_ONE)
            break
#endif
        :: else -> break
        fi
    od
}

/* rt_chan_close */
proctype closes(byte me, c)
{
    byte w, other = NOBODY;
    bool won, woken[TASKS];

    acquire(lock[c]);
    closed[c] = true;
    close_waiters(receivers[c]);
    close_waiters(senders[c]);
    release(lock[c]);
    w = 0;
    do
    :: w < TASKS ->
        if
        :: woken[w] -> ready(w)
        :: else
        fi;
        w++
    :: else -> break
    od
}

/* ---- Others who wake ---- */

/* cancel in group.c */
proctype cancels()
{
    byte t;
    bool won;

    acquire(group_lock);
    canceled = true;
    do
    :: t < TASKS ->
        if
        :: point_listed[t] ->
            atomic { FRAME(t); point_listed[t] = false; claim(t, NOBODY) }
            if
            :: won -> ready(t)
            :: else
            fi
        :: else
        fi;
        t++
    :: else -> break
    od;
    release(group_lock)
}

/* rt__timers_run, and timeout_fire */
proctype clock(byte task)
{
    bool won;

end:
    atomic { armed[task] && !heap_lock -> heap_lock = true; armed[task] = false }
    atomic { FRAME(task); claim(task, NOBODY) }
    if
    :: won -> FRAME(task); ready(task)
    :: else
    fi;
    release(heap_lock)
}

/* A sender and a receiver wait for the same channel, and are not one select. */
inline assert_no_pair(c)
{
    if
    :: len(senders[c]) > 0 && len(receivers[c]) > 0 ->
        senders[c]?<w>;
        receivers[c]?<v>;
        assert(len(senders[c]) == 1 && len(receivers[c]) == 1 && TASK(w) == TASK(v))
    :: else
    fi
}

init {
    byte n, w, v;

    atomic {
        do
        :: n < TASKS -> run worker(n); run clock(n); n++
        :: else -> break
        od;
        SCENE;
        n = 0
    }
    timeout -> /* nothing goes on any more */
    atomic {
        do
        :: n < TASKS ->
            assert(!alive[n] || runnable[n] || (!timed[n] && !(grouped[n] && canceled)));
            assert(sent[n] == (received[n] || buffer[0] == n || buffer[1] == n));
            n++
        :: else -> break
        od;
        n = 0;
        do
        :: n < CHANNELS ->
            assert(!lock[n]);
            assert(!closed[n] || (empty(senders[n]) && empty(receivers[n])));
            assert(buffer[n] == EMPTY || empty(receivers[n]));
            assert(CAPACITY == 0 || buffer[n] != EMPTY || empty(senders[n]));
            assert_no_pair(n);
            n++
        :: else -> break
        od
    }
}
