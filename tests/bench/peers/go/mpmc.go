package main

import "sync"

func runMpmc(n int) int {
	var producers, consumers sync.WaitGroup
	values := make(chan int, mpmcCapacity)
	sums := make([]int, mpmcConsumers)
	producers.Add(mpmcProducers)
	consumers.Add(mpmcConsumers)
	for i := 0; i < mpmcProducers; i++ {
		go func(first int) {
			for i := first; i < n; i += mpmcProducers {
				values <- i
			}
			producers.Done()
		}(i)
	}
	for i := 0; i < mpmcConsumers; i++ {
		go func(mine *int) {
			sum := 0
			for value := range values {
				sum += value
			}
			*mine = sum
			consumers.Done()
		}(&sums[i])
	}
	producers.Wait()
	close(values)
	consumers.Wait()
	sum := 0
	for _, each := range sums {
		sum += each
	}
	return sum
}
