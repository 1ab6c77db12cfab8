#!/bin/sh
# freeipmi_oem_fujitsu.sh - ipmi-oem's Fujitsu commands, and the event log in
# the words of an iRMC.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-oem ipmi-sel ipmitool

oem()
{
    free20 ipmi-oem -l ADMIN fujitsu "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-fujitsu.emu"

it "puts the log into words"
expect_clean lanplus sel clear
sleep 0.2
expect_clean lanplus event 1
expect_clean lanplus event 3
expect_answer '^1 \| .* \| INFORMATIONAL ; SEL: Log cleared' oem get-sel-entry-long-text 0
fine='Correctable error'
expect_answer '^3 \| .* \| MINOR ; Memory: Correctable error' oem get-sel-entry-long-text 0xffff
expect_fail oem get-sel-entry-long-text 77
fine='Correctable error'
expect_answer 'MAJOR: Temperature: Upper critical going high' \
    free20 ipmi-sel -l ADMIN --interpret-oem-data --output-oem-event-strings

it "tells where its power came from"
expect_answer '^Software or command$' oem get-power-on-source
expect_answer '^AC power fail$' oem get-power-off-source
expect_clean lanplus chassis power off
sleep 0.5
expect_answer '^Powered off by remote control' oem get-power-off-source
expect_clean lanplus chassis power on
sleep 0.5
expect_answer '^Powered on by remote control' oem get-power-on-source

it "tells its status"
fine='Global Error LED'
expect_answer '^System Power +: On' oem get-system-status
expect_text '^System in POST +: Yes'
expect_text '^Identify LED +: Off'
expect_text '^Global Error LED +: Off'

it "has an identify light"
expect_answer '^off$' oem get-identify-led
expect_clean oem set-identify-led on
expect_answer '^on$' oem get-identify-led
expect_answer 'Chassis Identify state +: Indefinite' free20 ipmi-chassis --get-chassis-status
expect_clean lanplus chassis identify 0
expect_answer '^off$' oem get-identify-led

it "tells of its EEPROMs and its remote storage"
for n in 0 1; do
    expect_answer '^Firmware Revision +: .*\(5\.42\)' oem get-eeprom-version-info $n
    expect_answer '^Storage Type +: None' oem get-remote-storage-status $n
done

it "lights an error LED"
fine='CSS|GEL|[Ee]rror'
expect_answer '^GEL LED: off' oem get-error-led

if command -v ipmiutil >/dev/null; then
    build_port_623

    util()
    {
        port_623 ipmiutil "$@" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
    }

    it "does the same for ipmiutil"
    expect_answer 'iRMC S2 ID +LED \(blue\) += off' util alarms
    expect_answer 'iRMC S2 ID +LED \(blue\) += ON' util alarms -i 255
fi
