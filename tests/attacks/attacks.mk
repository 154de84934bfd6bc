# What is proved of the sandbox; see tests/attacks/README.md. The Makefile includes this file.

ATTACK_TOOLS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/attacks/*.c))

$(BUILD)/tests/attacks/%.o: INCLUDES += -iquote tests/attacks -iquote grader
$(ATTACK_TOOLS): $(BUILD)/%: $(BUILD)/%.o $(EXTRA_OBJECTS) $(GRADER_LIBRARY) | $(INSIDE)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ $(GRADER_LIBS) -pthread

sandbox-cost: $(BUILD)/tests/attacks/cost ## how much longer a run takes in each tier of the sandbox
	@$<

.PHONY: sandbox-cost
