package main

import "sync"

var batch sync.WaitGroup

// Unlike ours, a task leaves no mark of its own: `go` with an argument would have to allocate. So
// Go is measured at its fastest.
func nothing() { batch.Done() }

func runSpawn(n int) int {
	for left := n; left > 0; left -= spawnBatch {
		size := left
		if size > spawnBatch {
			size = spawnBatch
		}
		batch.Add(size)
		for i := 0; i < size; i++ {
			go nothing()
		}
		batch.Wait()
	}
	return n
}
