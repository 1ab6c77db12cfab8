#!/bin/sh
# freeipmi_chassis.sh - ipmi-chassis.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-chassis

expect_power()
{
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        attempt free20 ipmi-chassis --get-chassis-status
        ! grep -Eq "^System Power +: $1" "$OUT" || return 0
        sleep 0.5
    done
    fail_command "power is not $1"
}

lab_start "$MACHINES/server-1u.emu"

it "tells what it can"
expect_answer 'Intrusion|Capabilities|Device' free20 ipmi-chassis --get-chassis-capabilities

it "tells its status"
expect_answer '^System Power +: (on|off)' free20 ipmi-chassis --get-chassis-status
expect_answer '^System Power +: (on|off)' free15 ipmi-chassis --get-chassis-status

it "is switched on, reset, cycled, interrupted, shut down, switched off"
expect_clean free20 ipmi-chassis --chassis-control=POWER-UP
expect_power on
expect_clean free20 ipmi-chassis --chassis-control=HARD-RESET
expect_power on
expect_clean free20 ipmi-chassis --chassis-control=DIAGNOSTIC-INTERRUPT
expect_clean free20 ipmi-chassis --chassis-control=POWER-CYCLE
expect_power off
expect_power on
expect_clean free20 ipmi-chassis --chassis-control=SOFT-SHUTDOWN
expect_power off
expect_clean free20 ipmi-chassis --chassis-control=POWER-UP
expect_power on
expect_clean free20 ipmi-chassis --chassis-control=POWER-DOWN
expect_power off

it "shows its light"
expect_clean free20 ipmi-chassis --chassis-identify=TURN-OFF
expect_clean free20 ipmi-chassis --chassis-identify=10
expect_clean free20 ipmi-chassis --chassis-identify=FORCE

it "tells why it started last"
expect_answer 'Chassis control command' free20 ipmi-chassis --get-system-restart-cause

it "counts its hours"
expect_answer 'Power on hours' free20 ipmi-chassis --get-power-on-hours-counter

it "keeps a restore policy"
expect_clean free20 ipmi-chassis --set-power-restore-policy=always-on
expect_answer '^Power restore policy +: Always on' free20 ipmi-chassis --get-chassis-status
