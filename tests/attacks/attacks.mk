# What is proved of the sandbox; see tests/attacks/README.md. The Makefile includes this file.

ATTACKS      := $(BUILD)/tests/attacks/attacks
FAULTS       := $(BUILD)/tests/attacks/faults
HONEST       := $(BUILD)/tests/attacks/honest
SANDBOX_COST := $(BUILD)/tests/attacks/cost

$(BUILD)/tests/attacks/%.o: INCLUDES += -iquote tests/attacks -iquote grader
$(ATTACKS) $(FAULTS): $(call objects,$(patsubst %,tests/attacks/%.c,attempt course))
$(ATTACKS) $(FAULTS) $(HONEST) $(SANDBOX_COST): $(BUILD)/%: $(BUILD)/%.o $(EXTRA_OBJECTS) $(GRADER_LIBRARY) | $(INSIDE)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $(filter %.o,$^) $(GRADER_LIBRARY) $(GRADER_LIBS) -pthread

$(BUILD)/tests/grader/test_attacks: | $(ATTACKS) $(HONEST)

attacks: ready $(ATTACKS) ## hand in hostile submissions, in every tier of the sandbox: [ATTACK=write]
	@BUILD=$(BUILD) $(ATTACKS) $(ATTACK)

faults: ready $(FAULTS) ## make system calls fail and graders die: no run without its sandbox: [TIER=B]
	@BUILD=$(BUILD) $(FAULTS) $(TIER)

honest: ready $(HONEST) ## run honest programs in every tier of the sandbox, which may block none: [TIER=B] [NAME=sort]
	@$(HONEST) $(TIER) $(NAME)

sandbox-cost: $(SANDBOX_COST) ## how much longer a run takes in each tier of the sandbox
	@$<

.PHONY: attacks faults honest sandbox-cost
