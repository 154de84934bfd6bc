#!/bin/sh
# intake-link-to-folder.sh - hands in a link to a folder in which there is what was asked for.
#
# Expect: refused
# Tiers: ABCD
rmdir "$1" && ln -s "$(dirname "$1")/exercises/99-attacked" "$1"
