#!/bin/sh
# suite_freeipmi.sh - the scenarios with FreeIPMI's programs hold.
. "$SRCDIR/tests/lib/suite.sh"
need bmc-info bmc-device ipmi-chassis ipmi-config ipmi-dcmi ipmi-fru ipmi-pet ipmi-raw ipmi-sel \
    ipmi-sensors ipmiconsole ipmipower

suite conformance/freeipmi 300
