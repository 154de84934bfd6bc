# Are the verdicts right, on any machine? See tests/verdicts/verdicts.c. The full number of gradings takes hours: the
# target is for a night, `make test` grades two submissions in two conditions.

VERDICTS := $(BUILD)/tests/verdicts/verdicts
$(BUILD)/tests/verdicts/%.o: INCLUDES += -iquote grader -iquote runtime/sim
$(VERDICTS): $(call objects,$(filter-out tests/verdicts/test_%,$(wildcard tests/verdicts/*.c))) $(GRADER_LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(GRADER_LIBS) -pthread

$(VERDICT_TESTS): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/tests/verdicts/workers.o | $(VERDICTS) ready
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread

SOLUTIONS ?= 2000
DECOYS    ?= 1000
test-verdicts: ready $(VERDICTS) ## grade solutions and decoys under four conditions: [SOLUTIONS=2000] [DECOYS=1000] [SEED=1]
	$(Q)$(VERDICTS) --solutions $(SOLUTIONS) --decoys $(DECOYS) --seed $(or $(SEED),1)

.PHONY: test-verdicts
