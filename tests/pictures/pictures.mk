# What `make trace HTML=...` and `make curves SVG=...` make, in a browser; see tests/pictures/check. The Makefile includes this.

test-pictures: ready workloads ## look at the pages of `make trace` and the curves in headless Chromium
	@ci/setup pictures
	@tests/pictures/check

.PHONY: test-pictures
