#!/bin/sh
# intake-device.sh - hands in a device, or, without the right to make one, a link to it.
#
# Expect: refused
# Tiers: ABCD
mknod "$1/attacked.c" c 1 5 2>/dev/null || ln -s /dev/zero "$1/attacked.c"
