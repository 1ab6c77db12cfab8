#!/bin/sh
# ipmitool_bridge.sh - ipmitool through a BMC to the controllers behind it.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$MACHINES/twin.emu" "$MACHINES/shelf.emu"

it "is itself when nothing is bridged"
expect_answer '^Product ID +: 771 ' lanplus mc info

for node in 0x72 0x74; do
    it "brings one to node $node"
    expect_answer '^Product ID +: 772 ' lanplus -t "$node" mc info
    expect_text '^Manufacturer ID +: 32473$'
done

it "reads a node's records and sensors"
expect_answer '\| ok ' lanplus -t 0x72 sdr elist
expect_answer 'degrees C +\| ok ' lanplus -t 0x72 sensor list

it "reads a node's inventory"
expect_answer '^ Board Product +: TW-NODE' lanplus -t 0x74 fru print 0
expect_text '^ Board Serial +: TWN00045'

it "changes a node, and not its neighbour"
expect_clean lanplus -t 0x72 fru edit 0 field b 2 TWN0009999
expect_answer 'TWN0009999' lanplus -t 0x72 fru print 0
expect_no_text 'TWN0009999' lanplus -t 0x74 fru print 0

it "shows the nodes' sensors in its own list"
expect_answer '\| ok ' lanplus sdr elist

it "says so when nobody answers on the bus"
expect_fail lanplus -t 0x7e -R 1 -N 1 raw 6 1

it "bridges over IPMI 1.5 as well"
expect_answer '^Product ID +: 772 ' lan15 -t 0x72 mc info

PORT=$(lab_port shelf)
for board in 0x82 0x84 0x86; do
    it "brings one to board $board"
    expect_answer '^Product ID +: 1029 ' lanplus -t "$board" mc info
done

it "brings one to the fan tray, and its fans"
expect_answer '^Product ID +: 1030 ' lanplus -t 0x5e mc info
expect_answer '[0-9]+ RPM' lanplus -t 0x5e sdr elist
