#!/bin/sh
# suite_freeipmi.sh - the scenarios with FreeIPMI's programs hold.
. "$SRCDIR/tests/lib/clients.sh"
need bmc-info bmc-device ipmi-chassis ipmi-config ipmi-dcmi ipmi-fru ipmi-pet ipmi-raw ipmi-sel \
    ipmi-sensors ipmiconsole ipmipower

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds in all scenarios with FreeIPMI"
expect_ok "$IPMILAB" test --tag client --jobs 2 --traces "$WORK/traces" scenarios/conformance/freeipmi

it "plays three hundred tests and more"
tests=$(sed -n 's/^\([0-9]*\) tests, .*/\1/p' "$OUT")
[ "${tests:-0}" -ge 300 ] || fail "$(tail -n 5 "$OUT")"
