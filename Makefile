# Barista's build. `make help` lists what it can do; `V=1` shows the commands behind the short lines.
#
# Nothing is registered here by name: a new source is found by its place. Each is compiled on its own
# to an object below build/, with a .d file beside it that lists the headers it read, so that a
# changed header rebuilds exactly what includes it.
#
#     runtime/*.c, runtime/arch/*_<machine>.S  ->  build/libbarista.a    what students link with
#     the same, with other schedulers          ->  build/libbarista-sim.a    virtual time
#                                                  build/libbarista-explore.a    schedules
#     grader/*.c                               ->  build/barista         what grades them
#     grader/inside/*.c                        ->  build/barista-inside  its part in the sandbox
#     lessons/<id>/demo.c                      ->  build/lessons/<id>/demo, and build/virtual/lessons/<id>/demo
#     tests/<area>/**/test_*.c                 ->  build/tests/<area>/**/test_*
#
# All paths are relative, so that the project may live in a folder with spaces in its name.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

# Coverage and sanitizer builds set these, and so live beside the plain one.
BUILD  := build
CFLAGS ?= -O2 -g
EXTRA_OBJECTS :=

ARCH     := $(shell uname -m)
OBJCOPY  := objcopy
WARNINGS := -Wall -Wextra -Werror
INCLUDES := -Iruntime/include
# A large local array must meet the guard page below a task's stack, not jump over it. The list of tasks
# that SIGQUIT prints walks their stacks by frame pointers, and finds names in what the program exports.
HARDENING := -fstack-clash-protection -fno-omit-frame-pointer
COMPILE   = $(CC) -std=c11 -D_GNU_SOURCE $(CFLAGS) $(HARDENING) $(WARNINGS) $(DEFINES) $(INCLUDES) -MMD -MP -c
LINK      = $(CC) $(CFLAGS) -rdynamic $(LDFLAGS)

# "CC runtime/channel.c", or with V=1 the whole command.
V  ?= 0
Q  := $(if $(filter 0,$(V)),@)
comma := ,
say = @$(if $(filter 0,$(V)),printf '%-4s %s\n' $(1) $(2),:)

# ---- For students --------------------------------------------------------------------------------

BARISTA := $(BUILD)/barista

# These commands are the barista program's; make only builds it first. When a recipe fails, make says
# "*** Error" and exits with 2, whatever the reason - but not in question mode (-q, "is this up to
# date?"): there it runs only recipes marked +, and hands on their status 1 as it is, without a word.
# This is how `make check` exits with 1 for a submission that falls short, and with 2 for wrong usage
# and for trouble. (build/barista itself tells those two apart: 2 and 3.)
COMMANDS := check list hint run debug sim trace why explore replay demo compare predict quiz \
            progress matrix curves classify reset lint doctor
ifeq ($(filter-out $(COMMANDS),$(or $(MAKECMDGOALS),all)),)
MAKEFLAGS += --question
endif

# A make of its own, without -q, which waits for one in another terminal. Values such as LESSON reach the
# shell through the environment.
build    = +@mkdir -p $(BUILD) && MAKEFLAGS= flock $(BUILD)/lock $(MAKE) --no-print-directory \
             $(if $(filter 0,$(V)),--silent) --jobs=$$(nproc) $(1)
CHOSEN   = $(if $(CHECK),--check "$$CHECK")
OPTIONS  = $(if $(SUBMISSION),--submission "$$SUBMISSION") $(if $(PROCS),--procs "$$PROCS")

check: ## grade your work: LESSON=03 [SUBMISSION=file or folder] [PROCS=4] [SEED=17] [JSON=file] [OFFICIAL=1]
	$(call build,ready) && $(BARISTA) check $(if $(LESSON),"$$LESSON") $(OPTIONS) \
	  $(if $(SEED),--seed "$$SEED") $(if $(JSON),--json "$$JSON") $(if $(OFFICIAL),--official)

list: ## list the lessons: what is done, and what comes next
	$(call build,ready) && $(BARISTA) list

hint: ## one more hint for an exercise: LESSON=03
	$(call build,ready) && $(BARISTA) hint "$$LESSON"

run: ## run an exercise plainly: LESSON=03 [PROCS=4] [SUBMISSION=...] [INPUT="jobs=8 work=20"]
	$(call build,ready) && { $(BARISTA) run "$$LESSON" $(OPTIONS) $(INPUT) || exit 1; }

debug: ## run an exercise under gdb: LESSON=03 [PROCS=4] [SUBMISSION=...] [INPUT=...]
	$(call build,ready) && ci/setup debug && \
	  { $(BARISTA) debug "$$LESSON" $(OPTIONS) $(INPUT) || exit 1; }

sim: ## what it does on 1 to 64 procs, in virtual time: LESSON=03 [CHECK=id] [SUBMISSION=...] [PROCS=1,2,4]
	$(call build,ready) && $(BARISTA) sim "$$LESSON" $(CHOSEN) $(OPTIONS) $(if $(JSON),--json "$$JSON")

why: ## where the speedup went, and what would be without the cause: LESSON=03 [CHECK=id] [SUBMISSION=...] [PROCS=8]
	$(call build,ready) && $(BARISTA) why "$$LESSON" $(CHOSEN) $(OPTIONS) $(if $(JSON),--json "$$JSON")

trace: ## draw what each task did and waited for: LESSON=03 [CHECK=id] [SUBMISSION=...] [PROCS=4] [REAL=1] [HTML=file]
	$(call build,ready) && $(BARISTA) trace "$$LESSON" $(CHOSEN) $(OPTIONS) $(if $(REAL),--real) \
	  $(if $(HTML),--html "$$HTML")

explore: ## look for bugs in schedules that hardly ever come: LESSON=03 [CHECK=id] [SUBMISSION=...] [SCHEDULES=2000] [SEED=1]
	$(call build,ready) && $(BARISTA) explore "$$LESSON" $(CHOSEN) $(OPTIONS) $(if $(SCHEDULES),--schedules "$$SCHEDULES") \
	  $(if $(SEED),--seed "$$SEED") $(if $(JSON),--json "$$JSON")

replay: ## one of those schedules again, as told: LESSON=03 SEED=1/0:2.5-3 [CHECK=id] [TIMES=1000] [DEBUG=1]
	$(call build,ready) && $(if $(DEBUG),ci/setup debug &&) { $(BARISTA) replay "$$LESSON" "$$SEED" $(CHOSEN) $(OPTIONS) \
	  $(if $(TIMES),--times "$$TIMES") $(if $(DEBUG),--debug) || exit 1; }

# LESSON may be 3, 03 or 03-worker-pool.
DEMO = $(firstword $(wildcard $(patsubst %,lessons/%/demo.c,$(LESSON)-* 0$(LESSON)-* $(LESSON))))

# In virtual time things cost what they cost in `make sim`: "simulate: {block: 600}" in lesson.yaml.
DEMO_PROGRAM = $(BUILD)/$(if $(VIRTUAL),virtual/)$(DEMO:.c=)
DEMO_COSTS   = $(shell sed -n 's/^simulate: {\(.*\)}.*/+\1/p' $(dir $(DEMO))lesson.yaml | tr -d ' ' | tr : =)

demo: ## run a lesson's demo, which draws its timeline: LESSON=03 [PROCS=4] [VIRTUAL=1]
	$(if $(DEMO),,$(error $(if $(LESSON),There is no lesson "$(LESSON)",Which lesson? Give its number: \
	  LESSON=03); `make list` shows all))
	$(if $(PROCS),$(if $(filter $(PROCS),$(shell seq 256)),,$(error PROCS is "$(PROCS)"; it must be a whole \
	  number from 1 to 256)))
	$(if $(VIRTUAL),$(if $(DEMO_COSTS),,$(error Lesson $(LESSON) can't be simulated)))
	$(call build,$(DEMO_PROGRAM)) && \
	  { $(if $(PROCS),RT_PROCS="$$PROCS") $(if $(VIRTUAL),RT_SIM_COSTS="$(DEMO_COSTS:+%=%)") \
	    $(DEMO_PROGRAM) || exit 1; }

compare: ## measure what tasks, threads and processes cost on this machine, and how many there can be
	$(call build,$(BUILD)/lessons/07-threads-and-tasks/demo) && \
	  { $(BUILD)/lessons/07-threads-and-tasks/demo table || exit 1; }

# The demo's figures answer most of the questions.
predict: ## guess what a lesson's demo will show, then see how close you were: LESSON=06
	$(call build,ready $(if $(DEMO),$(BUILD)/$(DEMO:.c=))) && $(BARISTA) predict "$$LESSON"

quiz: ## questions about a lesson, each with a command that proves the answer: LESSON=03
	$(call build,ready) && $(BARISTA) quiz "$$LESSON"

progress: ## what you have done of each lesson, and what comes next
	$(call build,ready) && $(BARISTA) progress

matrix: ## which kinds of work gain from tasks, and which from procs: measured here [PROCS=2], and simulated
	$(call build,ready workloads) && $(BARISTA) matrix $(if $(PROCS),--procs "$$PROCS") $(if $(JSON),--json "$$JSON")

curves: ## how these kinds of work scale from 1 to 64 procs, in virtual time: [SVG=curves.svg] [JSON=file]
	$(call build,ready workloads) && $(BARISTA) curves $(if $(SVG),--svg "$$SVG") $(if $(JSON),--json "$$JSON")

classify: ## what kind of work a function of your own is, and what would help it: FILE=mine.c FUNCTION=work
	$(call build,ready) && $(BARISTA) classify $(if $(FILE),"$$FILE") $(if $(FUNCTION),"$$FUNCTION")

reset: ## put the untouched exercise back, keeping a copy of your work: LESSON=03
	$(call build,ready) && $(BARISTA) reset "$$LESSON"

doctor: ## what protects this machine from submissions, and what is missing
	$(call build,ready) && $(BARISTA) doctor

lint: ## look for mistakes in all lesson.yaml files
	$(call build,ready) && $(BARISTA) lint

# ---- What is built from what ---------------------------------------------------------------------

objects = $(addprefix $(BUILD)/,$(addsuffix .o,$(basename $(1))))
helpers = $(call objects,$(filter-out tests/$(1)/test_%,$(wildcard tests/$(1)/*.c)))
tests   = $(sort $(patsubst %.c,$(BUILD)/%,$(wildcard tests/$(1)/test_*.c tests/$(1)/*/test_*.c)))

RUNTIME_OBJECTS := $(call objects,$(wildcard runtime/*.c runtime/arch/*_$(ARCH).S))

# The other schedulers run all tasks on one thread (runtime/one_thread/). Channels and their like are the
# same source, compiled apart; these files are the real scheduler's own.
REAL_ONLY          := allocation blocking clock dump handle io monitor num_cpu overflow poller procs \
                      scheduler standing start tcp trace_ledger worker
ONE_THREAD_SOURCES := $(filter-out $(REAL_ONLY:%=runtime/%.c),$(wildcard runtime/*.c)) \
                      $(wildcard runtime/arch/*_$(ARCH).S runtime/one_thread/*.c)
one_thread          = $(addprefix $(BUILD)/one-thread/,$(addsuffix .o,$(basename $(1))))
SIM_LIBRARY        := $(BUILD)/libbarista-sim.a
EXPLORE_LIBRARY    := $(BUILD)/libbarista-explore.a

GRADER_OBJECTS  := $(call objects,$(filter-out grader/main.c,$(wildcard grader/*.c)))
DEMO_HELPERS    := $(call objects,$(wildcard lessons/*.c))
LIBRARY         := $(BUILD)/libbarista.a
GRADER_LIBRARY  := $(BUILD)/grader.a
INSIDE          := $(BUILD)/barista-inside
DEMOS           := $(patsubst %.c,$(BUILD)/%,$(wildcard lessons/*/demo.c))

RUNTIME_TESTS   := $(call tests,runtime)
# AddressSanitizer reserves more memory than the sandbox allows the programs of lessons/workloads, or these
# tests the grader.
NOT_SANITIZED   := $(if $(findstring -fsanitize,$(CFLAGS)),%/test_commands_curves %/test_commands_matrix \
                   %/test_environment)
GRADER_TESTS    := $(filter-out $(NOT_SANITIZED),$(call tests,grader))
LESSON_TESTS    := $(call tests,lessons)

# What tasks can use means the same under every scheduler: the runtime's tests of it run on virtual time too.
SIM_TESTS       := $(patsubst %,$(BUILD)/sim/tests/runtime/test_%,channel cond conformance deadlock error \
                     group leak misuse mutex once rwmutex select semaphore sleep stats task ticker trace \
                     wait wait_group)
VIRTUAL_TESTS   := $(call tests,sim)
EXPLAIN_TESTS   := $(call tests,explain)
VERDICT_TESTS   := $(call tests,verdicts)
# These measure times that other programs would disturb.
TIMED_TESTS     := $(BUILD)/tests/lessons/test_lessons $(VERDICT_TESTS) \
                   $(patsubst %,$(BUILD)/tests/grader/test_%,calibrate commands measure)
# The longest begin first, so that none of them is left at the end for one CPU.
LONG_TESTS      := $(EXPLAIN_TESTS) $(BUILD)/tests/lessons/test_text \
                   $(patsubst %,$(BUILD)/tests/grader/test_%,attacks commands_classify commands_why)
TESTS           := $(LONG_TESTS) $(filter-out $(LONG_TESTS),$(RUNTIME_TESTS) $(SIM_TESTS) \
                   $(VIRTUAL_TESTS) $(VERDICT_TESTS) $(GRADER_TESTS) $(LESSON_TESTS))

# Only what needs a header may include it, so each part sees its own headers and rt.h.
$(BUILD)/grader/%.o: INCLUDES += -iquote exercises -iquote runtime/sim
$(BUILD)/lessons/%.o: INCLUDES += -iquote lessons
$(BUILD)/tests/runtime/%.o: INCLUDES += -iquote tests/runtime -iquote runtime
$(BUILD)/tests/grader/%.o: INCLUDES += -iquote tests/grader -iquote grader -iquote exercises -iquote runtime/sim
$(BUILD)/tests/lessons/%.o: INCLUDES += -iquote tests/lessons -iquote lessons -iquote grader

GRADER_LIBS := -lyaml -ljansson -lm
CHECK_LIBS   = $(shell pkg-config --libs check)

all: ready workloads $(DEMOS) $(TESTS) ## build everything; this is what `make` alone does

ready: $(LIBRARY) $(SIM_LIBRARY) $(EXPLORE_LIBRARY) $(BARISTA) $(INSIDE)

$(BUILD)/%.o: %.c Makefile | setup-build
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

$(BUILD)/%.o: %.S Makefile | setup-build
	$(call say,AS,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

# It takes them in (grader/page_parts.c).
$(BUILD)/grader/page_parts.o: $(wildcard grader/page/*)

$(BUILD)/one-thread/%.o: INCLUDES += -iquote runtime -DRT__ONE_THREAD
$(BUILD)/one-thread/%.o: %.c Makefile | setup-build
	$(call say,CC1,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

$(BUILD)/one-thread/%.o: %.S Makefile | setup-build
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

# Check's header must be there before a test is compiled.
$(addsuffix .o,$(TESTS)) $(foreach area,runtime sim grader lessons,$(call helpers,$(area))): | setup-test

$(LIBRARY): $(RUNTIME_OBJECTS)
$(GRADER_LIBRARY): $(GRADER_OBJECTS)
$(SIM_LIBRARY): $(call one_thread,$(ONE_THREAD_SOURCES) $(wildcard runtime/sim/*.c))
$(BUILD)/%.a:
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

# Its own sections, so that it can tell the program's variables and code from its own (runtime/explore/program.c).
$(EXPLORE_LIBRARY): $(call one_thread,$(ONE_THREAD_SOURCES) $(wildcard runtime/explore/*.c))
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
	$(Q)$(OBJCOPY) $(foreach kind,text data bss,$(patsubst %,--rename-section %=rt_$(kind),$(rt_$(kind)))) $@
rt_text := .text .text.unlikely .text.hot .text.startup
rt_data := .data .data.rel .data.rel.local
rt_bss  := .bss

$(BARISTA): $(BUILD)/grader/main.o $(EXTRA_OBJECTS) $(GRADER_LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(GRADER_LIBS) -pthread

# Without sanitizers or coverage: they would need files and memory that the sandbox has not.
$(BUILD)/grader/inside/%.o $(INSIDE): override CFLAGS := -O2 -g
$(INSIDE): $(call objects,$(wildcard grader/inside/*.c))
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ -lseccomp

$(DEMOS): $(BUILD)/%: $(BUILD)/%.o $(DEMO_HELPERS) $(EXTRA_OBJECTS) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ -lm -pthread

# As the grader builds submissions for virtual time (grader/build.c), whatever CFLAGS are.
$(DEMOS:$(BUILD)/%=$(BUILD)/virtual/%): $(BUILD)/virtual/%: %.c $(wildcard lessons/*.c) $(SIM_LIBRARY)
	$(call say,SIM,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -g $(HARDENING) $(INCLUDES) -iquote lessons \
	  -fsanitize-coverage=trace-pc -o $@ $^ $(SIM_WRAPS) -lm

# A task is held up inside of malloc.
%/tests/runtime/test_allocation: override LDFLAGS += -Wl,--wrap=__libc_malloc

# A test program is one test file, the helpers of its area, and what it tests.
$(RUNTIME_TESTS): $(BUILD)/%: $(BUILD)/%.o $(call helpers,runtime) $(EXTRA_OBJECTS) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread

$(SIM_TESTS): $(BUILD)/sim/%: $(BUILD)/%.o $(call helpers,runtime) $(EXTRA_OBJECTS) $(SIM_LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread

# As the grader builds submissions for virtual time (grader/build.c).
$(BUILD)/tests/sim/%.o: INCLUDES += -fsanitize-coverage=trace-pc
SIM_WRAPS := $(patsubst %,-Wl$(comma)--wrap=%,clock_gettime gettimeofday time nanosleep clock_nanosleep \
                                              usleep sleep)
$(VIRTUAL_TESTS): override LDFLAGS += $(SIM_WRAPS)
$(VIRTUAL_TESTS): $(BUILD)/%: $(BUILD)/%.o $(call helpers,sim) $(EXTRA_OBJECTS) $(SIM_LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread

$(GRADER_TESTS): $(BUILD)/%: $(BUILD)/%.o $(call helpers,grader) $(EXTRA_OBJECTS) $(GRADER_LIBRARY) \
                             | $(INSIDE)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) $(GRADER_LIBS) -pthread

$(LESSON_TESTS): $(BUILD)/%: $(BUILD)/%.o $(call helpers,lessons) $(DEMO_HELPERS) $(EXTRA_OBJECTS) \
                             $(GRADER_LIBRARY) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) $(GRADER_LIBS) -pthread

# Its pictures are drawn by a clock of the test's own.
$(BUILD)/tests/lessons/test_timeline: override LDFLAGS += -Wl,--wrap=rt_now

include $(wildcard tests/*/*.mk lessons/*/*.mk)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- For those who work on Barista ---------------------------------------------------------------

# Tests run in the project's folder and find the barista program through the environment.
RUN_TESTS = BARISTA=$(BARISTA) ci/test-totals

test: ready $(DEMOS) $(TESTS) $(PERTURBED_BRIEFLY) ## run all tests
	$(Q)BUILD=$(BUILD) tests/runtime/conformance/compare
	$(Q)JOBS="$$(nproc)" $(RUN_TESTS) $(filter-out $(TIMED_TESTS),$(TESTS)) $(PERTURBED_BRIEFLY) --alone $(TIMED_TESTS)

test-runtime: $(RUNTIME_TESTS) $(SIM_TESTS) $(VIRTUAL_TESTS) ## run the runtime's tests only
	$(Q)$(RUN_TESTS) $^

test-grader: ready $(GRADER_TESTS) ## run the grader's tests only
	$(Q)$(RUN_TESTS) $(GRADER_TESTS)

test-lessons: ready $(DEMOS) $(LESSON_TESTS) ## prove that every stub fails, every solution passes, ...: [BRIEFLY=1]
	$(Q)$(if $(BRIEFLY),,TEST_LESSONS_ALL=1) $(RUN_TESTS) $(LESSON_TESTS)

coverage: $(LIBRARY) ## which lines do the tests reach? report in build/coverage/html
	@ci/setup coverage
	@ci/coverage

models: ## check the runtime's protocols in every order of steps: [LONG=1] [MODEL=select]
	@ci/setup models
	@ci/models $(if $(LONG),--long) $(MODEL)

style: ## check the layout of C files and the shell scripts
	@ci/setup style
	@ci/style

fresh-machine: ## prove the README's two commands on a fresh Debian (needs root and debootstrap)
	@ci/fresh-machine

setup: ## install everything that building and testing needs
	@CC="$(CC)" ci/setup test

setup-build setup-test:
	@CC="$(CC)" ci/setup $(@:setup-%=%)
setup-test: | setup-build

clean: ## remove everything that was built; your work stays
	rm -rf build

help: ## list these commands
	@echo "make COMMAND [NAME=value ...], for example: make check LESSON=00"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { \
	    line = sprintf("  %-16s", $$1); count = split($$2, words, " "); \
	    for (i = 1; i <= count; i++) { \
	        if (length(line) + 1 + length(words[i]) > 79) { print line; line = sprintf("%18s", "") } \
	        line = line " " words[i] } \
	    print line }' \
	  Makefile tests/*/*.mk

.PHONY: all ready $(COMMANDS) test test-runtime test-grader test-lessons coverage models style \
        fresh-machine setup setup-build setup-test clean help
