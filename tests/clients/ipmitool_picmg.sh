#!/bin/sh
# ipmitool_picmg.sh - ipmitool's picmg commands on an ATCA shelf.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$MACHINES/shelf.emu"

it "is a shelf of PICMG 3.0"
expect_answer 'PICMG Ext. Version : 2.3' lanplus picmg properties
expect_text 'Max FRU Device ID.*0x00'
expect_answer 'Max FRU Device ID.*0x02' lanplus -t 0x88 picmg properties
expect_answer 'PICMG Ext. Version : 4.1' lanplus -T 0x88 -B 0 -t 0x72 -b 7 picmg properties

it "says where it and its boards sit"
expect_answer 'Site Type +: Dedicated Shelf Manager' lanplus picmg addrinfo
expect_text 'IPMB-0 Address +: 0x20'
expect_answer 'Site Type +: ATCA board' lanplus -t 0x84 picmg addrinfo
expect_text 'Site ID +: 0x02'
expect_answer 'Site Type +: Fan Tray' lanplus -t 0x5e picmg addrinfo

it "shows and overrides its LEDs"
expect_answer 'General Status LED Properties: +0x ?f' lanplus picmg led prop 0
expect_answer 'LED Color Capabilities: RED, AMBER' lanplus picmg led cap 0 1
expect_answer '\[LOCAL CONTROL\]' lanplus picmg led get 0 1
expect_clean lanplus picmg led set 0 1 50 30 4
expect_answer '\[LOCAL CONTROL\|OVERRIDE\]' lanplus picmg led get 0 1
expect_text 'Override Color: +4 +\[AMBER\]'
expect_clean lanplus picmg led set 0 1 252 0 4
expect_answer '\[LOCAL CONTROL\]' lanplus picmg led get 0 1
expect_clean lanplus picmg led set 0 255 251 50 15
expect_answer 'LAMPTEST' lanplus picmg led get 0 0

it "keeps an activation policy"
expect_answer '^ deactivation locked' lanplus -t 0x82 picmg policy get 0
expect_clean lanplus -t 0x82 picmg policy set 0 1 1
expect_answer '^ activation locked' lanplus -t 0x82 picmg policy get 0
expect_clean lanplus -t 0x82 picmg policy set 0 1 0
expect_answer '^ activation not locked' lanplus -t 0x82 picmg policy get 0

it "deactivates and activates a board, and logs it"
expect_clean lanplus -t 0x82 picmg deactivate 0
sleep 2
expect_answer 'B1 Hot Swap.*Transition to M6' lanplus sel elist
expect_text 'B1 Hot Swap.*Transition to M1'
expect_answer 'function: +ff +\[ON\]' lanplus -t 0x82 picmg led get 0 0
expect_text '0xd5' lanplus -t 0x82 picmg frucontrol 0 0
expect_clean lanplus -t 0x82 picmg activate 0
sleep 2
expect_answer 'B1 Hot Swap.*Transition to M3' lanplus sel elist
expect_answer 'function: +0 +\[OFF\]' lanplus -t 0x82 picmg led get 0 0

it "has power levels"
expect_answer 'Actual Power Level: +3' lanplus -t 0x82 picmg power get 0 0
expect_text 'Power Draw 3: +150'
expect_clean lanplus -t 0x82 picmg power set 0 2 1
expect_answer 'Actual Power Level: +2' lanplus -t 0x82 picmg power get 0 0

it "keeps its ports and clocks"
expect_clean lanplus -t 0x82 picmg portstate set 1 3 15 2 0 0 1
fine='Invalid'
expect_answer 'STATE: +enabled' lanplus -t 0x82 picmg portstate get 1 3
expect_text 'PICMG 3.1 Ethernet Fabric'
expect_clean lanplus -t 0x82 picmg amcportstate set 2 1 2 0 0 1 0
expect_answer 'STATE: +enabled' lanplus -t 0x82 picmg amcportstate get 2 0
expect_clean lanplus -t 0x82 picmg clk set 1 3 8 1 20 100000000 0
expect_answer 'Freq: +100000000' lanplus -t 0x82 picmg clk get 1 0
expect_clean lanplus -t 0x82 picmg portstate getall

it "turns its fans as it is told"
expect_answer 'Tray Fan 1 .*\| ok .*4[0-9]+ RPM' lanplus sdr type fan
expect_clean lanplus -t 0x5e raw 0x2c 0x15 0 0 10
expect_answer 'Tray Fan 1 .*\| ok .*9[0-9]+ RPM' lanplus sdr type fan

it "shares buses, and resets a payload"
expect_answer 'No control' lanplus picmg busres summary
expect_answer 'frucontrol: ok' lanplus picmg frucontrol 0 0
expect_answer 'frucontrol: ok' lanplus -t 0x84 picmg frucontrol 0 2

# Set IPMB State: a board leaves IPMB-A, and says so: B above A in the reading.
it "takes a board off a bus, and puts it on again"
expect_answer '^ 88 c0 08 ' lanplus -t 0x82 raw 0x04 0x2d 0x02
expect_clean lanplus -t 0x82 raw 0x2c 0x09 0x00 0x00 0xff
expect_answer '^ 80 c0 04 ' lanplus -t 0x82 raw 0x04 0x2d 0x02
expect_answer 'IPMB Physical Link.*IPMB-A disabled, IPMB-B enabled' lanplus sel list last 1
expect_clean lanplus -t 0x82 raw 0x2c 0x09 0x00 0x01 0xff
expect_answer '^ 88 c0 08 ' lanplus -t 0x82 raw 0x04 0x2d 0x02
fine='disabled'
expect_answer 'IPMB-A enabled, IPMB-B enabled +\| Asserted' lanplus sel list last 2

it "is no VITA chassis"
expect_text 'Invalid command' lanplus vita properties

lab_stop
lab_start "$MACHINES/server-1u.emu"

it "is nothing that a server has"
expect_text 'Error' lanplus picmg properties
expect_text 'Board might not be supporting' lanplus hpm check
