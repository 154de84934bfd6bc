package main

import "sync"

// As in prime.c, word by word.
func isPrime(number int) bool {
	if number < 2 {
		return false
	}
	for divisor := 2; divisor*divisor <= number; divisor++ {
		if number%divisor == 0 {
			return false
		}
	}
	return true
}

func countPrimes(from, to int) int {
	count := 0
	for number := from; number < to; number++ {
		if isPrime(number) {
			count++
		}
	}
	return count
}

func runPrimes(n int) int {
	var all sync.WaitGroup
	var counts [primesChunks]int
	all.Add(primesChunks)
	for i := 0; i < primesChunks; i++ {
		go func(i int) {
			counts[i] = countPrimes(n*i/primesChunks, n*(i+1)/primesChunks)
			all.Done()
		}(i)
	}
	all.Wait()
	primes := 0
	for _, count := range counts {
		primes += count
	}
	return primes
}
