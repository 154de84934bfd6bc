# The simulator against reality; see tests/simulate/README.md. The Makefile includes this file.
#
#     tests/simulate/main.c + programs/NAME.c  ->  build/simulate/real/NAME       on threads
#     the same, with basic blocks counted      ->  build/simulate/virtual/NAME    in virtual time

VALIDATED         := $(basename $(notdir $(wildcard tests/simulate/programs/*.c)))
VALIDATED_REAL    := $(VALIDATED:%=$(BUILD)/simulate/real/%)
VALIDATED_VIRTUAL := $(VALIDATED:%=$(BUILD)/simulate/virtual/%)

$(BUILD)/tests/simulate/%.o $(BUILD)/simulate/tests/%.o: INCLUDES += -iquote tests/simulate

$(VALIDATED_REAL): $(BUILD)/simulate/real/%: $(BUILD)/tests/simulate/programs/%.o \
                                             $(BUILD)/tests/simulate/main.o $(LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ -pthread

# As the grader builds submissions for virtual time (grader/build.c).
$(BUILD)/simulate/tests/%.o: INCLUDES += -fsanitize-coverage=trace-pc
$(BUILD)/simulate/%.o: %.c Makefile
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -o $@ $<

$(VALIDATED_VIRTUAL): override LDFLAGS += $(SIM_WRAPS)
$(VALIDATED_VIRTUAL): $(BUILD)/simulate/virtual/%: $(BUILD)/simulate/tests/simulate/programs/%.o \
                                                   $(BUILD)/tests/simulate/main.o $(SIM_LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ -pthread

# A short form, which cannot fail on a busy machine.
TEST_VALIDATED := $(BUILD)/tests/simulate/test_validated
TESTS += $(TEST_VALIDATED)
$(TEST_VALIDATED): $(BUILD)/%: $(BUILD)/%.o $(VALIDATED_REAL) $(VALIDATED_VIRTUAL)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $< $(CHECK_LIBS)

validated: $(VALIDATED_REAL) $(VALIDATED_VIRTUAL)

validate: validated ## hold the simulator against real runs, on a quiet machine: [ROUNDS=5] [NAMES="..."] [CALIBRATE=1]
	$(Q)tests/simulate/validate $(if $(ROUNDS),-r "$(ROUNDS)") $(if $(CALIBRATE),-c) $(NAMES)

test-simulate: ready ## prove that simulations are the same everywhere: [LESSON=04] [TIMES=20]
	$(Q)tests/simulate/same-everywhere $(if $(TIMES),-n "$(TIMES)") $(LESSON)

.PHONY: validated validate test-simulate
