#!/bin/sh
# suite_ipmiutil.sh - the scenarios with ipmiutil hold.
. "$SRCDIR/tests/lib/clients.sh"
need ipmiutil

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds in all scenarios with ipmiutil"
expect_ok "$IPMILAB" test --tag client --jobs 2 --traces "$WORK/traces" scenarios/conformance/ipmiutil

it "plays 70 tests and more"
tests=$(sed -n 's/^\([0-9]*\) tests, .*/\1/p' "$OUT")
[ "${tests:-0}" -ge 70 ] || fail "$(tail -n 5 "$OUT")"
