package main

func node(sums chan int, first, size int) {
	if size == 1 {
		sums <- first
		return
	}
	children := make(chan int)
	childSize := size / skynetChildren
	for i := 0; i < skynetChildren; i++ {
		go node(children, first+i*childSize, childSize)
	}
	sum := 0
	for i := 0; i < skynetChildren; i++ {
		sum += <-children
	}
	sums <- sum
}

func runSkynet(n int) int {
	for size := n; size > 1; size /= skynetChildren {
		if size%skynetChildren != 0 {
			fail("skynet: n must be a power of %d", skynetChildren)
		}
	}
	sums := make(chan int)
	go node(sums, 0, n)
	return <-sums
}
