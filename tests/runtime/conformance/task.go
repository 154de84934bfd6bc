// The cases of ../conformance_task.c.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

const sleepStep = 20 * time.Millisecond

func sleepThenSend(c chan int) {
	time.Sleep(5 * time.Millisecond)
	c <- 1
}

func countToAThousand(count *int32) {
	for i := 0; i < 1000; i++ {
		atomic.AddInt32(count, 1)
		runtime.Gosched()
	}
}

// sleepersInOrder returns the order of waking, and whether the sleepers began within one step.
func sleepersInOrder() (order [3]int, sound bool) {
	var arrived int32
	c := make(chan int, 3)
	began := time.Now()
	for _, steps := range []int{3, 1, 2} {
		go func(steps int) {
			atomic.AddInt32(&arrived, 1)
			time.Sleep(time.Duration(steps) * sleepStep)
			c <- steps
		}(steps)
	}
	yieldUntil(&arrived, 3)
	runtime.Gosched()
	sound = time.Since(began) < sleepStep
	for i := range order {
		order[i] = <-c
	}
	return order, sound
}

var taskRows = []row{
	{"each_task_runs_once_with_its_argument", func() {
		var group sync.WaitGroup
		var arrived int32
		group.Add(100)
		for i := 0; i < 100; i++ {
			go func(number int32) {
				atomic.AddInt32(&arrived, number)
				group.Done()
			}(int32(i + 1))
		}
		group.Wait()
		say("%d", arrived)
	}},
	{"program_ends_with_main", func() {
		var arrived int32
		c := make(chan int)
		go func() {
			atomic.AddInt32(&arrived, 1)
			for {
				runtime.Gosched()
			}
		}()
		go func() {
			atomic.AddInt32(&arrived, 1)
			<-c
			say("never ")
		}()
		yieldUntil(&arrived, 2)
		say("end")
	}},
	{"tasks_start_tasks", func() {
		var group sync.WaitGroup
		var arrived int32
		group.Add(1)
		go func() {
			group.Add(1)
			go func() {
				atomic.AddInt32(&arrived, 5)
				group.Done()
			}()
			group.Done()
		}()
		group.Wait()
		say("%d", arrived)
	}},
	{"yield_lets_others_run", func() {
		var a, b int32
		go countToAThousand(&a)
		go countToAThousand(&b)
		yieldUntil(&a, 1000)
		yieldUntil(&b, 1000)
		say("both counted")
	}},
	{"main_alone_waits", func() {
		say("before ")
		<-make(chan int)
		say("after")
	}},
	{"sleeping_task_is_no_deadlock", func() {
		c := make(chan int)
		go sleepThenSend(c)
		say("%d", <-c)
	}},
	{"deadlock_after_the_last_sleeper", func() {
		c := make(chan int, 1)
		go sleepThenSend(c)
		say("%d ", <-c)
		<-c
	}},
	{"running_task_is_no_deadlock", func() {
		c := make(chan int)
		go func() {
			yieldOften(1000)
			c <- 1
		}()
		say("%d", <-c)
	}},
	{"sleep_takes_at_least_its_time", func() {
		began := time.Now()
		time.Sleep(5 * time.Millisecond)
		if time.Since(began) >= 5*time.Millisecond {
			say("at least")
		}
	}},
	{"sleep_of_zero_or_less_returns", func() {
		time.Sleep(0)
		time.Sleep(-time.Second)
		say("returned")
	}},
	{"sleepers_wake_in_order_of_time", func() {
		runtime.GOMAXPROCS(1)
		order, sound := sleepersInOrder()
		for !sound {
			order, sound = sleepersInOrder()
		}
		say("%d %d %d", order[0], order[1], order[2])
	}},
	{"procs_returns_the_previous_setting", func() {
		runtime.GOMAXPROCS(2)
		say("%d ", runtime.GOMAXPROCS(3))
		say("%d ", runtime.GOMAXPROCS(1))
		say("%d", runtime.GOMAXPROCS(1))
	}},
	{"procs_below_one_only_asks", func() {
		runtime.GOMAXPROCS(3)
		say("%d ", runtime.GOMAXPROCS(0))
		say("%d ", runtime.GOMAXPROCS(-1))
		say("%d", runtime.GOMAXPROCS(0))
	}},
}
