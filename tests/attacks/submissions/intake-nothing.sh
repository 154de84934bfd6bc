#!/bin/sh
# intake-nothing.sh - hands in an empty folder with an odd name in it.
#
# Expect: refused
# Tiers: ABCD
touch "$1/$(printf '..\\n\033[2J-rf \\ *.c')"
