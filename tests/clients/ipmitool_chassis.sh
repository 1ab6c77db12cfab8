#!/bin/sh
# ipmitool_chassis.sh - ipmitool's chassis and power commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# Power follows a request after a moment, as a real host's does.
expect_power()
{
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        attempt lanplus power status
        ! grep -q "is $1" "$OUT" || return 0
        sleep 0.5
    done
    fail_command "power is not $1"
}

lab_start "$MACHINES/server-1u.emu"

it "tells its status"
expect_answer '^System Power +: (on|off)' lanplus chassis status
expect_text '^Power Restore Policy : '
expect_text '^Last Power Event +: '
expect_text '^Chassis Intrusion +: (in)?active'

it "is switched on"
expect_answer 'Up/On' lanplus power on
expect_power on

it "is reset, and stays on"
expect_answer 'Reset' lanplus power reset
expect_power on

it "is cycled: off, and on again"
expect_answer 'Cycle' lanplus power cycle
expect_power off
expect_power on

it "takes a diagnostic interrupt"
expect_answer 'Diag' lanplus power diag

it "is asked to shut down, and does"
expect_answer 'Soft' lanplus power soft
expect_power off

it "is switched on, and off the hard way"
expect_clean lanplus power on
expect_power on
expect_answer 'Down/Off' lanplus power off
expect_power off

it "remembers how it was last switched"
expect_clean lanplus power on
expect_power on
expect_answer '^System restart cause: chassis power control command' \
    lanplus chassis restart_cause

it "shows its light"
expect_answer 'interval: default' lanplus chassis identify
expect_answer 'interval: 5 seconds' lanplus chassis identify 5
expect_answer 'interval: off' lanplus chassis identify 0
expect_clean lanplus chassis identify force

it "knows three policies, and keeps the one it is given"
expect_answer 'always-on.*always-off.*previous|always-off.*always-on.*previous' \
    lanplus chassis policy list
for policy in always-on previous always-off; do
    expect_clean lanplus chassis policy "$policy"
    expect_answer "^Power Restore Policy : $policy" lanplus chassis status
done

it "counts its hours"
expect_answer '^POH Counter +: [0-9]+ days' lanplus chassis poh
