package main

import "sync"

func runFib(n int) int {
	if n < 2 {
		return n
	}
	var left int
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		left = runFib(n - 1)
		done.Done()
	}()
	right := runFib(n - 2)
	done.Wait()
	return left + right
}
