package main

import (
	"runtime"
	"sync"
)

func runYield(n int) int {
	var both sync.WaitGroup
	yields := func(count int) {
		for i := 0; i < count; i++ {
			runtime.Gosched()
		}
		both.Done()
	}
	both.Add(2)
	go yields(n / 2)
	go yields(n - n/2)
	both.Wait()
	return n
}
