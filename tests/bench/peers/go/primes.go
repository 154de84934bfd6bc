package main

import "sync"

// As in prime.h, word by word.
func isPrime(number uint32) bool {
	if number < 3 || number%2 == 0 {
		return number == 2
	}
	for divisor := uint32(3); divisor*divisor <= number; divisor += 2 {
		if number%divisor == 0 {
			return false
		}
	}
	return true
}

func countPrimes(from, to uint32) int {
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
			counts[i] = countPrimes(uint32(n*i/primesChunks), uint32(n*(i+1)/primesChunks))
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
