#!/bin/sh
# freeipmi_oem_supermicro.sh - ipmi-oem's Supermicro commands, and ipmiutil's.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-oem

oem()
{
    free20 ipmi-oem supermicro "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-supermicro.emu"

it "tells its firmware"
expect_answer '^Firmware Version +: 3\.42\.00' oem extra-firmware-info
expect_text '^Firmware Tag +: S2S-MB3'

it "forgets that it was opened"
expect_answer 'Chassis intrusion +: active' free20 ipmi-chassis --get-chassis-status
expect_clean oem reset-intrusion
expect_answer 'Chassis intrusion +: inactive' free20 ipmi-chassis --get-chassis-status

it "switches services"
expect_answer '^enabled' oem get-bmc-services-status
expect_clean oem set-bmc-services-status disable
expect_answer '^disabled' oem get-bmc-services-status
expect_clean oem set-bmc-services-status enable
expect_answer '^enabled' oem get-bmc-services-status

it "tells how its power supplies are"
for command in get-power-supply-status get-power-supply-status2 \
    get-pmbus-power-supply-status; do
    expect_answer '^good' oem $command 1
    expect_answer '^bad' oem $command 2
done
expect_fail oem get-power-supply-status 3

if command -v ipmiutil >/dev/null; then
    build_port_623

    util()
    {
        port_623 ipmiutil "$1" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2 $2
    }

    it "does the same for ipmiutil"
    expect_answer 'completed successfully' util smcoem intrusion
    expect_answer 'BMC status = disabled' util smcoem "bmcstatus disable"
    expect_answer 'BMC status = enabled' util smcoem "bmcstatus enable"
    expect_answer 'S2S-MB3' util smcoem firmware
    expect_answer 'LAN interface is Dedicated' util smcoem "lanport dedicated"
    expect_answer 'LAN interface is Dedicated' util smcoem lanport
    expect_answer 'Power Supply 1 status = 0 .good' util smcoem "powersupply 1"
    expect_answer 'Power Supply 2 status = 1 .bad' util smcoem "powersupply 2"
    expect_answer 'BMC status = enabled' util health ""
    expect_answer 'completed successfully' util alarms ""
    expect_answer 'Reset firmware to factory defaults' util smcoem factory
    sleep 1
    expect_answer 'LAN interface is Failover' util smcoem lanport
fi
