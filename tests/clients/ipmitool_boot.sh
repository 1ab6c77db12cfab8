#!/bin/sh
# ipmitool_boot.sh - ipmitool's boot devices and boot parameters.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

invalid='Boot Flag Invalid'

lab_start "$MACHINES/server-1u.emu"

# boots_from DEVICE WORDS: set it, and read it back.
boots_from()
{
    it "boots from $1 when told to"
    expect_answer "Set Boot Device to $1" lanplus chassis bootdev "$1"
    fine=$invalid
    expect_answer "Boot Device Selector : $2" lanplus chassis bootparam get 5
}

it "boots from where it likes, at first"
fine=$invalid
expect_answer 'Boot Device Selector : No override' lanplus chassis bootparam get 5

boots_from pxe 'Force PXE'
boots_from disk 'Force Boot from default Hard-Drive'
boots_from safe 'Force Boot from default Hard-Drive, request Safe-Mode'
boots_from diag 'Force Boot from Diagnostic Partition'
boots_from cdrom 'Force Boot from CD/DVD'
boots_from bios 'Force Boot into BIOS Setup'
boots_from floppy 'Force Boot from Floppy'
boots_from none 'No override'

it "keeps the options of a boot device"
expect_clean lanplus chassis bootdev disk options=efiboot,persistent
expect_answer 'BIOS EFI boot' lanplus chassis bootparam get 5
expect_text 'Options apply to all future boots'
expect_text 'Boot Flag Valid'

it "keeps what bootparam set gives it"
expect_clean lanplus chassis bootparam set bootflag force_pxe
expect_answer 'Force PXE' lanplus chassis bootparam get 5

it "has every standard parameter"
for parameter in 0 1 2 3 4 5 6 7; do
    expect_answer "Boot parameter $parameter is valid" \
        lanplus chassis bootparam get "$parameter"
done

it "keeps a mailbox"
expect_clean lanplus chassis bootmbox set text 343 "iqn.2026-01.example:boot"
expect_answer "'iqn.2026" lanplus chassis bootmbox get text
