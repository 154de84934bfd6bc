// The benchmarks in Go: one file each, of the same name and with the same definition as ours in
// tests/bench/barista. This file does what bench.c, process.c and definitions.c do for the C
// programs: it runs one benchmark once, checks its result and prints one line.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The sizes that define the benchmarks; those in bench.h.
const (
	spawnBatch       = 1000
	bufferedCapacity = 128
	mpmcProducers    = 8
	mpmcConsumers    = 8
	mpmcCapacity     = 64
	selectSenders    = 4
	mutexTasks       = 8
	skynetChildren   = 10
	timersLongestMs  = 100
	primesChunks     = 64
	echoConnections  = 64
	echoBytes        = 16
	echoBufferBytes  = 512
	hogsMost         = 4
	hogsSleepers     = 100
	hogsSleepMs      = 50
)

type benchmark struct {
	name       string
	run        func(n int) int // this is timed
	result     func(n int) int // what it must return
	operations func(n int) int // what ns_per_op is divided by
}

var benchmarks = []benchmark{
	{"spawn", runSpawn, allOfThem, allOfThem},
	{"yield", runYield, allOfThem, allOfThem},
	{"pingpong", runPingpong, sumBelow, allOfThem},
	{"buffered", runBuffered, allOfThem, allOfThem},
	{"mpmc", runMpmc, sumBelow, allOfThem},
	{"select4", runSelect4, sumBelow, allOfThem},
	{"mutex8", runMutex8, allOfThem, allOfThem},
	{"parked", runParked, sumBelow, allOfThem},
	{"skynet", runSkynet, sumBelow, allOfThem},
	{"fib", runFib, fibonacci, fibonacciTasks},
	{"timers", runTimers, allOfThem, allOfThem},
	{"sieve", runSieve, nthPrime, allOfThem},
	{"primes", runPrimes, primesBelow, allOfThem},
	{"echo64", runEcho64, allOfThem, allOfThem},
	{"hogs", runHogs, wakes, wakes},
}

func allOfThem(n int) int { return n }

func wakes(n int) int { return n * hogsSleepers * hogsMost }

func sumBelow(n int) int { return n * (n - 1) / 2 }

func fibonacci(n int) int {
	this, next := 0, 1
	for i := 0; i < n; i++ {
		this, next = next, this+next
	}
	return this
}

func fibonacciTasks(n int) int { return fibonacci(n+1) - 1 }

func sieveOfEratosthenes(size int) []bool {
	composite := make([]bool, size)
	for i := 2; i*i < size; i++ {
		for multiple := i * i; !composite[i] && multiple < size; multiple += i {
			composite[multiple] = true
		}
	}
	return composite
}

func primesBelow(n int) int {
	composite := sieveOfEratosthenes(n)
	count := 0
	for i := 2; i < n; i++ {
		if !composite[i] {
			count++
		}
	}
	return count
}

func nthPrime(n int) int {
	composite := sieveOfEratosthenes(30 * n)
	prime := 1
	for count := 0; count < n; count++ {
		prime++
		for composite[prime] {
			prime++
		}
	}
	return prime
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}

// What a benchmark adds to the line.
var notes strings.Builder

func note(name string, value float64) { fmt.Fprintf(&notes, " %s=%.1f", name, value) }

// The process's CPU time, of all threads.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail("getrusage: %v", err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// A line of /proc/self/status, in KiB.
func statusKb(name string) int {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		fail("%v", err)
	}
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if fields[0] == name+":" {
			kb, _ := strconv.Atoi(fields[1])
			return kb
		}
	}
	fail("there is no %s in /proc/self/status", name)
	return 0
}

func measure(b benchmark, procs, n int) {
	runtime.GOMAXPROCS(procs)
	start, startCPU := time.Now(), cpuTime()
	result := b.run(n)
	cpu, wall := cpuTime()-startCPU, time.Since(start)
	rssKb, pteKb := statusKb("VmHWM"), statusKb("VmPTE")
	if right := b.result(n); result != right {
		fail("%s: the result is %d, but must be %d", b.name, result, right)
	}
	fmt.Printf("%s procs=%d n=%d ns_per_op=%.2f total_ms=%.2f cpu_ms=%.2f rss_kb=%d pte_kb=%d%s\n",
		b.name, procs, n, float64(wall)/float64(b.operations(n)), wall.Seconds()*1e3,
		cpu.Seconds()*1e3, rssKb, pteKb, notes.String())
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--list" {
		for _, b := range benchmarks {
			fmt.Println(b.name)
		}
		return
	}
	if len(os.Args) == 4 {
		procs, _ := strconv.Atoi(os.Args[2])
		n, _ := strconv.Atoi(os.Args[3])
		for _, b := range benchmarks {
			if b.name == os.Args[1] && procs >= 1 && n >= 1 {
				measure(b, procs, n)
				return
			}
		}
	}
	fmt.Fprintln(os.Stderr, "usage: go NAME PROCS N\n       go --list")
	os.Exit(2)
}
