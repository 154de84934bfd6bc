# What `make test` does too little of to prove anything about rare schedules. The Makefile includes this.
#
#     runtime/*.c, tests/runtime/*.c  ->  build/perturb/...    with delays in every protocol (perturb.h)
#     tests/runtime/stress/stress.c   ->  build/stress         a billion channel operations

# ---- Perturbed schedules -------------------------------------------------------------------------

# A tiny ring makes its overflow common.
PERTURB := $(BUILD)/perturb
$(PERTURB)/%.o: DEFINES := -DRT_PERTURB -DRT__RUN_QUEUE_SIZE=8

perturbed = $(patsubst $(BUILD)/%,$(PERTURB)/%,$(1))
PERTURBED_LIBRARY := $(call perturbed,$(LIBRARY))
PERTURBED_TESTS   := $(call perturbed,$(RUNTIME_TESTS))

# What `make test` runs once, with a fresh seed each time: some seconds.
PERTURBED_BRIEFLY := $(addprefix $(PERTURB)/tests/runtime/test_,channel group mutex select stress timer)

$(PERTURB)/tests/runtime/%.o: INCLUDES += -iquote tests/runtime -iquote runtime
$(addsuffix .o,$(PERTURBED_TESTS)) $(call perturbed,$(call helpers,runtime)): | setup-test

$(PERTURB)/%.o: %.c Makefile | setup-build
	$(call say,CC,$(PERTURB)/$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

$(PERTURB)/%.o: %.S Makefile | setup-build
	$(call say,AS,$(PERTURB)/$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

$(PERTURBED_LIBRARY): $(call perturbed,$(RUNTIME_OBJECTS))

$(PERTURBED_TESTS): %: %.o $(call perturbed,$(call helpers,runtime)) $(EXTRA_OBJECTS) $(PERTURBED_LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread

# test_stack bounds the stacks in use at a time, and so the number of tasks that are late.
perturb: $(filter-out %/test_stack,$(PERTURBED_TESTS)) ## run the runtime's tests with schedules disturbed at random: [SECONDS=60]
	$(Q)ci/perturb "$(or $(SECONDS),60)" $^

# ---- Stress --------------------------------------------------------------------------------------

STRESS := $(BUILD)/stress

$(STRESS): $(BUILD)/tests/runtime/stress/stress.o $(EXTRA_OBJECTS) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ -pthread

stress: $(STRESS) ## a billion channel operations, none of which may be lost: [OPS=1e9] [SEED=17]
	$(Q)$(STRESS) "$(or $(OPS),1e9)" $(SEED)

.PHONY: perturb stress
