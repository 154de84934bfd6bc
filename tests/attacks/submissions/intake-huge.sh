#!/bin/sh
# intake-huge.sh - hands in a file of 1 GiB, which takes no space on disk.
#
# Expect: refused
# Tiers: ABCD
truncate -s 1G "$1/attacked.c"
