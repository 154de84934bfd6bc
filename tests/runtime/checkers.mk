# Tools that find what tests alone don't see: races, wrong memory accesses, another processor's ways. Each has
# a build of its own, since each looks at what its compiler flags made. The Makefile includes this file.
#
#     build/sanitize          AddressSanitizer and UndefinedBehaviorSanitizer: all tests
#     build/sanitize-thread   ThreadSanitizer: the runtime's tests
#     build/valgrind          Valgrind: the runtime's tests
#     build/cross             aarch64, which qemu runs: the runtime's tests
#
# What a tool reports ends the program at once with a status of its own, which fails the test.

CHECKED = $(MAKE) --no-print-directory

# The tests whose work is done by the runtime's threads: gdb and spin are programs of their own, which do the same
# whoever looks on.
THREADED_TESTS := $(filter-out $(addprefix %/test_,gdb models),$(RUNTIME_TESTS))

test-threads: $(THREADED_TESTS)
	$(Q)$(RUN_TESTS) $^

# ---- Sanitizers ----------------------------------------------------------------------------------

sanitize: ## run the tests under the sanitizers: both of these
	@$(CHECKED) sanitize-address
	@$(CHECKED) sanitize-thread

# Leaks are looked for in the grader only: LeakSanitizer cannot see the stacks of tasks, and takes what
# is only held there for lost.
ADDRESS := BUILD=build/sanitize CFLAGS="-O1 -g -fno-omit-frame-pointer \
           -fsanitize=address,undefined -fno-sanitize-recover=all"
sanitize-address: $(LIBRARY) ## ... all tests with AddressSanitizer and UndefinedBehaviorSanitizer
	@ci/setup sanitize
	@ASAN_OPTIONS=detect_leaks=0 $(CHECKED) test-runtime $(ADDRESS)
	@$(CHECKED) test-grader test-lessons BRIEFLY=1 $(ADDRESS)

# It would sleep for a second at the end of each process, in case other threads still show a race; our tests
# have waited for theirs. An allocation that is too large is a test's, not a mistake.
sanitize-thread: $(LIBRARY) ## ... the runtime's tests with ThreadSanitizer
	@ci/setup sanitize
	@TSAN_OPTIONS="halt_on_error=1 atexit_sleep_ms=0 allocator_may_return_null=1" \
	  $(CHECKED) test-threads BUILD=build/sanitize-thread CFLAGS="-O1 -g -fsanitize=thread"

# ---- Valgrind ------------------------------------------------------------------------------------

# It runs one thread at a time, and without fair-sched one that spins keeps the others out. Threads of runs that ended
# before their calls returned are never let go, and test_blocking makes hundreds of those. Leaks: as above.
valgrind: $(LIBRARY) ## run the runtime's tests under Valgrind
	@ci/setup valgrind
	@RUNNER="valgrind --quiet --error-exitcode=99 --exit-on-first-error=yes --fair-sched=yes --max-threads=5000 --leak-check=no" \
	  $(CHECKED) test-threads BUILD=build/valgrind CFLAGS="-O1 -g" DEFINES=-DRT_VALGRIND

# ---- Another processor ---------------------------------------------------------------------------

cross: $(LIBRARY) ## build for aarch64, and run the runtime's tests in an emulator
	@ci/setup cross
	@RUNNER=qemu-aarch64 $(CHECKED) test-threads BUILD=build/cross ARCH=aarch64 \
	  CC=aarch64-linux-gnu-gcc AR=aarch64-linux-gnu-ar DEFINES=-DEMULATED

.PHONY: test-threads sanitize sanitize-address sanitize-thread valgrind cross
