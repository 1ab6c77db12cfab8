#!/bin/sh
# suite_fleet.sh - many BMCs before the real clients; and a fleet's history, which
# is the seed's alone.
. "$SRCDIR/tests/lib/suite.sh"
need ipmipower

fleet=$SRCDIR/scenarios/fleet

it "holds with the clients"
expect_ok "$IPMILAB" test --tag client --jobs 2 --traces "$WORK/traces" "$fleet"

# history SEED: the number of a fleet's hour.
history()
{
    "$IPMILAB" run --seed "$1" "$fleet/histories.lua" | grep "^the hour's number"
}

it "has one history for a seed, and another for another"
one=$(history 1)
[ -n "$one" ] || fail "no history"
expect_same "$(history 1)" "$one"
[ "$(history 2)" != "$one" ] || fail "seeds 1 and 2 have the same history"
