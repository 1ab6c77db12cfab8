#!/bin/sh
# suite_openipmi.sh - the scenarios with OpenIPMI's programs hold.
. "$SRCDIR/tests/lib/clients.sh"
need openipmicmd openipmish rmcp_ping solterm

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds in all scenarios with OpenIPMI's programs"
expect_ok "$IPMILAB" test --tag client --jobs 2 --traces "$WORK/traces" scenarios/conformance/openipmi

it "plays 45 tests and more"
tests=$(sed -n 's/^\([0-9]*\) tests, .*/\1/p' "$OUT")
[ "${tests:-0}" -ge 45 ] || fail "$(tail -n 5 "$OUT")"
