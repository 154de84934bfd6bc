# The programs that explanations are judged on; see tests/explain/README.md. The Makefile includes this file.
#
#     tests/explain/CAUSE-what.c             ->  build/tests/explain/CAUSE-what, and .sim for virtual time
#     tests/explain/explain.c + the grader   ->  build/tests/explain/explain, which judges them

EXPLAIN_PROGRAMS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/explain/*-*.c))

$(EXPLAIN_PROGRAMS): $(BUILD)/%: $(BUILD)/%.o $(EXTRA_OBJECTS) $(LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ -lm -pthread

$(EXPLAIN_TESTS): $(BUILD)/%: $(BUILD)/%.o $(EXTRA_OBJECTS) | $(EXPLAIN_PROGRAMS)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -lm -pthread

# As the grader builds submissions (grader/build.c), whatever CFLAGS are.
EXPLAIN_SIM := $(EXPLAIN_PROGRAMS:%=%.sim)
$(EXPLAIN_SIM): $(BUILD)/%.sim: %.c $(SIM_LIBRARY)
	$(call say,SIM,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -g -fstack-clash-protection -fno-omit-frame-pointer $(INCLUDES) \
	  -fsanitize-coverage=trace-pc -o $@ $^ $(patsubst %,-Wl$(comma)--wrap=%,clock_gettime gettimeofday \
	  time nanosleep clock_nanosleep usleep sleep) -lm

EXPLAIN := $(BUILD)/tests/explain/explain
$(BUILD)/tests/explain/explain.o: INCLUDES += -iquote grader -iquote runtime/sim
$(EXPLAIN): $(BUILD)/tests/explain/explain.o $(GRADER_LIBRARY)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(GRADER_LIBS) -pthread

$(BUILD)/tests/explain/test_causes: | $(EXPLAIN) $(EXPLAIN_SIM)

test-explain: $(EXPLAIN) $(EXPLAIN_SIM) $(EXPLAIN_PROGRAMS) ## is the cause found why programs are slow, and the line?
	$(Q)$(EXPLAIN) $(wildcard tests/explain/*-*.c)
	$(Q)$(EXPLAIN) --real $(wildcard tests/explain/memory_*.c tests/explain/none-*.c)

.PHONY: test-explain
