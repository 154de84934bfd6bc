#!/bin/sh
# intake-hard-link.sh - hands in a second name of a file that is not the student's.
#
# Expect: refused
# Tiers: ABCD
ln "$1/../exercises/99-attacked/oracle.c" "$1/attacked.c"
