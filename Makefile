# Barista's build. `make help` lists what it can do, `make V=1 ...` shows the full commands.
#
# Every C file is compiled on its own into $(BUILD), with a .d file beside the object that lists the
# headers it read, so that a changed header rebuilds exactly what includes it. Nothing is registered
# here by name: a new runtime/*.c, grader/*.c or tests/*/test_*.c is found by its place.
#
#   runtime/*.c, runtime/arch/*_$(ARCH).S   -> $(BUILD)/libbarista.a
#   grader/*.c                              -> $(BUILD)/barista
#   tests/<area>/test_*.c                   -> $(BUILD)/tests/<area>/test_*
#
# All paths are relative, so that the project may live in a folder with spaces in its name.

BUILD  := build
ARCH   := $(shell uname -m)
CFLAGS ?= -O2 -g
EXTRA_CFLAGS  :=
EXTRA_LDFLAGS :=

WARNINGS := -Wall -Wextra -Werror
INCLUDES := -Iruntime/include -Iruntime -Igrader -Iexercises
COMPILE   = $(CC) -std=c11 -D_GNU_SOURCE $(CFLAGS) $(WARNINGS) $(INCLUDES) $(EXTRA_CFLAGS) -MMD -MP
LINK      = $(CC) $(CFLAGS) $(EXTRA_LDFLAGS)

# Quiet lines such as "CC runtime/channel.c"; V=1 shows the whole commands instead.
V   ?= 0
Q   := $(if $(filter 0,$(V)),@)
say  = @$(if $(filter 0,$(V)),printf '%-4s %s\n' $(1) $(2),:)

# ---- What is built from what ---------------------------------------------------------------------

RUNTIME_SOURCES := $(wildcard runtime/*.c runtime/arch/*_$(ARCH).S)
GRADER_SOURCES  := $(wildcard grader/*.c)
TEST_SOURCES    := $(wildcard tests/*/test_*.c)

objects = $(addprefix $(BUILD)/,$(addsuffix .o,$(basename $(1))))

RUNTIME_OBJECTS := $(call objects,$(RUNTIME_SOURCES))
GRADER_OBJECTS  := $(call objects,$(GRADER_SOURCES))
TEST_OBJECTS    := $(call objects,$(TEST_SOURCES))

LIBRARY := $(if $(RUNTIME_SOURCES),$(BUILD)/libbarista.a)
BARISTA := $(if $(filter grader/main.c,$(GRADER_SOURCES)),$(BUILD)/barista)

TESTS   := $(patsubst %.c,$(BUILD)/%,$(TEST_SOURCES))
RUNTIME_TESTS := $(filter $(BUILD)/tests/runtime/%,$(TESTS))
GRADER_TESTS  := $(filter $(BUILD)/tests/grader/%,$(TESTS))
LESSON_TESTS  := $(filter $(BUILD)/tests/lessons/%,$(TESTS))

# The grader reads lessons with libyaml and writes reports with jansson; tests stand on Check, whose
# pieces differ between distributions, so pkg-config knows them where it is there.
GRADER_LIBS := -lyaml -ljansson -lm -pthread
CHECK_LIBS   = $(or $(shell pkg-config --libs check 2>/dev/null),-lcheck -lsubunit -lrt -lm)

.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

all: $(LIBRARY) $(BARISTA) $(TESTS) ## build everything (this is what `make` alone does)

$(BUILD)/%.o: %.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/%.o: %.S
	$(call say,AS,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/libbarista.a: $(RUNTIME_OBJECTS)
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/barista: $(GRADER_OBJECTS)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(GRADER_LIBS)

# A test program is one test file and what it tests. Grader tests stand on all of the grader but its
# main(); lesson tests only run the barista program and read its JSON.
$(RUNTIME_TESTS): $(BUILD)/%: $(BUILD)/%.o $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -pthread

$(GRADER_TESTS): $(BUILD)/%: $(BUILD)/%.o $(filter-out %/main.o,$(GRADER_OBJECTS))
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) $(GRADER_LIBS)

$(LESSON_TESTS): $(BUILD)/%: $(BUILD)/%.o
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) $(GRADER_LIBS)

-include $(patsubst %.o,%.d,$(RUNTIME_OBJECTS) $(GRADER_OBJECTS) $(TEST_OBJECTS))

# ---- Tests ---------------------------------------------------------------------------------------

test: all ## run all tests
	$(Q)for t in $(TESTS); do $$t || exit 1; done

test-runtime: $(RUNTIME_TESTS) ## run the runtime's tests
	$(Q)for t in $^; do $$t || exit 1; done

test-grader: $(GRADER_TESTS) $(LIBRARY) $(BARISTA) ## run the grader's tests
	$(Q)for t in $(GRADER_TESTS); do $$t || exit 1; done

test-lessons: $(LESSON_TESTS) $(LIBRARY) $(BARISTA) ## check every stub, solution and decoy
	$(Q)for t in $(LESSON_TESTS); do $$t || exit 1; done

clean: ## remove everything that was built
	rm -rf build

.PHONY: all test test-runtime test-grader test-lessons clean
