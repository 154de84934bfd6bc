# The exploration of schedules, tested; see runtime/explore/explore.h. The Makefile includes this file.
#
#     tests/explore/{bugs,correct,programs}/*.c  ->  build/tests/explore/...    each explores itself when it is started

EXPLORED  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/explore/bugs/*.c tests/explore/correct/*.c \
               tests/explore/programs/*.c))
# Two sanitizers can't be in one program.
EXPLORE_TESTS := $(if $(findstring -fsanitize,$(CFLAGS)),,$(call tests,explore))
TESTS += $(EXPLORE_TESTS)

# As the grader builds them (grader/build.c).
$(EXPLORED:=.o): INCLUDES += -fsanitize=thread
$(EXPLORED): $(BUILD)/%: $(BUILD)/%.o $(EXPLORE_LIBRARY) runtime/explore/link.flags
	$(call say,LD,$@)
	$(Q)$(CC) -rdynamic -o $@ $< @runtime/explore/link.flags $(EXPLORE_LIBRARY) -pthread -lm

$(BUILD)/tests/explore/test_%.o: DEFINES += -DEXPLORED='"$(BUILD)/tests/explore"'
$(EXPLORE_TESTS): $(BUILD)/%: $(BUILD)/%.o | $(EXPLORED)
	$(call say,LD,$@)
	$(Q)$(LINK) -o $@ $^ $(CHECK_LIBS) -pthread

test-explore: $(EXPLORED) $(EXPLORE_TESTS) ## explore the schedules of programs with and without bugs
	$(Q)$(RUN_TESTS) $(EXPLORE_TESTS)
	$(Q)BUILD=$(BUILD) tests/explore/judge

bench-explore: $(BUILD)/tests/explore/programs/speed ## how many schedules a second are explored
	$(Q)tests/explore/speed $<

.PHONY: test-explore bench-explore
