#!/bin/sh
# suite_faults.sh - what the field's clients make of faults: each claim is what a
# correct client must do; those that an installed one is known to miss say so.
. "$SRCDIR/tests/lib/suite.sh"
need ipmitool ipmi-sensors ipmi-sel ipmi-fru ipmi-chassis bmc-info ipmipower

suite faults 100
