# Fuzzing of all that reads what a submission can produce, and of lessons. The Makefile includes this file.
#
#     tests/fuzz/NAME.c          what is fuzzed
#     tests/fuzz/corpus/NAME/    inputs to begin with, and those that once found something
#     build/fuzz/found/NAME/     inputs that reached something new, kept between runs

FUZZERS  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*.c))
FUZZABLE := CC=clang BUILD=build/fuzz CFLAGS="-O1 -g -fno-omit-frame-pointer \
            -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all"

$(BUILD)/tests/fuzz/%.o: INCLUDES += -iquote grader -iquote exercises -iquote runtime/sim
$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(GRADER_LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -fsanitize=fuzzer -o $@ $^ $(GRADER_LIBS) -pthread

fuzzers: $(FUZZERS)

fuzz: ## feed random bytes to all that reads what submissions produce: [SECONDS=60] [FUZZER=object]
	@ci/setup fuzz
	@$(MAKE) --no-print-directory $(FUZZABLE) fuzzers
	@tests/fuzz/run "$(or $(SECONDS),60)" $(FUZZER)

.PHONY: fuzz fuzzers
