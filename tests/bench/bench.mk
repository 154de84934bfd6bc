# The benchmarks; see tests/bench/README.md. The Makefile includes this file.
#
#     tests/bench/*.c + tests/bench/barista/*.c       ->  build/bench/bench           our runtime
#     tests/bench/*.c + tests/bench/peers/<peer>/...  ->  build/bench/peers/<peer>    another's
#     tests/bench/limits/limits.c                     ->  build/bench/limits          the machine's part
#
# Nobody needs the peers in order to build or test Barista. So no other target depends on them:
# tests/bench/compare asks for those whose compilers and libraries are there.

BENCH_SHARED  := $(call objects,$(wildcard tests/bench/*.c))
BENCH_PROGRAM := $(BUILD)/bench/bench
PEERS         := $(BUILD)/bench/peers

$(BUILD)/tests/bench/%.o: INCLUDES += -iquote tests/bench

$(BENCH_PROGRAM): $(BENCH_SHARED) $(call objects,$(wildcard tests/bench/barista/*.c)) $(LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ -pthread

$(PEERS)/go: $(wildcard tests/bench/peers/go/*.go)
	$(call say,GO,$@)
	@mkdir -p $(@D)
	$(Q)GO111MODULE=off go build -o $@ ./tests/bench/peers/go

$(BUILD)/tests/bench/peers/openmp/%.o: INCLUDES += -fopenmp
$(PEERS)/openmp: $(BUILD)/tests/bench/peers/openmp/main.o $(BENCH_SHARED)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -fopenmp -o $@ $^

# Warnings are no errors here: the headers of a peer's next version may earn some.
$(BUILD)/tests/bench/peers/%.o: tests/bench/peers/%.cpp
	$(call say,CXX,$<)
	@mkdir -p $(@D)
	$(Q)$(CXX) -std=c++17 $(CFLAGS) -Wall -Wextra $(INCLUDES) -MMD -MP -c -o $@ $<

$(PEERS)/tbb: PEER_LIBS := -ltbb
$(PEERS)/fiber: PEER_LIBS := -lboost_fiber -lboost_context
$(PEERS)/tbb $(PEERS)/fiber: $(PEERS)/%: $(BUILD)/tests/bench/peers/%/main.o $(BENCH_SHARED)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PEER_LIBS) -pthread

$(BUILD)/tests/bench/limits/%.o: INCLUDES += -iquote runtime
$(BUILD)/bench/limits: $(BUILD)/tests/bench/limits/limits.o $(LIBRARY)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $^ -pthread

bench-limits: $(BUILD)/bench/limits ## what the machine takes for what no scheduler can leave out
	$(Q)$<

bench: ## compare the runtime's speed with Go and others: [BENCH="fib skynet"] [REPEAT=5]
	@MAKEFLAGS= tests/bench/compare $(if $(REPEAT),-r "$(REPEAT)") $(BENCH)

.PHONY: bench bench-limits
