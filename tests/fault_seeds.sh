#!/bin/sh
# fault_seeds.sh - what is claimed of faults holds whatever chance does: under each
# of twenty seeds, and a seed under which a claim does not hold shows it alone.
. "$SRCDIR/tests/lib/sh.sh"

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds under seeds 1 to 20"
expect_ok "$IPMILAB" test --tag '!client' --seeds 1..20 --jobs 2 --traces "$WORK/traces" \
    scenarios/faults

it "tells the command that shows a failure alone"
cat >"$WORK/wrong.lua" <<'LUA'
test("nothing is ever lost", function()
  local b = bmc "server-1u"
  b:fault { on = "lan", effect = "lose", probability = "1%" }
  local c = b:connect { retries = 20 }
  for _ = 1, 10 do c:cmd(6, 1) end
  expect_eq(c:info().retries, 0)
end)
LUA
expect_exit 1 "$IPMILAB" test --seeds 1..20 --jobs 2 "$WORK/wrong.lua"
again=$(sed -n 's/^ *again: *ipmilab //p' "$OUT" | head -n 1)
grep -v '^[0-9]* tests*,' "$OUT" | sed -n '1,/again:/p' >"$WORK/first"
[ -n "$again" ] || fail "no command"
# shellcheck disable=SC2086
expect_exit 1 "$IPMILAB" $again
grep -v '^[0-9]* tests*,' "$OUT" >"$WORK/alone"
expect_ok cmp "$WORK/first" "$WORK/alone"
