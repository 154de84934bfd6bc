package main

func runPingpong(n int) int {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for value := range ping {
			pong <- value
		}
		close(pong)
	}()
	sum := 0
	for i := 0; i < n; i++ {
		ping <- i
		sum += <-pong
	}
	close(ping)
	if _, more := <-pong; more {
		fail("pingpong: one more value came back than was sent")
	}
	return sum
}
