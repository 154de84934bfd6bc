# The workloads of `make matrix` and `make curves`; see lessons/workloads/workload.h. The Makefile includes this
# file.
#
#     lessons/workloads/NAME.c + harness.c + exercises/exercise.c  ->  build/workloads/NAME        on threads
#     the same, with basic blocks counted                          ->  build/workloads/NAME.sim    in virtual time

WORKLOADS         := $(patsubst lessons/workloads/%.c,$(BUILD)/workloads/%, \
                       $(filter-out %/harness.c,$(wildcard lessons/workloads/*.c)))
WORKLOADS_VIRTUAL := $(WORKLOADS:=.sim)
HARNESS_OBJECTS   := $(call objects,exercises/exercise.c exercises/spent.c)
WORKLOAD_FLAGS    := -iquote lessons/workloads -iquote exercises

$(BUILD)/lessons/workloads/%.o: INCLUDES += $(WORKLOAD_FLAGS)
$(WORKLOADS): $(BUILD)/workloads/%: $(BUILD)/lessons/workloads/%.o $(BUILD)/lessons/workloads/harness.o \
                                    $(HARNESS_OBJECTS) $(EXTRA_OBJECTS) $(LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ -pthread -lm

# As the grader builds submissions for virtual time (grader/build.c), whatever CFLAGS are: blocks are counted, and
# how many there are depends on them. A step of computing is one block, which clang would unroll to an eighth.
$(BUILD)/workloads/%.sim.o: lessons/workloads/%.c Makefile lessons/workloads/workloads.mk | setup-build
	$(call say,SIM,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -g $(HARDENING) $(WARNINGS) $(INCLUDES) $(WORKLOAD_FLAGS) \
	  -fsanitize-coverage=trace-pc -fno-unroll-loops -MMD -MP -c -o $@ $<

$(WORKLOADS_VIRTUAL): override LDFLAGS += $(SIM_WRAPS)
$(WORKLOADS_VIRTUAL): %: %.o $(BUILD)/workloads/harness.sim.o $(HARNESS_OBJECTS) $(EXTRA_OBJECTS) \
                      $(SIM_LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ -pthread -lm

$(addprefix $(BUILD)/tests/grader/test_commands_,matrix curves): | $(WORKLOADS) $(WORKLOADS_VIRTUAL)

workloads: $(WORKLOADS) $(WORKLOADS_VIRTUAL)

.PHONY: workloads
