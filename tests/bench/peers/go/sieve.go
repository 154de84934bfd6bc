package main

func generate(numbers chan<- int) {
	for number := 2; ; number++ {
		numbers <- number
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for number := range in {
		if number%prime != 0 {
			out <- number
		}
	}
}

func runSieve(n int) int {
	numbers := make(chan int)
	go generate(numbers)
	prime := 0
	for i := 0; i < n; i++ {
		prime = <-numbers
		filtered := make(chan int)
		go filter(numbers, filtered, prime)
		numbers = filtered
	}
	return prime
}
