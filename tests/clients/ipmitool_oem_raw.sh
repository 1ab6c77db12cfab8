#!/bin/sh
# ipmitool_oem_raw.sh - commands that a machine's file has as rules, asked raw.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$SRCDIR/tests/data/emu/oem.emu"

it "answers by the first rule that fits"
expect_answer '^ aa 07 08 09$' lanplus raw 0x30 1 1 7 8 9
expect_answer '^ 11 22 33$' lanplus raw 0x30 1
expect_fail lanplus raw 0x30 1 2
expect_text 'rsp=0x80'

it "says CCh where no rule fits, C1h where there is none"
expect_fail lanplus raw 0x30 1 9
expect_text 'rsp=0xcc'
expect_fail lanplus raw 0x30 9
expect_text 'rsp=0xc1'

it "can be silent"
expect_fail lanplus -N 1 -R 1 raw 0x30 1 3

it "puts the manufacturer's number before the answer, in its time"
expect_answer '^ a2 02 00 55 09$' lanplus raw 0x2e 5 0xa2 2 0 9
expect_fail lanplus raw 0x2e 5 0xa3 2 0 9
expect_text 'rsp=0xc1'
expect_answer '^ 66$' lanplus raw 0x2e 6
expect_answer '^ 66$' lanplus raw 0x2e 6 1 2 3 4

it "asks for the command's privilege"
expect_fail lanplus -L OPERATOR raw 0x2e 5 0xa2 2 0
expect_text 'rsp=0xd4'
expect_answer '^ 66$' lanplus -L USER raw 0x2e 6

it "lets the standard command answer the rest"
expect_answer 'System Power +: on' lanplus chassis status
expect_fail lanplus raw 0 1 0xee
expect_text 'rsp=0xd5'

it "shows them to the firmware firewall"
expect_answer '^ fd ff ff ff' lanplus raw 6 0x0a 0x0e 0x30 0

lab_stop
