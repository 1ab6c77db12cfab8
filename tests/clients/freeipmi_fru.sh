#!/bin/sh
# freeipmi_fru.sh - ipmi-fru, and bmc-device's way to read and write a FRU.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-fru bmc-device cmp

lab_start "$MACHINES/server-1u.emu" "$MACHINES/twin.emu"

it "prints every inventory"
expect_answer '^FRU Inventory Device: Default FRU Device \(ID 00h\)' \
    free20 ipmi-fru --quiet-cache
expect_text '\(ID 01h\)'
expect_text '\(ID 02h\)'

it "prints chassis, board and product"
expect_answer 'FRU Chassis Type: Rack Mount Chassis' free20 ipmi-fru -e 0
expect_text 'FRU Board Manufacturer: Example Systems'
expect_text 'FRU Product Name: Server 1U'
expect_text 'FRU Product Serial Number: SN1U'

it "prints what a power supply can give"
expect_answer 'FRU Power Supply Overall Capacity: 750 Watts' free20 ipmi-fru -e 1

it "keeps what is written"
expect_clean free20 bmc-device --read-fru="$WORK/fru" --device-id=2
cp "$WORK/fru" "$WORK/other"
printf 'XYZ' | dd of="$WORK/other" bs=1 seek=240 conv=notrunc 2>/dev/null
expect_clean free20 bmc-device --write-fru="$WORK/other" --device-id=2
expect_clean free20 bmc-device --read-fru="$WORK/back" --device-id=2
expect_ok cmp "$WORK/other" "$WORK/back"

it "is read over IPMI 1.5 as well"
expect_answer 'FRU Product Name: Server 1U' free15 ipmi-fru -e 0

PORT=$(lab_port twin)
# A USER, which ipmi-fru is if not told else, may not send across the bus.
it "prints the nodes' inventories, behind the bus"
expect_answer 'FRU Board Product Name: TW-NODE' \
    free20 ipmi-fru -l OPERATOR --quiet-cache --bridge-fru
expect_text 'TWN00045'
