package main

import (
	"sync"
	"sync/atomic"
	"time"
)

func runTimers(n int) int {
	var all sync.WaitGroup
	var slept int64
	all.Add(n)
	for i := 0; i < n; i++ {
		go func(sleep time.Duration) {
			start := time.Now()
			time.Sleep(sleep)
			if time.Since(start) >= sleep {
				atomic.AddInt64(&slept, 1)
			}
			all.Done()
		}(time.Duration(1+i%timersLongestMs) * time.Millisecond)
	}
	all.Wait()
	return int(slept)
}
