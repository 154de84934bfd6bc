package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

func drawSleep(random *uint64) time.Duration {
	*random ^= *random << 13
	*random ^= *random >> 7
	*random ^= *random << 17
	return time.Duration(*random % uint64(hogsSleepMs*time.Millisecond))
}

// Returns how late each wake-up was.
func sleepBeside(count, wakes int) []time.Duration {
	var stop int32
	var hogs, all sync.WaitGroup
	hogs.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			for atomic.LoadInt32(&stop) == 0 {
			}
			hogs.Done()
		}()
	}
	delays := make([]time.Duration, hogsSleepers*wakes)
	all.Add(hogsSleepers)
	for i := 0; i < hogsSleepers; i++ {
		go func(random uint64, delays []time.Duration) {
			for k := range delays {
				sleep := drawSleep(&random)
				start := time.Now()
				time.Sleep(sleep)
				delays[k] = time.Since(start) - sleep
			}
			all.Done()
		}(uint64(i)+1, delays[i*wakes:(i+1)*wakes])
	}
	all.Wait()
	atomic.StoreInt32(&stop, 1)
	hogs.Wait()
	return delays
}

func runHogs(n int) int {
	awake := 0
	for count := 1; count <= hogsMost; count++ {
		delays := sleepBeside(count, n)
		for _, delay := range delays {
			if delay >= 0 {
				awake++
			}
		}
		sort.Slice(delays, func(i, k int) bool { return delays[i] < delays[k] })
		p999 := delays[len(delays)*999/1000]
		note(fmt.Sprintf("p999_ms_%d", count), p999.Seconds()*1e3)
	}
	return awake
}
