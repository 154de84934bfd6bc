/* conformance_select.c - Go's rules of select (see conformance.h). Go's select with a default is
 * RT_NO_WAIT here, or a try when it has one case; its case <-time.After(d) is the timeout. */
#include <stdatomic.h>
#include <stdio.h>

#include "child.h"
#include "conformance.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

/* As in conformance_channel.c. */
#define A_WHILE 100

/* How often the fairness rows draw, and how far from equal a share may be. By Hoeffding's bound, a
 * share of fair draws is off by more than t with a probability below 2 exp(-2 n t^2): here 3e-11
 * for one share, less than 1e-9 for all of them together. */
#define DRAWS 20000
#define SHARE_ERROR 0.025

static rt_chan *a, *b;
static _Atomic(int) finished;

/* A select over receives from a and from b: says which received what. */
static void receive_from_a_or_b(int64_t timeout_ns)
{
    int value = 7;
    rt_case cases[] = {RT_RECV(a, &value), RT_RECV(b, &value)};
    int chosen = rt_select(cases, 2, timeout_ns);

    if (chosen == RT_EAGAIN)
        say("default ");
    else if (chosen == RT_ETIMEDOUT)
        say("timeout ");
    else
        say("%c %d %s ", "ab"[chosen], value, cases[chosen].status == RT_OK ? "ok" : "closed");
}

static void send_seven_to_b(void *arg)
{
    (void)arg;
    yield_often(A_WHILE);
    ints_send(b, 7);
}

/* ---- Tries ----------------------------------------------------------------------------------- */

static void try_receive_and_say(void)
{
    int value = 7;
    int status = rt_chan_try_recv(a, &value);

    if (status == RT_EAGAIN)
        say("default ");
    else
        say("%d %s ", value, status == RT_OK ? "ok" : "closed");
}

static void try_send_on_closed(void)
{
    int value = 1;

    a = ints_new(0);
    rt_chan_close(a);
    rt_chan_try_send(a, &value);
}

static void try_on_nil(void)
{
    int value = 1;

    say("%s ", rt_chan_try_send(NULL, &value) == RT_EAGAIN ? "default" : "sent");
    say("%s", rt_chan_try_recv(NULL, &value) == RT_EAGAIN ? "default" : "received");
}

static void try_send_needs_room(void)
{
    int value = 1;

    a = ints_new(1);
    for (int i = 0; i < 2; i++)
        say("%s ", rt_chan_try_send(a, &value) == RT_OK ? "sent" : "default");
}

static void try_receive_needs_a_value(void)
{
    a = ints_new(1);
    try_receive_and_say();
    ints_send(a, 1);
    try_receive_and_say();
    rt_chan_close(a);
    try_receive_and_say();
}

static void receive_once(void *arg)
{
    (void)arg;
    ints_recv(a);
}

static void send_once(void *arg)
{
    (void)arg;
    ints_send(a, 1);
}

static void try_send_needs_a_receiver(void)
{
    int value = 1;

    rt_procs(1);
    a = ints_new(0);
    say("%s ", rt_chan_try_send(a, &value) == RT_OK ? "sent" : "default");
    start(receive_once, NULL);
    yield_often(A_WHILE);
    say("%s", rt_chan_try_send(a, &value) == RT_OK ? "sent" : "default");
}

static void try_receive_needs_a_sender(void)
{
    rt_procs(1);
    a = ints_new(0);
    try_receive_and_say();
    start(send_once, NULL);
    yield_often(A_WHILE);
    try_receive_and_say();
}

/* ---- Which case ------------------------------------------------------------------------------ */

static void default_when_none_is_ready(void)
{
    a = ints_new(0);
    b = ints_new(1);
    receive_from_a_or_b(RT_NO_WAIT);
}

static void ready_case_rather_than_default(void)
{
    a = ints_new(0);
    b = ints_new(1);
    ints_send(b, 1);
    receive_from_a_or_b(RT_NO_WAIT);
    receive_from_a_or_b(RT_NO_WAIT);
}

static void waits_until_a_case_is_ready(void)
{
    a = ints_new(0);
    b = ints_new(0);
    start(send_seven_to_b, NULL);
    receive_from_a_or_b(RT_FOREVER);
}

static void does_one_case_only(void)
{
    a = ints_new(1);
    b = ints_new(1);
    ints_send(a, 1);
    ints_send(b, 1);
    rt_select(((rt_case[]){RT_RECV(a, NULL), RT_RECV(b, NULL)}), 2, RT_FOREVER);
    say("%zu left", rt_chan_len(a) + rt_chan_len(b));
}

static void send_and_receive_cases(void)
{
    int one = 1, received = 0, chosen;

    a = ints_new(1);
    for (int i = 0; i < 4; i++) {
        chosen = rt_select(((rt_case[]){RT_SEND(a, &one), RT_RECV(a, &received)}), 2, RT_FOREVER);
        say("%s ", chosen == 0 ? "sent" : "received");
    }
}

static void own_send_and_receive_do_not_meet(void)
{
    int one = 1, received;

    a = ints_new(0);
    rt_select(((rt_case[]){RT_SEND(a, &one), RT_RECV(a, &received)}), 2, RT_FOREVER);
}

static void send_seven_by_select(void *arg)
{
    int seven = 7;

    (void)arg;
    rt_select(((rt_case[]){RT_SEND(a, &seven), RT_SEND(b, &seven)}), 2, RT_FOREVER);
}

static void two_selects_meet(void)
{
    int value = 0;

    a = ints_new(0);
    b = ints_new(0);
    start(send_seven_by_select, NULL);
    rt_select(((rt_case[]){RT_RECV(a, &value), RT_RECV(b, &value)}), 2, RT_FOREVER);
    say("%d", value);
}

/* ---- Fairness -------------------------------------------------------------------------------- */

/* Draws with these cases, none of which may change what is ready, and says whether each was chosen
 * as often as the others. */
static void draw(rt_case *cases, int n)
{
    int chosen[RT_SELECT_MAX] = {0};

    for (int i = 0; i < DRAWS; i++)
        chosen[rt_select(cases, n, RT_FOREVER)]++;
    for (int i = 0; i < n; i++) {
        double off = (double)chosen[i] / DRAWS - 1.0 / n;

        if (off > SHARE_ERROR || off < -SHARE_ERROR) {
            say("case %d was chosen %d of %d times", i, chosen[i], DRAWS);
            return;
        }
    }
    say("fair");
}

static void ready_cases_are_chosen_alike(void)
{
    rt_case cases[4];

    for (int i = 0; i < 4; i++) {
        rt_chan *c = ints_new(0);

        rt_chan_close(c); /* ready for ever */
        cases[i] = RT_RECV(c, NULL);
    }
    draw(cases, 4);
    for (int i = 0; i < 4; i++)
        rt_chan_free(cases[i].chan);
}

static void unready_cases_do_not_count(void)
{
    rt_case cases[5];

    a = ints_new(0);
    b = ints_new(0);
    rt_chan_close(a);
    for (int i = 0; i < 5; i++)
        cases[i] = RT_RECV(i % 2 == 0 ? a : b, NULL);
    for (int i = 0; i < DRAWS / 10; i++) {
        if (rt_select(cases, 5, RT_FOREVER) % 2 != 0)
            say("an unready case ");
    }
    say("ready cases only");
}

static void same_channel_in_several_cases(void)
{
    a = ints_new(0);
    rt_chan_close(a);
    draw((rt_case[]){RT_RECV(a, NULL), RT_RECV(a, NULL), RT_RECV(a, NULL)}, 3);
}

static void sends_and_receives_are_chosen_alike(void)
{
    int one = 1;

    a = ints_new(DRAWS);
    b = ints_new(0);
    rt_chan_close(b);
    draw((rt_case[]){RT_SEND(a, &one), RT_RECV(b, NULL)}, 2);
}

/* ---- Closed and nil -------------------------------------------------------------------------- */

static void closed_channel_is_received_from_at_once(void)
{
    a = ints_new(0);
    b = ints_new(2);
    ints_send(b, 1);
    rt_chan_close(b);
    for (int i = 0; i < 3; i++)
        receive_from_a_or_b(RT_FOREVER);
}

static void close_b(void *arg)
{
    (void)arg;
    yield_often(A_WHILE);
    rt_chan_close(b);
}

static void close_wakes_a_select(void)
{
    a = ints_new(0);
    b = ints_new(0);
    start(close_b, NULL);
    receive_from_a_or_b(RT_FOREVER);
}

static void chosen_send_on_closed(void)
{
    int one = 1;

    a = ints_new(0);
    b = ints_new(0);
    rt_chan_close(b);
    rt_select(((rt_case[]){RT_RECV(a, NULL), RT_SEND(b, &one)}), 2, RT_FOREVER);
}

static void send_on_closed_among_ready_cases(void)
{
    int one = 1;

    a = ints_new(0);
    b = ints_new(0);
    rt_chan_close(a);
    rt_chan_close(b);
    for (;;) /* sooner or later the send is chosen */
        rt_select(((rt_case[]){RT_RECV(a, NULL), RT_SEND(b, &one)}), 2, RT_FOREVER);
}

static void select_send_waiting_when_closed(void)
{
    int one = 1;

    a = ints_new(0);
    b = ints_new(0);
    start(close_b, NULL);
    rt_select(((rt_case[]){RT_RECV(a, NULL), RT_SEND(b, &one)}), 2, RT_FOREVER);
}

static void nil_case_is_never_chosen(void)
{
    int other = 0, one = 1;

    b = ints_new(0);
    rt_chan_close(b);
    for (int i = 0; i < 1000; i++) {
        rt_case cases[] = {RT_RECV(NULL, NULL), RT_RECV(b, NULL), RT_SEND(NULL, &one)};

        other += rt_select(cases, 3, RT_FOREVER) == 1;
    }
    say("%d", other);
}

static void only_nil_cases(void)
{
    receive_from_a_or_b(RT_FOREVER);
}

static void only_nil_cases_and_default(void)
{
    receive_from_a_or_b(RT_NO_WAIT);
}

static void no_cases(void)
{
    rt_select(NULL, 0, RT_FOREVER);
}

static void no_cases_but_default(void)
{
    say("%s", rt_select(NULL, 0, RT_NO_WAIT) == RT_EAGAIN ? "default" : "chosen");
}

/* ---- Timeouts and traces --------------------------------------------------------------------- */

static void timeout_when_none_is_ready(void)
{
    a = ints_new(0);
    b = ints_new(0);
    receive_from_a_or_b(2 * RT_MS);
}

static void timeout_with_nil_cases_only(void)
{
    receive_from_a_or_b(2 * RT_MS);
}

static void ready_case_rather_than_timeout(void)
{
    a = ints_new(0);
    b = ints_new(0);
    start(send_seven_to_b, NULL);
    receive_from_a_or_b(1000 * RT_SECOND);
}

static void unchosen_cases_leave_no_trace(void)
{
    int value = 1;

    a = ints_new(0);
    b = ints_new(0);
    start(send_seven_to_b, NULL);
    receive_from_a_or_b(RT_FOREVER);
    say("%s", rt_chan_try_send(a, &value) == RT_EAGAIN ? "default" : "sent to nobody");
}

static void timed_out_cases_leave_no_trace(void)
{
    int value = 1;

    a = ints_new(0);
    b = ints_new(0);
    receive_from_a_or_b(2 * RT_MS);
    say("%s", rt_chan_try_send(a, &value) == RT_EAGAIN ? "default" : "sent to nobody");
}

static void receive_from_a(void *arg)
{
    say("%d:%d ", *(int *)arg, ints_recv(a));
    atomic_fetch_add(&finished, 1);
}

static void receive_from_a_by_select(void *arg)
{
    int value = 0;

    rt_select(((rt_case[]){RT_RECV(b, NULL), RT_RECV(a, &value)}), 2, RT_FOREVER);
    say("%d:%d ", *(int *)arg, value);
    atomic_fetch_add(&finished, 1);
}

static void selects_wait_in_line_with_receives(void)
{
    static int who[4] = {0, 1, 2, 3};

    rt_procs(1);
    a = ints_new(0);
    b = ints_new(0);
    for (int i = 0; i < 4; i++) {
        if (i % 2 == 0)
            start(receive_from_a_by_select, &who[i]);
        else
            start(receive_from_a, &who[i]);
        yield_often(A_WHILE);
    }
    for (int i = 0; i < 4; i++) {
        ints_send(a, 10 + i);
        yield_until(&finished, i + 1);
    }
}

const struct row conformance_of_select[] = {
    {ROW(try_send_on_closed), "panic", "A closed channel is ready to send in a select: it panics."},
    {ROW(try_on_nil), "default default", "A nil channel is never ready for communication."},
    {ROW(try_send_needs_room), "sent default",
     "If no communication can proceed, default is chosen."},
    {ROW(try_receive_needs_a_value), "default 1 ok 0 closed", "A receive that can proceed does."},
    {ROW(try_send_needs_a_receiver), "default sent", "A waiting receiver makes a send ready."},
    {ROW(try_receive_needs_a_sender), "default 1 ok", "A waiting sender makes a receive ready."},
    {ROW(default_when_none_is_ready), "default",
     "If no communication can proceed and there is a default case, that case is chosen."},
    {ROW(ready_case_rather_than_default), "b 1 ok default",
     "If one or more can proceed, default is not chosen."},
    {ROW(waits_until_a_case_is_ready), "b 7 ok",
     "If there is no default case, the select statement "
     "blocks until at least one of the communications can proceed."},
    {ROW(does_one_case_only), "1 left", "A single one that can proceed is chosen."},
    {ROW(send_and_receive_cases), "sent received sent received",
     "A select chooses which of a set of possible send or receive operations will proceed."},
    {ROW(own_send_and_receive_do_not_meet), "deadlock",
     "Unbuffered, a send needs a receiver other than the goroutine that sends."},
    {ROW(two_selects_meet), "7", "A send and a receive can both be cases of waiting selects."},
    {ROW(ready_cases_are_chosen_alike), "fair",
     "A single one that can proceed is chosen via a uniform pseudo-random selection."},
    {ROW(unready_cases_do_not_count), "ready cases only",
     "The choice is among the communications that can proceed."},
    {ROW(same_channel_in_several_cases), "fair", "Each case counts, also of the same channel."},
    {ROW(sends_and_receives_are_chosen_alike), "fair", "So do sends and receives."},
    {ROW(closed_channel_is_received_from_at_once), "b 1 ok b 0 closed b 0 closed",
     "A receive operation on a closed channel can always proceed immediately."},
    {ROW(close_wakes_a_select), "b 0 closed", "Also one that waits in a select."},
    {ROW(chosen_send_on_closed), "panic",
     "A send on a closed channel proceeds by causing a panic."},
    {ROW(send_on_closed_among_ready_cases), "panic", "It is one of the cases that can proceed."},
    {ROW(select_send_waiting_when_closed), "panic", "So does one that waits in a select."},
    {ROW(nil_case_is_never_chosen), "1000", "Communication on nil channels can never proceed."},
    {ROW(only_nil_cases), "deadlock",
     "A select with only nil channels and no default case blocks forever."},
    {ROW(only_nil_cases_and_default), "default", "With a default case it does not."},
    {ROW(no_cases), "deadlock", "select {} blocks forever."},
    {ROW(no_cases_but_default), "default", "select { default: } does not."},
    {ROW(timeout_when_none_is_ready), "timeout", "time.After(d) is ready after the duration d."},
    {ROW(timeout_with_nil_cases_only), "timeout", "Also when nothing else ever is."},
    {ROW(ready_case_rather_than_timeout), "b 7 ok", "It is not before."},
    {ROW(unchosen_cases_leave_no_trace), "b 7 ok default",
     "A select that has proceeded waits no more for its other cases."},
    {ROW(timed_out_cases_leave_no_trace), "timeout default", "Nor does one that timed out."},
    {ROW(selects_wait_in_line_with_receives), "0:10 1:11 2:12 3:13",
     "Waiting receivers are dequeued in the order in which they came, selects included."},
    {0},
};
