// The table of Go's rules (../conformance.h), in Go: each case does here what the C function of the
// same name does there. Run without arguments it prints "case: outcome" for each. ./compare holds
// this beside what the runtime does.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
)

// A row is one case. Since many end the program, each runs in a process of its own.
type row struct {
	name string
	run  func()
}

// As in the C files: enough for a goroutine to reach the call before which it announced itself.
const aWhile = 100

func say(format string, args ...interface{}) {
	fmt.Printf(format, args...)
}

func yieldOften(times int) {
	for i := 0; i < times; i++ {
		runtime.Gosched()
	}
}

func yieldUntil(counter *int32, least int32) {
	for atomic.LoadInt32(counter) < least {
		runtime.Gosched()
	}
}

// outcome runs the case in a child and returns its words, and then what ended the child.
func outcome(name string) string {
	var stdout, stderr bytes.Buffer
	child := exec.Command(os.Args[0], name)
	child.Stdout, child.Stderr = &stdout, &stderr
	err := child.Run()
	switch report := stderr.String(); {
	case err == nil:
		return strings.TrimSuffix(stdout.String(), " ")
	case strings.Contains(report, "all goroutines are asleep"):
		return stdout.String() + "deadlock"
	case strings.Contains(report, "panic: "), strings.Contains(report, "fatal error: sync: "):
		return stdout.String() + "panic"
	default:
		return stdout.String() + "(" + err.Error() + ")"
	}
}

func main() {
	for _, part := range [][]row{channelRows, selectRows, syncRows, taskRows} {
		for _, row := range part {
			if len(os.Args) == 1 {
				fmt.Printf("%s: %s\n", row.name, outcome(row.name))
			} else if os.Args[1] == row.name {
				row.run()
			}
		}
	}
}
