#!/bin/sh
# intake-folder.sh - hands in a folder by the name of a file.
#
# Expect: refused
# Tiers: ABCD
mkdir "$1/attacked.c"
