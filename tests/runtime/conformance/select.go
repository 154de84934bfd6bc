// The cases of ../conformance_select.c.
package main

import (
	"runtime"
	"sync/atomic"
	"time"
)

const draws, shareError = 20000, 0.025

// receiveFromAOrB blocks for ever, or for at most `wait`; with noWait it has a default.
const noWait, forever = 0, -1

func receiveFromAOrB(a, b chan int, wait time.Duration) {
	var timeout <-chan time.Time
	if wait > 0 {
		timeout = time.After(wait)
	}
	if wait == noWait {
		select {
		case value, ok := <-a:
			say("a %d %s ", value, okOrClosed(ok))
		case value, ok := <-b:
			say("b %d %s ", value, okOrClosed(ok))
		default:
			say("default ")
		}
		return
	}
	select {
	case value, ok := <-a:
		say("a %d %s ", value, okOrClosed(ok))
	case value, ok := <-b:
		say("b %d %s ", value, okOrClosed(ok))
	case <-timeout:
		say("timeout ")
	}
}

func sendSeven(b chan int) {
	yieldOften(aWhile)
	b <- 7
}

func closeLater(b chan int) {
	yieldOften(aWhile)
	close(b)
}

func closed() chan int {
	c := make(chan int)
	close(c)
	return c
}

func trySend(c chan int, sent string) {
	select {
	case c <- 1:
		say("%s ", sent)
	default:
		say("default ")
	}
}

func tryReceive(c chan int) {
	select {
	case value, ok := <-c:
		say("%d %s ", value, okOrClosed(ok))
	default:
		say("default ")
	}
}

func sayWhetherFair(chosen []int) {
	for i, count := range chosen {
		off := float64(count)/draws - 1/float64(len(chosen))
		if off > shareError || off < -shareError {
			say("case %d was chosen %d of %d times", i, count, draws)
			return
		}
	}
	say("fair")
}

var selectRows = []row{
	{"try_send_on_closed", func() { trySend(closed(), "sent") }},
	{"try_on_nil", func() {
		trySend(nil, "sent")
		tryReceive(nil)
	}},
	{"try_send_needs_room", func() {
		c := make(chan int, 1)
		trySend(c, "sent")
		trySend(c, "sent")
	}},
	{"try_receive_needs_a_value", func() {
		c := make(chan int, 1)
		tryReceive(c)
		c <- 1
		tryReceive(c)
		close(c)
		tryReceive(c)
	}},
	{"try_send_needs_a_receiver", func() {
		runtime.GOMAXPROCS(1)
		c := make(chan int)
		trySend(c, "sent")
		go func() { <-c }()
		yieldOften(aWhile)
		trySend(c, "sent")
	}},
	{"try_receive_needs_a_sender", func() {
		runtime.GOMAXPROCS(1)
		c := make(chan int)
		tryReceive(c)
		go func() { c <- 1 }()
		yieldOften(aWhile)
		tryReceive(c)
	}},
	{"default_when_none_is_ready", func() {
		receiveFromAOrB(make(chan int), make(chan int, 1), noWait)
	}},
	{"ready_case_rather_than_default", func() {
		a, b := make(chan int), make(chan int, 1)
		b <- 1
		receiveFromAOrB(a, b, noWait)
		receiveFromAOrB(a, b, noWait)
	}},
	{"waits_until_a_case_is_ready", func() {
		a, b := make(chan int), make(chan int)
		go sendSeven(b)
		receiveFromAOrB(a, b, forever)
	}},
	{"does_one_case_only", func() {
		a, b := make(chan int, 1), make(chan int, 1)
		a <- 1
		b <- 1
		select {
		case <-a:
		case <-b:
		}
		say("%d left", len(a)+len(b))
	}},
	{"send_and_receive_cases", func() {
		a := make(chan int, 1)
		for i := 0; i < 4; i++ {
			select {
			case a <- 1:
				say("sent ")
			case <-a:
				say("received ")
			}
		}
	}},
	{"own_send_and_receive_do_not_meet", func() {
		a := make(chan int)
		select {
		case a <- 1:
		case <-a:
		}
	}},
	{"two_selects_meet", func() {
		a, b := make(chan int), make(chan int)
		value := 0
		go func() {
			select {
			case a <- 7:
			case b <- 7:
			}
		}()
		select {
		case value = <-a:
		case value = <-b:
		}
		say("%d", value)
	}},
	{"ready_cases_are_chosen_alike", func() {
		var chosen [4]int
		c := []chan int{closed(), closed(), closed(), closed()}
		for i := 0; i < draws; i++ {
			select {
			case <-c[0]:
				chosen[0]++
			case <-c[1]:
				chosen[1]++
			case <-c[2]:
				chosen[2]++
			case <-c[3]:
				chosen[3]++
			}
		}
		sayWhetherFair(chosen[:])
	}},
	{"unready_cases_do_not_count", func() {
		a, b := closed(), make(chan int)
		for i := 0; i < draws/10; i++ {
			select {
			case <-a:
			case <-b:
				say("an unready case ")
			case <-a:
			case <-b:
				say("an unready case ")
			case <-a:
			}
		}
		say("ready cases only")
	}},
	{"same_channel_in_several_cases", func() {
		var chosen [3]int
		a := closed()
		for i := 0; i < draws; i++ {
			select {
			case <-a:
				chosen[0]++
			case <-a:
				chosen[1]++
			case <-a:
				chosen[2]++
			}
		}
		sayWhetherFair(chosen[:])
	}},
	{"sends_and_receives_are_chosen_alike", func() {
		var chosen [2]int
		a, b := make(chan int, draws), closed()
		for i := 0; i < draws; i++ {
			select {
			case a <- 1:
				chosen[0]++
			case <-b:
				chosen[1]++
			}
		}
		sayWhetherFair(chosen[:])
	}},
	{"closed_channel_is_received_from_at_once", func() {
		a, b := make(chan int), make(chan int, 2)
		b <- 1
		close(b)
		for i := 0; i < 3; i++ {
			receiveFromAOrB(a, b, forever)
		}
	}},
	{"close_wakes_a_select", func() {
		a, b := make(chan int), make(chan int)
		go closeLater(b)
		receiveFromAOrB(a, b, forever)
	}},
	{"chosen_send_on_closed", func() {
		select {
		case <-make(chan int):
		case closed() <- 1:
		}
	}},
	{"send_on_closed_among_ready_cases", func() {
		a, b := closed(), closed()
		for {
			select {
			case <-a:
			case b <- 1:
			}
		}
	}},
	{"select_send_waiting_when_closed", func() {
		a, b := make(chan int), make(chan int)
		go closeLater(b)
		select {
		case <-a:
		case b <- 1:
		}
	}},
	{"nil_case_is_never_chosen", func() {
		var none chan int
		b := closed()
		other := 0
		for i := 0; i < 1000; i++ {
			select {
			case <-none:
			case <-b:
				other++
			case none <- 1:
			}
		}
		say("%d", other)
	}},
	{"only_nil_cases", func() { receiveFromAOrB(nil, nil, forever) }},
	{"only_nil_cases_and_default", func() { receiveFromAOrB(nil, nil, noWait) }},
	{"no_cases", func() { select {} }},
	{"no_cases_but_default", func() {
		select {
		default:
			say("default")
		}
	}},
	{"timeout_when_none_is_ready", func() {
		receiveFromAOrB(make(chan int), make(chan int), 2*time.Millisecond)
	}},
	{"timeout_with_nil_cases_only", func() { receiveFromAOrB(nil, nil, 2*time.Millisecond) }},
	{"ready_case_rather_than_timeout", func() {
		a, b := make(chan int), make(chan int)
		go sendSeven(b)
		receiveFromAOrB(a, b, 1000*time.Second)
	}},
	{"unchosen_cases_leave_no_trace", func() {
		a, b := make(chan int), make(chan int)
		go sendSeven(b)
		receiveFromAOrB(a, b, forever)
		trySend(a, "sent to nobody")
	}},
	{"timed_out_cases_leave_no_trace", func() {
		a, b := make(chan int), make(chan int)
		receiveFromAOrB(a, b, 2*time.Millisecond)
		trySend(a, "sent to nobody")
	}},
	{"selects_wait_in_line_with_receives", func() {
		var finished int32
		runtime.GOMAXPROCS(1)
		a, b := make(chan int), make(chan int)
		for i := 0; i < 4; i++ {
			go func(i int) {
				value := 0
				if i%2 == 0 {
					select {
					case <-b:
					case value = <-a:
					}
				} else {
					value = <-a
				}
				say("%d:%d ", i, value)
				atomic.AddInt32(&finished, 1)
			}(i)
			yieldOften(aWhile)
		}
		for i := 0; i < 4; i++ {
			a <- 10 + i
			yieldUntil(&finished, int32(i+1))
		}
	}},
}
