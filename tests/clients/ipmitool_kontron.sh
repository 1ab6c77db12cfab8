#!/bin/sh
# ipmitool_kontron.sh - ipmitool's kontronoem and fwum commands.
#
# That kontronoem setsn succeeds with no inventory is the client's: it
# looks for the serial numbers elsewhere than it has read them to. So does
# setmfgdate write elsewhere; the machine's inventory is locked for that.
. "$SRCDIR/tests/lib/clients.sh"
. "$SRCDIR/tests/lib/hpm.sh"
need ipmitool

MAKER=15000
BOARD=5002

big()
{
    little "$1" "$2" | od -An -v -tu1 |
        awk '{ for (i = NF; i > 0; i--) print $i }' | while read -r octet; do octets "$octet"; done
}

# Print a firmware for board $1, version 2.$2, SDR 3. ipmitool reads no file
# of less than 16 KiB.
firmware()
{
    head -c 1440 /dev/zero | tr '\000' f
    big 16384 4
    octets 0 0
    big "$1" 2
    octets 32 1 1 2 "$2" 3
    little $MAKER 3
    zeros 3
    head -c $((16384 - 1460)) /dev/zero | tr '\000' w
}

lab_start "$SRCDIR/tests/data/emu/oem-kontron.emu"

it "tells what it was made with"
expect_answer '4d 42 31 55 30 30 31 32 32 31 37' lanplus -l 3 raw 0x3e 0x0c 0xb4 0x90 0x91 0x8b
expect_answer 'set successfully' lanplus kontronoem setmfgdate
expect_answer 'Board Mfg Date +: Fri Mar 14 09:30:00 2025' lanplus fru print 0

it "boots from what it is told next"
expect_answer 'set successfully' lanplus kontronoem nextboot HDD
expect_answer 'Force Boot from default Hard-Drive' lanplus chassis bootparam get 5
for device in BIOS FDD CDROM; do
    expect_answer 'set successfully' lanplus kontronoem nextboot $device
done
expect_answer 'set successfully' lanplus kontronoem nextboot network
expect_answer 'Force PXE' lanplus chassis bootparam get 5

it "sizes buffers for a client that asks"
expect_answer 'Device ID' lanplus -o kontron mc info

it "tells of its firmware"
expect_answer '^Board Id +: 5002' lanplus fwum info
expect_text '^Protocol Revision +: 06h'
expect_text '^Number Of Memory Bank +: 2'
expect_answer '^Bank State 0 +: Last Known Good' lanplus fwum status
expect_text '^Bank State 1 +: Not programmed'

it "has nothing to update to, or to go back to"
expect_fail lanplus fwum upgrade
expect_text 'No firmware available'
expect_fail lanplus fwum rollback

it "refuses another board's firmware"
firmware 5003 21 >"$WORK/other"
expect_text 'Firmware invalid for target board' lanplus fwum download "$WORK/other"

it "takes a firmware and runs it after a reset"
firmware $BOARD 21 >"$WORK/firmware"
fine='Bank'
expect_answer '^Bank State 1 +: New firmware' lanplus fwum download "$WORK/firmware"
expect_text '^Firmware Revision +: 2\.15 SDR 3'
expect_clean lanplus fwum upgrade
expect_answer 'Firmware Revision +: 2\.14' lanplus mc info
expect_clean lanplus mc reset cold
sleep 1
expect_answer 'Firmware Revision +: 2\.15' lanplus mc info
expect_answer '^Bank State 1 +: Wait for validation' lanplus fwum status
sleep 5
expect_answer '^Bank State 0 +: Previous Good' lanplus fwum status
expect_text '^Bank State 1 +: Last Known Good'
expect_answer '2\.15 SDR 3' lanplus fwum info

it "goes back"
expect_answer 'Starting Manual Rollback' lanplus fwum rollback
expect_clean lanplus mc reset cold
sleep 1
expect_answer 'Firmware Revision +: 2\.14' lanplus mc info

it "has traced it"
expect_answer 'FinishFwImage -- CmdState: +Completed -- CompCode: +0' lanplus fwum tracelog
expect_text 'StartFwUpdate -- CmdState: +Completed -- CompCode: d5'
expect_text 'ProcessFwUpg -- CmdState: +Completed'
expect_text 'ProcessFwRb -- CmdState: +Completed'

if command -v ipmiutil >/dev/null; then
    build_port_623

    it "tells ipmiutil too"
    for word in info status tracelog; do
        expect_answer 'completed successfully' port_623 ipmiutil fwum $word \
            -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
    done
    expect_answer 'completed successfully' port_623 ipmiutil alarms \
        -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
fi
