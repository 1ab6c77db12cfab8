#!/bin/sh
# ipmitool_topology.sh - ipmitool in a shelf with IPMB-0 as a pair of buses and
# modules behind a carrier: two bridges, links, and buses that are cut off.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# module ADDRESS COMMAND...: by the carrier and its IPMB-L.
module()
{
    address=$1
    shift
    lanplus -T 0x88 -B 0 -t "$address" -b 7 "$@"
}

lab_start "$MACHINES/shelf.emu"

it "gets through a carrier to the modules behind it"
expect_answer '^Product ID +: 1032 ' module 0x72 mc info
expect_answer '^Product ID +: 1033 ' module 0x74 mc info
expect_answer '^Product ID +: 1031 ' lanplus -t 0x88 mc info

it "reads a module's records, sensors and inventory"
expect_answer 'M1 Handle +\| 41h \| ok .*Module Handle Closed' module 0x72 sdr elist
expect_text 'M1 Temp .*degrees C'
expect_answer '^ Product Name +: Network module' module 0x74 fru print 0
expect_answer 'Site Type +: AMC  -> IPMB-L Address: 0x72' module 0x72 picmg addrinfo

it "says so when there is no module there"
expect_fail module 0x7a -R 1 -N 1 raw 6 1

it "has the modules as FRUs of the carrier, each with its state"
expect_answer 'C4 M1 Hot Swap +\| 03h \| ok .*Transition to M4' lanplus -t 0x88 sdr elist
expect_answer '^ Product Name +: Storage module' lanplus -t 0x88 fru print 1

it "knows the channel to them"
expect_answer '^ 07 01 01 00 f2 1b 00 00 00' lanplus -t 0x88 raw 6 0x42 7

it "sees both links of IPMB-0, and one that is isolated"
expect_answer 'B1 IPMB Link .*IPMB-A enabled, IPMB-B enabled' lanplus -t 0x82 sdr elist
expect_clean lanplus -t 0x82 raw 0x2c 0x09 0 0 0xff
expect_answer 'B1 IPMB Link .*IPMB-A disabled, IPMB-B enabled' lanplus -t 0x82 sdr elist
expect_answer 'B1 IPMB Link .*IPMB-A disabled, IPMB-B enabled' lanplus sel elist
expect_clean lanplus -t 0x82 raw 0x2c 0x09 0 1 0xff
expect_answer 'B1 IPMB Link .*IPMB-A enabled, IPMB-B enabled' lanplus -t 0x82 sdr elist
lab_stop

lab_start --fault 'ipmb0-a cut segment=0x82,0x84,0x86,0x88,0x5e' "$MACHINES/shelf.emu"
for board in 0x82 0x84 0x86 0x88 0x5e; do
    it "reaches $board by the other bus when A is cut off"
    expect_answer '^Device ID +: ' lanplus -t "$board" mc info
done
expect_answer '^Product ID +: 1032 ' module 0x72 mc info
it "has been told that the manager has no A"
expect_answer '^IPMB Link .*IPMB-A disabled, IPMB-B enabled' lanplus sdr elist
lab_stop

lab_start --fault 'ipmb0-a cut segment=0x82' --fault 'ipmb0-b cut segment=0x82' \
    "$MACHINES/shelf.emu"
it "says that nobody acknowledges when both are cut off"
expect_fail lanplus -t 0x82 -R 1 -N 1 raw 6 1
expect_text 'rsp=0x83'
expect_answer '^Device ID +: ' lanplus -t 0x84 mc info
lab_stop

lab_start --fault 'ipmb0-a stick span=2s times=1' "$MACHINES/shelf.emu"
it "gets on by B while A is stuck"
expect_answer '^Product ID +: 1029 ' lanplus -t 0x82 mc info
expect_answer '^Product ID +: 1032 ' module 0x72 mc info
expect_answer 'IPMB-A disabled, IPMB-B enabled' lanplus sel elist
