package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var parked struct {
	arrived, sum int64
	gate         chan int
	all          sync.WaitGroup
}

// No closure and no argument, so that nothing but the goroutine is allocated.
func waitForAValue() {
	atomic.AddInt64(&parked.arrived, 1)
	atomic.AddInt64(&parked.sum, int64(<-parked.gate))
	parked.all.Done()
}

func memoryKb() int { return statusKb("VmRSS") + statusKb("VmPTE") }

func runParked(n int) int {
	beforeKb := memoryKb()
	parked.gate = make(chan int)
	parked.all.Add(n)
	for i := 0; i < n; i++ {
		go waitForAValue()
	}
	for atomic.LoadInt64(&parked.arrived) < int64(n) {
		runtime.Gosched()
	}
	note("bytes_each", float64(memoryKb()-beforeKb)*1024/float64(n))

	start := time.Now()
	for i := 0; i < n; i++ {
		parked.gate <- i
	}
	parked.all.Wait()
	note("wake_ns", float64(time.Since(start))/float64(n))
	return int(parked.sum)
}
