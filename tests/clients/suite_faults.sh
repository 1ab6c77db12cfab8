#!/bin/sh
# suite_faults.sh - what the field's clients make of faults: each claim is what a
# correct client must do; those that an installed one is known to miss say so.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-sensors ipmi-sel ipmi-fru ipmi-chassis bmc-info ipmipower

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds in all scenarios of faults with clients"
expect_ok "$IPMILAB" test --tag client --jobs 2 --traces "$WORK/traces" scenarios/faults

it "plays a hundred tests and more"
tests=$(sed -n 's/^\([0-9]*\) tests, .*/\1/p' "$OUT")
[ "${tests:-0}" -ge 100 ] || fail "$(tail -n 5 "$OUT")"
