/* conformance_channel.c - Go's rules of channels (see conformance.h). */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "child.h"
#include "conformance.h"
#include "ints.h"
#include "rt.h"
#include "run.h"

/* Enough for a task to reach the call before which it announced itself, where waiting for that is
 * all that a test can do. With one proc a single yield is enough. */
#define A_WHILE 100

/* The rows share these; each row runs in a process of its own. */
static rt_chan *values, *done;
static _Atomic(int) arrived, finished;

static void receive_and_say(rt_chan *c)
{
    int value = 7;
    int status = rt_chan_recv(c, &value);

    say("%d %s ", value, status == RT_OK ? "ok" : "closed");
}

/* ---- Close ----------------------------------------------------------------------------------- */

static void close_of_closed(void)
{
    values = ints_new(0);
    rt_chan_close(values);
    rt_chan_close(values);
}

static void close_of_nil(void)
{
    rt_chan_close(NULL);
}

static void send_on_closed(void)
{
    values = ints_new(1);
    rt_chan_close(values);
    ints_send(values, 1);
}

static void send_on_closed_and_full(void)
{
    values = ints_new(1);
    ints_send(values, 1);
    rt_chan_close(values);
    ints_send(values, 2);
}

static void send_after_saying_so(void *arg)
{
    (void)arg;
    say("waiting ");
    atomic_fetch_add(&arrived, 1);
    ints_send(values, 1);
}

static void send_waiting_when_closed(void)
{
    values = ints_new(0);
    start(send_after_saying_so, NULL);
    yield_until(&arrived, 1);
    yield_often(A_WHILE);
    rt_chan_close(values);
    ints_recv(NULL);
}

static void receive_from_closed(void)
{
    values = ints_new(3);
    rt_chan_close(values);
    receive_and_say(values);
    receive_and_say(values);
}

static void buffered_values_survive_close(void)
{
    values = ints_new(3);
    ints_send(values, 1);
    ints_send(values, 2);
    rt_chan_close(values);
    say("%zu ", rt_chan_len(values));
    receive_and_say(values);
    receive_and_say(values);
    receive_and_say(values);
}

static void receive_until_closed(void *arg)
{
    int value;

    (void)arg;
    atomic_fetch_add(&arrived, 1);
    if (rt_chan_recv(values, &value) == RT_ECLOSED && value == 0)
        atomic_fetch_add(&finished, 1);
}

static void close_wakes_all_receivers(void)
{
    values = ints_new(0);
    for (int i = 0; i < 5; i++)
        start(receive_until_closed, NULL);
    yield_until(&arrived, 5);
    yield_often(A_WHILE);
    rt_chan_close(values);
    yield_until(&finished, 5);
    say("5 woke");
}

static void send_three_and_close(void *arg)
{
    (void)arg;
    for (int i = 1; i <= 3; i++)
        ints_send(values, i);
    rt_chan_close(values);
}

static void range_ends_at_close(void)
{
    int value;

    values = ints_new(0);
    start(send_three_and_close, NULL);
    while (rt_chan_recv(values, &value) == RT_OK)
        say("%d ", value);
    say("end");
}

/* ---- Nil ------------------------------------------------------------------------------------- */

static void send_to_nil(void)
{
    ints_send(NULL, 1);
}

static void receive_from_nil(void)
{
    ints_recv(NULL);
}

static void len_and_cap_of_nil(void)
{
    say("%zu %zu", rt_chan_len(NULL), rt_chan_cap(NULL));
}

/* ---- Blocking -------------------------------------------------------------------------------- */

static void send_then_finish(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    ints_send(values, 1);
    atomic_fetch_add(&finished, 1);
}

static void unbuffered_send_waits_for_receive(void)
{
    values = ints_new(0);
    start(send_then_finish, NULL);
    yield_until(&arrived, 1);
    yield_often(A_WHILE);
    say("%s ", atomic_load(&finished) ? "sent" : "blocked");
    ints_recv(values);
    yield_until(&finished, 1);
    say("sent");
}

static void receive_then_finish(void *arg)
{
    (void)arg;
    atomic_fetch_add(&arrived, 1);
    ints_recv(values);
    atomic_fetch_add(&finished, 1);
}

static void unbuffered_receive_waits_for_send(void)
{
    values = ints_new(0);
    start(receive_then_finish, NULL);
    yield_until(&arrived, 1);
    yield_often(A_WHILE);
    say("%s ", atomic_load(&finished) ? "received" : "blocked");
    ints_send(values, 1);
    yield_until(&finished, 1);
    say("received");
}

static void buffered_send_does_not_wait(void)
{
    values = ints_new(2);
    ints_send(values, 1);
    ints_send(values, 2);
    say("2 sent");
}

static void send_to_full_buffer_waits(void)
{
    values = ints_new(2);
    for (int i = 1; i <= 3; i++) {
        ints_send(values, i);
        say("%d ", i);
    }
}

static void receive_from_empty_buffer_waits(void)
{
    values = ints_new(2);
    ints_send(values, 1);
    receive_and_say(values);
    receive_and_say(values);
}

static void send_many(void *arg)
{
    for (int i = 0; i < *(int *)arg; i++) {
        ints_send(values, i);
        atomic_fetch_add(&finished, 1);
    }
}

/* The rule that makes a buffered channel a counting semaphore. */
static void sends_run_ahead_by_the_capacity(void)
{
    static int count = 200, capacity = 3;
    bool held = true;

    values = ints_new((size_t)capacity);
    start(send_many, &count);
    for (int received = 0; received < count; received++) {
        rt_yield();
        held = held && atomic_load(&finished) <= received + capacity;
        ints_recv(values);
    }
    say("%s", held ? "held" : "broken");
}

static void tasks_that_wait_for_each_other(void)
{
    values = ints_new(0);
    done = ints_new(0);
    start(receive_then_finish, NULL);
    ints_recv(done);
}

/* ---- Order ----------------------------------------------------------------------------------- */

static void values_arrive_in_order(void)
{
    static int count = 500;

    for (size_t capacity = 0; capacity < 10; capacity += 3) {
        bool in_order = true;

        values = ints_new(capacity);
        start(send_many, &count);
        for (int i = 0; i < count; i++)
            in_order = ints_recv(values) == i && in_order;
        rt_chan_free(values);
        say("%s ", in_order ? "in order" : "out of order");
    }
}

static void receive_and_say_who(void *arg)
{
    int value = ints_recv(values);

    say("%d:%d ", *(int *)arg, value);
    atomic_fetch_add(&finished, 1);
}

static void waiting_receivers_are_served_in_order(void)
{
    static int who[4] = {0, 1, 2, 3};

    rt_procs(1);
    values = ints_new(0);
    for (int i = 0; i < 4; i++) {
        start(receive_and_say_who, &who[i]);
        yield_often(A_WHILE);
    }
    for (int i = 0; i < 4; i++) {
        ints_send(values, 10 + i);
        yield_until(&finished, i + 1);
    }
}

static void send_who(void *arg)
{
    ints_send(values, *(int *)arg);
}

static void waiting_senders_are_served_in_order(void)
{
    static int who[4] = {0, 1, 2, 3};

    rt_procs(1);
    values = ints_new(0);
    for (int i = 0; i < 4; i++) {
        start(send_who, &who[i]);
        yield_often(A_WHILE);
    }
    for (int i = 0; i < 4; i++)
        say("%d ", ints_recv(values));
}

static void waiting_sender_takes_the_freed_place(void)
{
    static int two = 2;

    rt_procs(1);
    values = ints_new(1);
    ints_send(values, 1);
    start(send_who, &two);
    yield_often(A_WHILE);
    receive_and_say(values);
    say("len %zu ", rt_chan_len(values));
    receive_and_say(values);
    say("len %zu", rt_chan_len(values));
}

/* ---- Values ---------------------------------------------------------------------------------- */

static void len_and_cap(void)
{
    values = ints_new(3);
    ints_send(values, 1);
    ints_send(values, 2);
    say("%zu of %zu, ", rt_chan_len(values), rt_chan_cap(values));
    ints_recv(values);
    say("%zu of %zu", rt_chan_len(values), rt_chan_cap(values));
}

static void len_and_cap_of_unbuffered(void)
{
    rt_procs(1);
    values = ints_new(0);
    start(send_then_finish, NULL);
    yield_often(A_WHILE);
    say("%zu of %zu", rt_chan_len(values), rt_chan_cap(values));
}

static void elements_without_size(void)
{
    rt_chan *signals = rt_chan_new(0, 3);

    rt_chan_send(signals, NULL);
    rt_chan_send(signals, NULL);
    rt_chan_close(signals);
    say("len %zu ", rt_chan_len(signals));
    for (int i = 0; i < 3; i++)
        say("%s ", rt_chan_recv(signals, NULL) == RT_OK ? "ok" : "closed");
    rt_chan_free(signals);
}

static void send_copies_the_value(void)
{
    char sent[4000], received[4000];
    rt_chan *pages = rt_chan_new(sizeof sent, 1);

    memset(sent, 'a', sizeof sent);
    rt_chan_send(pages, sent);
    memset(sent, 'b', sizeof sent);
    rt_chan_recv(pages, received);
    say("%c%c", received[0], received[sizeof received - 1]);
    rt_chan_free(pages);
}

static void receive_may_drop_the_value(void)
{
    values = ints_new(2);
    ints_send(values, 1);
    ints_send(values, 2);
    rt_chan_recv(values, NULL);
    receive_and_say(values);
}

static void answer_requests(void *arg)
{
    rt_chan *requests = arg, *reply;

    while (rt_chan_recv(requests, &reply) == RT_OK)
        ints_send(reply, 42);
}

static void channels_travel_through_channels(void)
{
    rt_chan *requests = rt_chan_new(sizeof(rt_chan *), 0);

    values = ints_new(0);
    start(answer_requests, requests);
    rt_chan_send(requests, &values);
    receive_and_say(values);
    rt_chan_close(requests);
    yield_until_tasks(1);
    rt_chan_free(requests);
}

const struct row conformance_of_channels[] = {
    {ROW(close_of_closed), "panic", "Closing a closed channel causes a run-time panic."},
    {ROW(close_of_nil), "panic", "Closing the nil channel also causes a run-time panic."},
    {ROW(send_on_closed), "panic", "A send on a closed channel proceeds by causing a panic."},
    {ROW(send_on_closed_and_full), "panic", "It does so whether or not the buffer has room."},
    {ROW(send_waiting_when_closed), "waiting panic",
     "So does a send that waits when it is closed."},
    {ROW(receive_from_closed), "0 closed 0 closed",
     "A receive operation on a closed channel can always proceed immediately, yielding the "
     "element type's zero value after any previously sent values have been received."},
    {ROW(buffered_values_survive_close), "2 1 ok 2 ok 0 closed",
     "The value of ok is true if the value received was delivered by a successful send."},
    {ROW(close_wakes_all_receivers), "5 woke", "All receivers waiting when it is closed proceed."},
    {ROW(range_ends_at_close), "1 2 3 end",
     "For channels, the iteration values are the successive values sent until it is closed."},
    {ROW(send_to_nil), "deadlock", "A send on a nil channel blocks forever."},
    {ROW(receive_from_nil), "deadlock", "Receiving from a nil channel blocks forever."},
    {ROW(len_and_cap_of_nil), "0 0", "The length and the capacity of a nil channel are 0."},
    {ROW(unbuffered_send_waits_for_receive), "blocked sent",
     "A receive from an unbuffered channel is synchronized before the completion of the send."},
    {ROW(unbuffered_receive_waits_for_send), "blocked received",
     "Unbuffered, communication succeeds only when both a sender and receiver are ready."},
    {ROW(buffered_send_does_not_wait), "2 sent",
     "A send on a buffered channel can proceed if there "
     "is room in the buffer."},
    {ROW(send_to_full_buffer_waits), "1 2 deadlock", "It blocks if the buffer is full."},
    {ROW(receive_from_empty_buffer_waits), "1 ok deadlock",
     "The expression <-ch blocks until a value is available."},
    {ROW(sends_run_ahead_by_the_capacity), "held",
     "The kth receive on a channel with capacity C is synchronized before the completion of "
     "the k+Cth send."},
    {ROW(tasks_that_wait_for_each_other), "deadlock",
     "When no goroutine can go on: fatal error: all goroutines are asleep - deadlock!"},
    {ROW(values_arrive_in_order), "in order in order in order in order",
     "Channels act as first-in-first-out queues."},
    {ROW(waiting_receivers_are_served_in_order), "0:10 1:11 2:12 3:13",
     "Waiting receivers are dequeued in the order in which they came."},
    {ROW(waiting_senders_are_served_in_order), "0 1 2 3", "So are waiting senders."},
    {ROW(waiting_sender_takes_the_freed_place), "1 ok len 1 2 ok len 0",
     "A receive from a full buffer moves a waiting sender's value to its end."},
    {ROW(len_and_cap), "2 of 3, 1 of 3",
     "len: the number of elements queued in the channel buffer; cap: its capacity."},
    {ROW(len_and_cap_of_unbuffered), "0 of 0", "A value that waits to be sent is not queued."},
    {ROW(elements_without_size), "len 2 ok ok closed", "chan struct{} counts signals like values."},
    {ROW(send_copies_the_value), "aa", "The value is copied when it is sent."},
    {ROW(receive_may_drop_the_value), "2 ok", "<-ch as a statement discards the value."},
    {ROW(channels_travel_through_channels), "42 ok", "A channel is a first-class value."},
    {0},
};
