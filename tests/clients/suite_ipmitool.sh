#!/bin/sh
# suite_ipmitool.sh - what ipmitool shows of a BMC, and does to it; claims that the
# client itself misses are marked as such, with the reason.
. "$SRCDIR/tests/lib/suite.sh"
need ipmitool

suite conformance/ipmitool 300
