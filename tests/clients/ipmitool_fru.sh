#!/bin/sh
# ipmitool_fru.sh - ipmitool's fru commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool cmp

lab_start "$MACHINES/server-1u.emu"

it "prints every inventory"
expect_answer '^FRU Device Description : .*\(ID 0\)' lanplus fru print
expect_text '\(ID 1\)'
expect_text '\(ID 2\)'
expect_no_text 'not present'

it "prints chassis, board and product"
expect_answer '^ Chassis Type +: Rack Mount Chassis' lanplus fru print 0
expect_text '^ Chassis Serial +: '
expect_text '^ Board Mfg Date +: '
expect_text '^ Board Mfg +: Example Systems'
expect_text '^ Product Name +: Server 1U'
expect_text '^ Product Serial +: SN1U'

it "prints what a power supply can give"
fine='Invalid completion code received'
expect_answer 'Capacity +: 750 W' lanplus -v fru print 1

it "is read whole"
expect_answer 'Done' lanplus fru read 0 "$WORK/fru"
expect_same "$(wc -c <"$WORK/fru")" 512

it "keeps what is written"
cp "$WORK/fru" "$WORK/other"
printf 'XYZ' | dd of="$WORK/other" bs=1 seek=500 conv=notrunc 2>/dev/null
expect_clean lanplus fru write 0 "$WORK/other"
expect_clean lanplus fru read 0 "$WORK/back"
expect_ok cmp "$WORK/other" "$WORK/back"
expect_clean lanplus fru write 0 "$WORK/fru"
expect_clean lanplus fru read 0 "$WORK/back"
expect_ok cmp "$WORK/fru" "$WORK/back"

# ipmitool says so when lengths are equal, too.
it "keeps a field that is edited"
fine='String size are not equal'
expect_clean lanplus fru edit 0 field p 4 SN1U999999
expect_answer '^ Product Serial +: SN1U999999' lanplus fru print 0

it "has no inventory that is not there"
expect_text 'Device not present' lanplus fru print 99
