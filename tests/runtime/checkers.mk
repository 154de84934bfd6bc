# Tools that find what tests alone don't see: races, wrong memory accesses, another processor's ways. Each has
# a build of its own, since each looks at what its compiler flags made. The Makefile includes this file.
#
#     build/sanitize          AddressSanitizer and UndefinedBehaviorSanitizer: all tests
#     build/sanitize-thread   ThreadSanitizer: the runtime's tests
#
# What a tool reports ends the program at once with a status of its own, which fails the test.

MAKE_CHECKED = $(MAKE) --no-print-directory

sanitize: ## run the tests under the sanitizers: both of these
	@$(MAKE_CHECKED) sanitize-address
	@$(MAKE_CHECKED) sanitize-thread

# Leaks are looked for in the grader only: LeakSanitizer cannot see the stacks of tasks, and takes what
# is only held there for lost.
ADDRESS := BUILD=build/sanitize CFLAGS="-O1 -g -fno-omit-frame-pointer \
           -fsanitize=address,undefined -fno-sanitize-recover=all"
sanitize-address: $(LIBRARY) ## ... all tests with AddressSanitizer and UndefinedBehaviorSanitizer
	@ci/setup sanitize
	@ASAN_OPTIONS=detect_leaks=0 $(MAKE_CHECKED) test-runtime $(ADDRESS)
	@$(MAKE_CHECKED) test-grader test-lessons $(ADDRESS)

# It would sleep for a second at the end of each process, in case other threads still show a race; our tests
# have waited for theirs. An allocation that is too large is a test's, not a mistake. On virtual time there
# is one thread, which races with nobody.
sanitize-thread: $(LIBRARY) ## ... the runtime's tests with ThreadSanitizer
	@ci/setup sanitize
	@TSAN_OPTIONS="halt_on_error=1 atexit_sleep_ms=0 allocator_may_return_null=1" \
	  $(MAKE_CHECKED) test-runtime SIM_TESTS= BUILD=build/sanitize-thread CFLAGS="-O1 -g -fsanitize=thread"

.PHONY: sanitize sanitize-address sanitize-thread
