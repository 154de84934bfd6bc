# The pages that `make trace HTML=...` makes, in a browser; see tests/pictures/check. The Makefile includes this.

test-pictures: ready ## look at the pages of `make trace` in headless Chromium
	@ci/setup pictures
	@tests/pictures/check

.PHONY: test-pictures
