#!/bin/sh
# suite_ipmitool.sh - what ipmitool shows of a BMC, and does to it; claims that the
# client itself misses are marked as such, with the reason.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds in all scenarios with ipmitool"
expect_ok "$IPMILAB" test --tag client --jobs 2 --traces "$WORK/traces" \
    scenarios/conformance/ipmitool

it "plays three hundred tests and more"
tests=$(sed -n 's/^\([0-9]*\) tests, .*/\1/p' "$OUT")
[ "${tests:-0}" -ge 300 ] || fail "$(tail -n 5 "$OUT")"
