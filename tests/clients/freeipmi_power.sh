#!/bin/sh
# freeipmi_power.sh - ipmipower, on one BMC and on a hundred at once.
. "$SRCDIR/tests/lib/clients.sh"
need ipmipower

bmcs=100

# Ask all BMCs of the lab at once.
power_all()
{
    hosts=$(awk '$1 == "ready" { printf "%s%s:%s", n++ ? "," : "", $3, $4 }' "$WORK/ready")
    timeout "$COMMAND_S" ipmipower -D "$1" -h "$hosts" -u "$USER_NAME" -p "$PASS" "$2"
}

# All must say so, and nothing else.
expect_all()
{
    expect_clean power_all "$1" "$2"
    expect_same "$(grep -c ": $3\$" "$OUT") of $(wc -l <"$OUT")" "$bmcs of $bmcs"
}

wait_for_all()
{
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        attempt power_all LAN_2_0 --stat
        [ "$(grep -c ": $1\$" "$OUT")" -ne "$bmcs" ] || return 0
        sleep 0.5
    done
    fail_command "not all are $1"
}

lab_start --count "$bmcs" "$MACHINES/server-1u.emu"

it "answers a hundred times at once, IPMI 2.0"
expect_clean power_all LAN_2_0 --stat
expect_same "$(grep -Ec ': (on|off)$' "$OUT")" "$bmcs"

it "answers a hundred times at once, IPMI 1.5"
expect_clean power_all LAN --stat
expect_same "$(grep -Ec ': (on|off)$' "$OUT")" "$bmcs"

it "is switched on a hundred times"
expect_all LAN_2_0 --on ok
wait_for_all on

it "is reset, and interrupted"
expect_all LAN_2_0 --reset ok
wait_for_all on
expect_all LAN_2_0 --pulse ok

it "is switched off a hundred times"
expect_all LAN --off ok
wait_for_all off

it "leaves the others alone when one is switched on"
expect_answer ': ok$' free20 ipmipower --on --wait-until-on
expect_clean power_all LAN_2_0 --stat
expect_same "$(grep -c ': on$' "$OUT") $(grep -c ': off$' "$OUT")" "1 $((bmcs - 1))"

it "shuts down when asked"
expect_answer ': ok$' free20 ipmipower --soft
wait_for_all off
