// The cases of ../conformance_sync.c.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"
)

var syncRows = []row{
	{"unlock_of_unlocked", func() {
		var mutex sync.Mutex
		mutex.Unlock()
	}},
	{"unlock_twice", func() {
		var mutex sync.Mutex
		mutex.Lock()
		mutex.Unlock()
		say("once ")
		mutex.Unlock()
	}},
	{"lock_twice", func() {
		var mutex sync.Mutex
		mutex.Lock()
		say("once ")
		mutex.Lock()
	}},
	{"lock_waits_for_unlock", func() {
		var mutex sync.Mutex
		var arrived, finished int32
		mutex.Lock()
		go func() {
			atomic.AddInt32(&arrived, 1)
			mutex.Lock()
			atomic.AddInt32(&finished, 1)
		}()
		yieldUntil(&arrived, 1)
		yieldOften(aWhile)
		say("%s ", blockedOr(&finished, "locked"))
		mutex.Unlock()
		yieldUntil(&finished, 1)
		say("locked")
	}},
	{"another_task_may_unlock", func() {
		var mutex sync.Mutex
		mutex.Lock()
		go mutex.Unlock()
		mutex.Lock()
		say("locked again")
	}},
	{"try_lock_never_waits", func() {
		var mutex sync.Mutex
		say("%t ", mutex.TryLock())
		say("%t ", mutex.TryLock())
		mutex.Unlock()
		say("%t", mutex.TryLock())
	}},
	{"one_task_at_a_time_holds_it", func() {
		var mutex sync.Mutex
		var group sync.WaitGroup
		count := 0
		group.Add(8)
		for i := 0; i < 8; i++ {
			go func() {
				for i := 0; i < 1000; i++ {
					mutex.Lock()
					count++
					mutex.Unlock()
					runtime.Gosched()
				}
				group.Done()
			}()
		}
		group.Wait()
		say("%d", count)
	}},
	{"waiting_lockers_are_served_in_order", func() {
		var mutex sync.Mutex
		var finished int32
		runtime.GOMAXPROCS(1)
		mutex.Lock()
		for i := 0; i < 4; i++ {
			go func(i int) {
				mutex.Lock()
				say("%d ", i)
				mutex.Unlock()
				atomic.AddInt32(&finished, 1)
			}(i)
			yieldOften(aWhile)
		}
		mutex.Unlock()
		yieldUntil(&finished, 4)
	}},
	{"no_task_starves_for_the_lock", func() {
		var mutex sync.Mutex
		for i := 0; i < 2; i++ {
			go func() {
				for {
					mutex.Lock()
					runtime.Gosched()
					mutex.Unlock()
				}
			}()
		}
		for i := 0; i < 100; i++ {
			mutex.Lock()
			mutex.Unlock()
		}
		say("100 turns")
	}},
	{"done_below_zero", func() {
		var group sync.WaitGroup
		group.Done()
	}},
	{"add_below_zero", func() {
		var group sync.WaitGroup
		group.Add(2)
		say("2 ")
		group.Add(-3)
	}},
	{"wait_on_zero_returns", func() {
		var group sync.WaitGroup
		group.Wait()
		say("returned")
	}},
	{"wait_without_done", func() {
		var group sync.WaitGroup
		group.Add(1)
		group.Wait()
	}},
	{"add_may_be_negative", func() {
		var group sync.WaitGroup
		group.Add(3)
		group.Add(-3)
		group.Wait()
		say("returned")
	}},
	{"wait_ends_after_the_last_done", func() {
		var group sync.WaitGroup
		var finished int32
		startAndWait(&group, &finished, 20)
		say("%d", atomic.LoadInt32(&finished))
	}},
	{"group_may_be_used_again", func() {
		var group sync.WaitGroup
		var finished int32
		for round := 0; round < 3; round++ {
			startAndWait(&group, &finished, 5)
			say("%d ", atomic.LoadInt32(&finished))
		}
	}},
	{"all_waiters_wake_at_zero", func() {
		var group sync.WaitGroup
		var arrived, finished int32
		group.Add(2)
		for i := 0; i < 3; i++ {
			go func() {
				atomic.AddInt32(&arrived, 1)
				group.Wait()
				atomic.AddInt32(&finished, 1)
			}()
		}
		yieldUntil(&arrived, 3)
		group.Done()
		yieldOften(aWhile)
		say("%d ", atomic.LoadInt32(&finished))
		group.Done()
		yieldUntil(&finished, 3)
		say("%d", atomic.LoadInt32(&finished))
	}},
	{"once_runs_the_first_function_only", func() {
		var once, otherOnce sync.Once
		count := 0
		once.Do(func() { count++ })
		once.Do(func() { count += 10 })
		otherOnce.Do(func() { count += 100 })
		say("%d", count)
	}},
	{"others_wait_until_once_is_done", func() {
		var once sync.Once
		var group sync.WaitGroup
		var run, waited int32
		value := 0
		group.Add(6)
		for i := 0; i < 6; i++ {
			go func() {
				once.Do(func() {
					atomic.AddInt32(&run, 1)
					yieldOften(aWhile)
					value = 42
				})
				if value == 42 {
					atomic.AddInt32(&waited, 1)
				}
				group.Done()
			}()
		}
		group.Wait()
		say("%d run, %d waited", run, waited)
	}},
	{"once_inside_itself", func() {
		var once sync.Once
		var again func()
		again = func() {
			say("inside ")
			once.Do(again)
		}
		once.Do(again)
	}},
}

func startAndWait(group *sync.WaitGroup, finished *int32, goroutines int) {
	group.Add(goroutines)
	for i := 0; i < goroutines; i++ {
		go func() {
			yieldOften(10)
			atomic.AddInt32(finished, 1)
			group.Done()
		}()
	}
	group.Wait()
}
