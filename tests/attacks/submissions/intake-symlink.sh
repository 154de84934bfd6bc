#!/bin/sh
# intake-symlink.sh - hands in a symbolic link to a file of the system. $1 is the folder to hand
# in.
#
# Expect: refused
# Tiers: ABCD
ln -s /etc/passwd "$1/attacked.c"
