#!/bin/sh
# ipmitool_sunoem.sh - ipmitool's sunoem commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool cmp

lab_start "$SRCDIR/tests/data/emu/oem-sun.emu"

it "shows its indicators"
expect_answer '^OK +\| ON' lanplus sunoem led get
expect_text '^LOCATE +\| OFF'
expect_no_text 'HDDS'
expect_answer '^HDD0\.OK2RM +\| OFF' lanplus sunoem led get HDDS.OK2RM
expect_text '^HDD1\.OK2RM +\| OFF'
expect_answer '^LOCATE +\| OFF' lanplus sunoem sbled get LOCATE
expect_answer '^SERVICE +\| OFF' lanplus sunoem led get SERVICE SERVICE
expect_answer '^SERVICE +\| ON' lanplus sunoem led get SERVICE ACT

it "lights them: one, a group, all"
expect_answer '^HDD0\.OK2RM +\| SLOW' lanplus sunoem led set HDD0.OK2RM SLOW
expect_answer '^HDD0\.OK2RM +\| SLOW' lanplus sunoem led get HDD0.OK2RM
expect_answer '^HDD1\.OK2RM +\| OFF' lanplus sunoem led get HDD1.OK2RM
expect_answer '^HDD1\.OK2RM +\| ON' lanplus sunoem led set HDDS.OK2RM ON
expect_answer '^HDD0\.OK2RM +\| ON' lanplus sunoem led get HDDS.OK2RM
expect_answer '^SERVICE +\| STANDBY' lanplus sunoem led set all STANDBY_BLINK
expect_answer '^SERVICE +\| STANDBY' lanplus sunoem led get all

it "identifies itself with its locate light"
expect_answer '^LOCATE +\| FAST' lanplus sunoem led set LOCATE FAST
expect_answer '00 60 ' lanplus raw 0 1
expect_clean lanplus chassis identify 0
expect_answer '^LOCATE +\| OFF' lanplus sunoem led get LOCATE

it "tells versions and names"
expect_answer '^Version: 3\.2\.3\.14$' lanplus sunoem version
expect_answer '^NAC Name: /SYS/HDD0/OK2RM$' lanplus sunoem nacname HDD0.OK2RM
expect_clean lanplus sunoem nacname x
expect_answer '^3 packets transmitted, 3 packets received' lanplus sunoem ping 3
expect_answer '^500 packets transmitted, 500 packets received' lanplus sunoem ping 500 q

it "has properties"
expect_answer '^Target Value: SN1U000417$' lanplus sunoem getval /SYS/product_serial_number
expect_answer 'successful' lanplus sunoem setval /SP/system_contact \
    "somebody whose name and address take more than one message"
expect_answer '^Target Value: somebody .* one message$' lanplus sunoem getval /X/system_contact
expect_answer 'successful' lanplus sunoem setval /HOST/boot_device pxe
expect_answer 'Force PXE' lanplus chassis bootparam get 5
expect_fail lanplus sunoem getval /SYS/nothing
expect_fail lanplus sunoem setval /SYS/power_state Off

it "has a command line"
expect_answer '^SP firmware 3\.2\.3\.14$' lanplus sunoem cli version
expect_text '^Connected'
expect_text '^-> Disconnected$'
expect_answer '^ +hostname = bigiron$' lanplus sunoem cli "cd /SP" "set hostname=bigiron" show exit
expect_answer '^ +Inlet_Temp$' lanplus sunoem cli "show /SYS"
expect_answer '^Command aborted' lanplus sunoem cli "stop /SYS" n
expect_text 'Invalid command' lanplus sunoem cli force nonsense help

it "switches its host from there"
expect_answer '^Stopping /SYS immediately' lanplus sunoem cli "stop -force /SYS" y
sleep 1
expect_answer 'is off' lanplus chassis power status

it "keeps SSH keys"
{ printf 'ssh-rsa '; head -c 500 /dev/zero | tr '\000' A; echo ' me@here'; } >"$WORK/key"
echo 'ssh-ed25519 BBBB you' >"$WORK/other"
expect_answer 'done' lanplus sunoem sshkey set 2 "$WORK/key"
expect_answer 'done' lanplus sunoem sshkey set 3 "$WORK/other"
expect_clean lanplus sunoem getfile SSH_PUBKEYS "$WORK/keys"
cat "$WORK/key" "$WORK/other" | cmp -s - "$WORK/keys" || fail "other keys than were set"
expect_answer 'Deleted SSH key for user id 2' lanplus sunoem sshkey del 2
expect_clean lanplus sunoem getfile SSH_PUBKEYS "$WORK/keys"
cmp -s "$WORK/other" "$WORK/keys" || fail "other keys than were left"

it "has files and behavior"
for file in DIAG_PASSED DIAG_FAILED DIAG_END_TIME DIAG_INVENTORY DIAG_TEST_LOG \
    DIAG_START_TIME DIAG_UEFI_LOG DIAG_LAST_LOG DIAG_LAST_CMD; do
    expect_clean lanplus sunoem getfile $file "$WORK/file"
done
expect_same "$(cat "$WORK/file")" "stop -force /SYS"
expect_fail lanplus sunoem getfile NONSENSE "$WORK/file"
expect_answer 'SUPPORTS_SIGNED_PACKAGES is enabled' \
    lanplus sunoem getbehavior SUPPORTS_SIGNED_PACKAGES
expect_answer 'REQUIRES_SIGNED_PACKAGES is not enabled' \
    lanplus sunoem getbehavior REQUIRES_SIGNED_PACKAGES

it "forgets lights, not names, at a cold reset"
expect_answer '^SERVICE +\| FAST' lanplus sunoem led set SERVICE FAST
expect_clean lanplus mc reset cold
sleep 1
expect_answer '^SERVICE +\| OFF' lanplus sunoem led get SERVICE
expect_answer '^Target Value: bigiron$' lanplus sunoem getval /SP/hostname
