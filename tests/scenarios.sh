#!/bin/sh
# scenarios.sh - the scenarios that need no client hold, in virtual time, and the
# report of a run is always the same. Those with clients: tests/clients/suite_*.sh.
. "$SRCDIR/tests/lib/sh.sh"

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

# play FILE OPTION... - all scenarios; the report goes to the file.
play()
{
    to=$1
    shift
    "$IPMILAB" test --tag '!client' --tap "$@" scenarios >"$to" 2>&1
}

it "holds in all scenarios"
if ! play "$WORK/two" --jobs 2 --traces "$WORK/traces"; then
    "$IPMILAB" test --tag '!client' scenarios >"$OUT" 2>&1
    fail "$(cat "$OUT")"
fi

it "says the same in one process and in many"
play "$WORK/five" --jobs 5
expect_ok cmp "$WORK/two" "$WORK/five"

it "plays a hundred and fifty tests and more"
[ "$(grep -c '^ok' "$WORK/two")" -ge 150 ] || fail "$(tail -n 5 "$WORK/two")"
