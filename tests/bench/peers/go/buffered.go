package main

func runBuffered(n int) int {
	values := make(chan int, bufferedCapacity)
	go func() {
		for i := 0; i < n; i++ {
			values <- i
		}
		close(values)
	}()
	inOrder := 0
	for value := range values {
		if value == inOrder {
			inOrder++
		}
	}
	return inOrder
}
