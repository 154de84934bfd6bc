# The programs that explanations are judged on; see tests/explain/README.md. The Makefile includes this file.
#
#     tests/explain/CAUSE-what.c  ->  build/tests/explain/CAUSE-what

EXPLAIN_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/explain/*-*.c))

$(EXPLAIN_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(EXTRA_OBJECTS) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ -lm -pthread

$(EXPLAIN_TESTS): $(BUILD)/%: $(BUILD)/%.o $(EXTRA_OBJECTS) | $(EXPLAIN_PROGRAMS)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread
