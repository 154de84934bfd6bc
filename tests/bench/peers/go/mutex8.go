package main

import "sync"

func runMutex8(n int) int {
	var all sync.WaitGroup
	var mutex sync.Mutex
	count := 0 // protected by mutex
	all.Add(mutexTasks)
	for i := 0; i < mutexTasks; i++ {
		times := n / mutexTasks
		if i < n%mutexTasks {
			times++
		}
		go func() {
			for i := 0; i < times; i++ {
				mutex.Lock()
				count++
				mutex.Unlock()
			}
			all.Done()
		}()
	}
	all.Wait()
	return count
}
