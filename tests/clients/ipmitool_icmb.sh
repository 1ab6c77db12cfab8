#!/bin/sh
# ipmitool_icmb.sh - chassis that reach each other over the ICMB.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# Ask the BMC of a chassis, counted from 1.
bridge()
{
    PORT=$(lab_port "$1")
    shift
    lanplus raw 0x02 "$@"
}

lab_start --count 3 "$SRCDIR/tests/data/emu/icmb.emu"

it "has an address of its own in each chassis"
expect_answer '^ 01 01' bridge 1 0x02
expect_answer '^ 02 01' bridge 2 0x02
expect_answer '^ 03 01' bridge 3 0x02

it "discovers the others"
expect_clean bridge 1 0x10
expect_answer '^ 02 02 01 03 01' bridge 1 0x11
expect_clean bridge 1 0x12 0x02 0x01
expect_answer '^ 01 03 01' bridge 1 0x11

it "asks the controllers of another chassis"
expect_answer '^ 00 60 01 01 00' bridge 1 0x20 0x02 0x01 0x20 0x18 0x01
expect_answer '^ 00 61 01 01 00' bridge 1 0x20 0x02 0x01 0x30 0x18 0x01

it "is not answered by a chassis that is not there"
expect_text 'rsp=0xc3' bridge 1 0x20 0x09 0x09 0x20 0x18 0x01
expect_answer '^ c3 20 09 09' bridge 1 0xff

it "has its events logged in another chassis"
expect_clean bridge 2 0x32 0x01
expect_clean bridge 1 0x31 0x02 0x01 0x20
PORT=$(lab_port 1)
expect_text 'SAMPLE event' lanplus event 1
sleep 1
PORT=$(lab_port 2)
expect_answer 'Temperature' lanplus sel list
expect_answer '^ 01 00' bridge 2 0x30

it "is a channel"
expect_answer 'ICMB' lanplus channel info 6
