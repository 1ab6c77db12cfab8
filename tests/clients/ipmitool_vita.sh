#!/bin/sh
# ipmitool_vita.sh - ipmitool's vita commands on a VITA 46.11 chassis.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$SRCDIR/tests/data/emu/vpx.emu"

it "is a chassis of VITA 46.11"
expect_answer 'VSO Standard +: VITA 46.11' lanplus vita properties
expect_text 'VSO Spec Revision : 1.1'
expect_text 'Tier +2'

it "says where it and its modules sit"
expect_answer 'Site Type +: Dedicated Chassis Manager' lanplus vita addrinfo
expect_answer 'Site Type +: Front Loading VPX Plug-In Module' lanplus -t 0x82 vita addrinfo
expect_text 'Site ID +: 0x01'

it "keeps policy bits"
expect_answer 'FRU State Policy Bits:.*0h' lanplus -t 0x82 vita policy get 0
expect_clean lanplus -t 0x82 vita policy set 0 15 10
expect_answer 'Default-Activation-Locked Policy Bit is 1' lanplus -t 0x82 vita policy get 0
expect_text 'Deactivation-Locked Policy Bit is 1'
expect_clean lanplus -t 0x82 vita policy set 0 15 0

it "deactivates and activates a module without asking"
expect_answer 'successfully deactivated' lanplus -t 0x82 vita deactivate 0
sleep 2
expect_answer 'successfully activated' lanplus -t 0x82 vita activate 0
expect_answer 'FRU State Module State.*M6' lanplus sel elist
expect_text 'FRU State Module State.*M4'
expect_no_text 'Module State.*M2'

it "shows and overrides its LEDs"
expect_answer 'LED Count:[[:space:]]+0x4' lanplus -t 0x82 vita led prop 0
expect_answer 'BLUE' lanplus -t 0x82 vita led cap 0 0
expect_answer 'LED state has been updated' lanplus -t 0x82 vita led set 0 2 255 0 3
expect_answer 'OVERRIDE' lanplus -t 0x82 vita led get 0 2

it "controls a payload"
expect_answer 'FRU Control: ok' lanplus -t 0x82 vita frucontrol 0 0

it "is no ATCA shelf"
expect_text 'Error' lanplus picmg properties
