#!/bin/sh
# suite_ipmiutil.sh - the scenarios with ipmiutil hold.
. "$SRCDIR/tests/lib/suite.sh"
need ipmiutil

suite conformance/ipmiutil 70
