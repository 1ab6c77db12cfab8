#!/bin/sh
# suite_pyghmi.sh - the scenarios with pyghmi hold: those that ask little of it,
# for it waits long where a machine is busy. pyghmi.sh does the rest.
. "$SRCDIR/tests/lib/suite.sh"
need python3

suite conformance/pyghmi 5 quick
