#!/bin/sh
# ipmitool_hpm.sh - ipmitool's hpm commands: firmware upgrades.
. "$SRCDIR/tests/lib/clients.sh"
. "$SRCDIR/tests/lib/hpm.sh"
need ipmitool md5sum od

DEVICE=64 MAKER=32473 PRODUCT=1028      # the shelf manager's
lab_start "$MACHINES/shelf.emu"

hpm_firmware 4 32 85 >"$WORK/good"      # 4.20
hpm_image $DEVICE $MAKER $PRODUCT 0 4 32 "$WORK/good" >"$WORK/good.hpm"
hpm_firmware 5 0 87 >"$WORK/bad"        # its self-test will fail
hpm_image $DEVICE $MAKER $PRODUCT 0 5 0 "$WORK/bad" >"$WORK/bad.hpm"

it "shows its components"
expect_answer '\| +0\|IPMC +\| +3\.10 00000000 \| ---\.-- -------- \| ---\.-- -------- \|' \
    lanplus hpm check
expect_text '\| +1\|BOOTLOADER'

it "tells what it can do"
fine='Self test|rollback|Rollback'
expect_answer 'Manual rollback\.+\[y\]' lanplus hpm targetcap
expect_text 'Self test timeout\.+\[10 sec\]'
fine='Rollback supported'
expect_answer 'Comparison supported\.+\[y\]' lanplus hpm compprop 0 0
expect_answer 'Major: 3' lanplus hpm compprop 0 1
expect_answer 'Description string: IPMC' lanplus hpm compprop 0 2

it "is compared with an image"
expect_answer '\^ 0\|IPMC +\| +3\.10 .* +4\.20 00000001' lanplus hpm check "$WORK/good.hpm"
expect_text "doesn't match the upgrade image" lanplus hpm compare "$WORK/good.hpm"

it "takes a firmware and waits for its activation"
expect_answer 'Firmware upgrade procedure successful' lanplus hpm upgrade "$WORK/good.hpm"
expect_answer '0\|IPMC +\| +3\.10 .* +4\.20 00000001 \|' lanplus hpm check
expect_answer 'Firmware Revision +: 3\.10' lanplus mc info

it "activates it"
expect_answer 'Waiting firmware activation\.\.\.OK' lanplus hpm activate
expect_answer 'Firmware Revision +: 4\.20' lanplus mc info
expect_answer '0\|IPMC +\| +4\.20 00000001 \| +3\.10 00000000 \|' lanplus hpm check
expect_answer 'Last command completion code: 0' lanplus hpm upgstatus
expect_answer 'Result1 = 55' lanplus hpm selftestresult

it "is what was uploaded"
expect_answer 'Comparison passed' lanplus hpm compare "$WORK/good.hpm"

it "goes back by hand"
expect_answer 'Rollback occurred on component mask: 0x01' lanplus hpm rollback
expect_answer 'Firmware Revision +: 3\.10' lanplus mc info

it "goes back by itself when the self-test fails"
expect_text 'procedure failed|Failed' lanplus hpm upgrade "$WORK/bad.hpm" activate
expect_answer 'Firmware Revision +: 3\.10' lanplus mc info
expect_answer 'Rollback occurred on component mask: 0x01' lanplus hpm rollbackstatus
expect_answer 'Result1 = 57' lanplus hpm selftestresult

it "is not upgraded with another board's image"
hpm_image 1 $MAKER $PRODUCT 0 4 32 "$WORK/good" >"$WORK/other.hpm"
expect_text 'Invalid device ID' lanplus hpm upgrade "$WORK/other.hpm"

it "refuses a damaged firmware"
sed 's/xxxxxxxx/xxxxyxxx/' "$WORK/good" >"$WORK/damaged"
hpm_image $DEVICE $MAKER $PRODUCT 0 4 33 "$WORK/damaged" >"$WORK/damaged.hpm"
expect_text 'compcode=0x82' lanplus hpm upgrade "$WORK/damaged.hpm"

it "upgrades a board over the IPMB"
hpm_firmware 2 7 85 >"$WORK/board"
hpm_image 65 $MAKER 1029 0 2 7 "$WORK/board" >"$WORK/board.hpm"
expect_answer 'Firmware upgrade procedure successful' \
    lanplus -t 0x82 hpm upgrade "$WORK/board.hpm" activate
expect_answer 'Firmware Revision +: 2\.07' lanplus -t 0x82 mc info
expect_answer 'Firmware Revision +: 2\.06' lanplus -t 0x84 mc info

it "has nothing to abort"
expect_clean lanplus hpm abort
