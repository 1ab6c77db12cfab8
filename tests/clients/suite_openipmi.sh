#!/bin/sh
# suite_openipmi.sh - the scenarios with OpenIPMI's programs hold.
. "$SRCDIR/tests/lib/suite.sh"
need openipmicmd openipmish rmcp_ping solterm

suite conformance/openipmi 45
