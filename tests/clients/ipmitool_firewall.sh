#!/bin/sh
# ipmitool_firewall.sh - ipmitool's firewall commands: what they disable is
# refused on that channel, and only there.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

firewall()
{
    lanplus firewall "$@"
}

lab_start "$MACHINES/server-1u.emu"

it "tells what there is"
expect_answer '^00,06 support: +fe3f0000' firewall info
expect_answer '^00,06 configurable' firewall info channel 0xe lun 0
expect_answer '^enabled:' firewall info channel 0xe lun 0 netfn 6
expect_answer 'Command 0x01: +\| X \|   \| X \|' firewall info channel 0xe lun 0 netfn 6 command 1
expect_answer 'Command 0x0f: +\| X \| X \| X \|' firewall info channel 0xe lun 0 netfn 0 command 0xf

it "disables a command and enables it again"
expect_clean lanplus chassis poh
expect_clean firewall disable channel 0xe lun 0 netfn 0 command 0x0f
expect_fail lanplus chassis poh
expect_text 'Insufficient privilege level'
expect_answer 'Command 0x0f: +\| X \| X \|   \|' firewall info channel 0xe lun 0 netfn 0 command 0xf
expect_clean lan15 mc info
expect_clean firewall enable channel 0xe lun 0 netfn 0 command 0x0f
expect_clean lanplus chassis poh

it "disables a sub-function: Chassis Control, reset"
expect_clean lanplus chassis power on
expect_clean firewall disable channel 0xe lun 0 netfn 0 command 2 subfn 3
expect_text 'sub-function 0x03: +\| . \| X \|   \|' \
    firewall info channel 0xe lun 0 netfn 0 command 2
expect_fail lanplus chassis power reset
expect_text 'Cannot execute command, command disabled'
expect_clean lanplus chassis power on
expect_clean firewall enable channel 0xe lun 0 netfn 0 command 2 subfn 3

it "does not let a client lock itself out"
expect_clean firewall disable channel 0xe lun 0 netfn 6 force
expect_clean lanplus mc info
expect_fail lanplus mc guid
expect_clean firewall enable channel 0xe lun 0 netfn 6
expect_clean lanplus mc guid

it "is reset"
expect_clean firewall disable channel 0xe lun 0 netfn 0x0a
expect_fail lanplus sel list
expect_ok firewall reset channel 0xe
expect_no_text 'failed'
expect_clean lanplus sel list
expect_clean lanplus chassis power reset
