#!/bin/sh
# intake-fifo.sh - hands in a pipe, on which the grader would wait.
#
# Expect: refused
# Tiers: ABCD
mkfifo "$1/attacked.c"
