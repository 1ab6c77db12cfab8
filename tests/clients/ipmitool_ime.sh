#!/bin/sh
# ipmitool_ime.sh - ipmitool's update of an Intel Management Engine.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

me()
{
    lanplus -b 0 -t 0x2c ime "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-intel.emu"

it "tells what it is"
fine='Unknown \(0xB00\)|: Invalid'
expect_answer 'Manufacturer Name +: Intel' me info
expect_text 'Intel ME Firmware Revision : 3\.01\.05'
expect_text 'Operation Code +: Supported'
expect_text 'Running Image Area +: CODE1'

it "is updated"
dd if=/dev/zero of="$WORK/zeros" bs=500 count=3 2>/dev/null
expect_clean me update "$WORK/zeros"
expect_text 'UpdateCompleted, Activate now'
expect_text 'Update Completed in'
fine=': Invalid'
expect_answer 'Running Image Area +: CODE2' me info
expect_text 'Rollback +: Valid'

it "goes back"
expect_answer 'Manual Rollback Succeed' me rollback
fine=': Invalid'
expect_answer 'Running Image Area +: CODE1' me info

it "is not taken for the BMC"
expect_fail lanplus ime info
expect_text 'Supported ME not found'
