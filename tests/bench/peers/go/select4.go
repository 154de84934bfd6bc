package main

func runSelect4(n int) int {
	var values [selectSenders]chan int
	for i := range values {
		values[i] = make(chan int)
		go func(values chan int, first int) {
			for i := first; i < n; i += selectSenders {
				values <- i
			}
		}(values[i], i)
	}
	a, b, c, d := values[0], values[1], values[2], values[3]
	sum := 0
	for i := 0; i < n; i++ {
		var value, chosen int
		select {
		case value = <-a:
			chosen = 0
		case value = <-b:
			chosen = 1
		case value = <-c:
			chosen = 2
		case value = <-d:
			chosen = 3
		}
		if chosen != value%selectSenders {
			fail("select4: select says case %d, but the value is that of another", chosen)
		}
		sum += value
	}
	return sum
}
