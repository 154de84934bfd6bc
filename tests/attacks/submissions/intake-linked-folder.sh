#!/bin/sh
# intake-linked-folder.sh - hands in a link to the folder that holds the oracle.
#
# Expect: refused
# Tiers: ABCD
ln -s ../exercises/99-attacked/oracle.c "$1/attacked.c"
