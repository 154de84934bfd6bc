// The cases of ../conformance_channel.c.
package main

import (
	"runtime"
	"sync/atomic"
)

func okOrClosed(ok bool) string {
	if ok {
		return "ok"
	}
	return "closed"
}

func receiveAndSay(c chan int) {
	value, ok := <-c
	say("%d %s ", value, okOrClosed(ok))
}

func blockedOr(finished *int32, word string) string {
	if atomic.LoadInt32(finished) > 0 {
		return word
	}
	return "blocked"
}

func sendMany(c chan int, count int, finished *int32) {
	for i := 0; i < count; i++ {
		c <- i
		atomic.AddInt32(finished, 1)
	}
}

var channelRows = []row{
	{"close_of_closed", func() {
		c := make(chan int)
		close(c)
		close(c)
	}},
	{"close_of_nil", func() {
		var c chan int
		close(c)
	}},
	{"send_on_closed", func() {
		c := make(chan int, 1)
		close(c)
		c <- 1
	}},
	{"send_on_closed_and_full", func() {
		c := make(chan int, 1)
		c <- 1
		close(c)
		c <- 2
	}},
	{"send_waiting_when_closed", func() {
		var arrived int32
		c := make(chan int)
		go func() {
			say("waiting ")
			atomic.AddInt32(&arrived, 1)
			c <- 1
		}()
		yieldUntil(&arrived, 1)
		yieldOften(aWhile)
		close(c)
		<-(chan int)(nil)
	}},
	{"receive_from_closed", func() {
		c := make(chan int, 3)
		close(c)
		receiveAndSay(c)
		receiveAndSay(c)
	}},
	{"buffered_values_survive_close", func() {
		c := make(chan int, 3)
		c <- 1
		c <- 2
		close(c)
		say("%d ", len(c))
		receiveAndSay(c)
		receiveAndSay(c)
		receiveAndSay(c)
	}},
	{"close_wakes_all_receivers", func() {
		var arrived, finished int32
		c := make(chan int)
		for i := 0; i < 5; i++ {
			go func() {
				atomic.AddInt32(&arrived, 1)
				if value, ok := <-c; !ok && value == 0 {
					atomic.AddInt32(&finished, 1)
				}
			}()
		}
		yieldUntil(&arrived, 5)
		yieldOften(aWhile)
		close(c)
		yieldUntil(&finished, 5)
		say("5 woke")
	}},
	{"range_ends_at_close", func() {
		c := make(chan int)
		go func() {
			for i := 1; i <= 3; i++ {
				c <- i
			}
			close(c)
		}()
		for value := range c {
			say("%d ", value)
		}
		say("end")
	}},
	{"send_to_nil", func() {
		var c chan int
		c <- 1
	}},
	{"receive_from_nil", func() {
		var c chan int
		<-c
	}},
	{"len_and_cap_of_nil", func() {
		var c chan int
		say("%d %d", len(c), cap(c))
	}},
	{"unbuffered_send_waits_for_receive", func() {
		var arrived, finished int32
		c := make(chan int)
		go func() {
			atomic.AddInt32(&arrived, 1)
			c <- 1
			atomic.AddInt32(&finished, 1)
		}()
		yieldUntil(&arrived, 1)
		yieldOften(aWhile)
		say("%s ", blockedOr(&finished, "sent"))
		<-c
		yieldUntil(&finished, 1)
		say("sent")
	}},
	{"unbuffered_receive_waits_for_send", func() {
		var arrived, finished int32
		c := make(chan int)
		go func() {
			atomic.AddInt32(&arrived, 1)
			<-c
			atomic.AddInt32(&finished, 1)
		}()
		yieldUntil(&arrived, 1)
		yieldOften(aWhile)
		say("%s ", blockedOr(&finished, "received"))
		c <- 1
		yieldUntil(&finished, 1)
		say("received")
	}},
	{"buffered_send_does_not_wait", func() {
		c := make(chan int, 2)
		c <- 1
		c <- 2
		say("2 sent")
	}},
	{"send_to_full_buffer_waits", func() {
		c := make(chan int, 2)
		for i := 1; i <= 3; i++ {
			c <- i
			say("%d ", i)
		}
	}},
	{"receive_from_empty_buffer_waits", func() {
		c := make(chan int, 2)
		c <- 1
		receiveAndSay(c)
		receiveAndSay(c)
	}},
	{"sends_run_ahead_by_the_capacity", func() {
		const count, capacity = 200, 3
		var finished int32
		held := true
		c := make(chan int, capacity)
		go sendMany(c, count, &finished)
		for received := 0; received < count; received++ {
			runtime.Gosched()
			held = held && int(atomic.LoadInt32(&finished)) <= received+capacity
			<-c
		}
		if held {
			say("held")
		}
	}},
	{"tasks_that_wait_for_each_other", func() {
		c, done := make(chan int), make(chan int)
		go func() { <-c }()
		<-done
	}},
	{"values_arrive_in_order", func() {
		for capacity := 0; capacity < 10; capacity += 3 {
			var finished int32
			inOrder := true
			c := make(chan int, capacity)
			go sendMany(c, 500, &finished)
			for i := 0; i < 500; i++ {
				inOrder = <-c == i && inOrder
			}
			if inOrder {
				say("in order ")
			}
		}
	}},
	{"waiting_receivers_are_served_in_order", func() {
		var finished int32
		runtime.GOMAXPROCS(1)
		c := make(chan int)
		for i := 0; i < 4; i++ {
			go func(i int) {
				say("%d:%d ", i, <-c)
				atomic.AddInt32(&finished, 1)
			}(i)
			yieldOften(aWhile)
		}
		for i := 0; i < 4; i++ {
			c <- 10 + i
			yieldUntil(&finished, int32(i+1))
		}
	}},
	{"waiting_senders_are_served_in_order", func() {
		runtime.GOMAXPROCS(1)
		c := make(chan int)
		for i := 0; i < 4; i++ {
			go func(i int) { c <- i }(i)
			yieldOften(aWhile)
		}
		for i := 0; i < 4; i++ {
			say("%d ", <-c)
		}
	}},
	{"waiting_sender_takes_the_freed_place", func() {
		runtime.GOMAXPROCS(1)
		c := make(chan int, 1)
		c <- 1
		go func() { c <- 2 }()
		yieldOften(aWhile)
		receiveAndSay(c)
		say("len %d ", len(c))
		receiveAndSay(c)
		say("len %d", len(c))
	}},
	{"len_and_cap", func() {
		c := make(chan int, 3)
		c <- 1
		c <- 2
		say("%d of %d, ", len(c), cap(c))
		<-c
		say("%d of %d", len(c), cap(c))
	}},
	{"len_and_cap_of_unbuffered", func() {
		runtime.GOMAXPROCS(1)
		c := make(chan int)
		go func() { c <- 1 }()
		yieldOften(aWhile)
		say("%d of %d", len(c), cap(c))
	}},
	{"elements_without_size", func() {
		c := make(chan struct{}, 3)
		c <- struct{}{}
		c <- struct{}{}
		close(c)
		say("len %d ", len(c))
		for i := 0; i < 3; i++ {
			_, ok := <-c
			say("%s ", okOrClosed(ok))
		}
	}},
	{"send_copies_the_value", func() {
		var sent [4000]byte
		c := make(chan [4000]byte, 1)
		for i := range sent {
			sent[i] = 'a'
		}
		c <- sent
		for i := range sent {
			sent[i] = 'b'
		}
		received := <-c
		say("%c%c", received[0], received[3999])
	}},
	{"receive_may_drop_the_value", func() {
		c := make(chan int, 2)
		c <- 1
		c <- 2
		<-c
		receiveAndSay(c)
	}},
	{"channels_travel_through_channels", func() {
		requests := make(chan chan int)
		go func() {
			for reply := range requests {
				reply <- 42
			}
		}()
		c := make(chan int)
		requests <- c
		receiveAndSay(c)
	}},
}
