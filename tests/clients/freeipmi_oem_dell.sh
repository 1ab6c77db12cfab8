#!/bin/sh
# freeipmi_oem_dell.sh - ipmi-oem dell, all of its commands but one:
# set-nic-selection-failover sends the failover where the port belongs, and an
# octet of its stack behind it (1.6.10).
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-oem

dell()
{
    free20 ipmi-oem -l ADMIN dell "$@"
}

info()
{
    dell get-system-info "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-dell.emu"

it "tells who it is"
expect_answer '^[0-9A-F]{8}-[0-9A-F-]{27}$' info guid
expect_answer '^RACK12$' info asset-tag
expect_answer '^7XK2PT1$' info service-tag
expect_answer '^CH55T41$' info chassis-service-tag
expect_answer '^7XK2PT1$' info chassis-related-service-tag
expect_answer '^01$' info board-revision
expect_answer '^PowerEdge R720$' info platform-model-name
expect_answer '^1$' info system-revision
expect_answer '^Enabled$' info embedded-video-status
expect_answer '^iDRAC Firmware Version : 2\.65\.00\.00' info idrac-info
expect_text '^IP Address +: 192\.0\.2\.72'
expect_text '12G \(Monolithic\)'
expect_answer '^https://192\.0\.2\.72:443$' info idrac-ipv4-url
expect_answer '02:00:E1:00:72:01[[:space:]]+Enabled' info mac-addresses

it "is in no blade chassis"
expect_clean info blade-slot-info
expect_clean info cmc-ipv4-url
expect_clean info cmc-ipv6-url
expect_answer '^NIC State +: Disabled' info cmc-info
expect_answer '^IPv6 Status +: Disabled' info cmc-ipv6-info

it "uses the port it is told to"
for port in shared shared_failover_nic2 shared_failover_all dedicated; do
    expect_clean dell set-nic-selection $port
    expect_clean dell get-nic-selection
done
expect_text '^dedicated$'
expect_clean dell get-nic-selection-failover
fine='^unknown active LOM'
expect_clean dell get-active-lom-status
expect_answer '^Active LOM +: Dedicated' dell get-active-lom-status v2
expect_text '^Link Status : Link Present'
expect_text '^Link Speed +: 1 Gbps'

it "configures its services"
expect_clean dell set-ssh-config ssh=disable idletimeout=600 portnumber=2222
expect_answer '^SSH +: Disabled' dell get-ssh-config
expect_text '^Idle Timeout +: 600 seconds'
expect_text '^Port Number +: 2222'
expect_clean dell set-telnet-config telnet=enable sessiontimeout=100 portnumber=2323 \
    7fls=disable
expect_answer '^Telnet +: Enabled' dell get-telnet-config
expect_text '^7 FLS Backspace +: Disabled'
expect_answer '^Enabled$' info idrac-gui-webserver-control
expect_clean dell set-web-server-config httpsportnumber=8443
expect_clean dell set-web-server-config webserver=disable
expect_answer '^https Port Number +: 8443' dell get-web-server-config
expect_text '^http Port Number +: 80$'
expect_answer ':8443$' info idrac-ipv4-url
expect_answer '^Disabled$' info idrac-gui-webserver-control
expect_answer '^Type +: Standard Schema' dell get-active-directory-config
expect_clean dell set-active-directory-config activedirectory=enable timeout=60 type=extended \
    sso=enable certificatevalidation=enable
expect_answer '^Type +: Extended Schema' dell get-active-directory-config
expect_text '^Timeout +: 60 seconds'
expect_text '^Certificate Validation +: Enabled'

it "measures power"
expect_answer '^Cumulative Energy +: 0\.0' dell get-power-consumption-data
expect_text '^Peak Watt +: [1-9][0-9]+ W'
expect_clean dell reset-power-consumption-data cumulative
expect_clean dell reset-power-consumption-data peak
expect_answer '^Instantaneous Power : [1-9][0-9]+ W' \
    dell get-instantaneous-power-consumption-data
expect_answer '^Instantaneous Power : [1-9][0-9]+ W' \
    dell get-instantaneous-power-consumption-data 2
expect_text 'not present' dell get-instantaneous-power-consumption-data 3
expect_answer '^Peak Head Room +: [12][0-9]{3} W' dell get-power-head-room
for which in average max min; do
    expect_answer '^Last Week .*: [1-9][0-9]+ W' dell get-power-consumption-statistics $which
done
expect_answer '^Min Power Consumption +: [1-9]' \
    dell power-monitoring-over-interval 60 systempower
expect_answer '^Average Power Consumption : [1-9]' \
    dell power-monitoring-over-interval 10 systempower
expect_answer 'Max Power Monitoring Averaging Interval : 900 s' \
    dell power-monitoring-interval-range systempower

it "has two power supplies"
expect_answer 'PSU2 Status' dell power-supply-info
expect_text '^Rated Watts +: 1200 W'
expect_text '^Online Status +: Presence detected'

it "caps its power"
expect_answer '^Total Number of Power Supplies : 2' dell get-power-capacity
expect_clean dell set-power-capacity 333
expect_clean dell set-power-capacity-status enable
expect_answer '^Power Capacity +: 333 W' dell get-power-capacity
expect_answer '^enabled$' dell get-power-capacity-status

it "shows its identify light"
expect_answer '^Off$' dell get-chassis-identify-status
expect_clean free20 ipmi-chassis -l ADMIN --chassis-identify=FORCE
expect_answer '^On$' dell get-chassis-identify-status

it "follows the boot"
expect_answer '^Post Code 13h' dell get-last-post-code
expect_clean free20 ipmi-chassis -l ADMIN --chassis-control=HARD-RESET
sleep 1
expect_answer '^Post Code 0' dell get-last-post-code

it "switches PCIe slots"
expect_answer '^on$' dell slot-power-control c410x status 1
expect_answer '^off$' dell slot-power-control c410x status 2
expect_clean dell slot-power-toggle 1
expect_clean dell slot-power-control c410x on 2
expect_answer '^off$' dell slot-power-control c410x status 1
expect_answer '^on$' dell slot-power-control c410x status 2
expect_text 'not present' dell slot-power-toggle 3

it "maps ports to slots"
expect_answer '^Control Type: BMC' dell get-port-map
expect_clean dell set-port-map bmc 1 1:2
expect_clean dell set-port-map bmc 3 1:8
expect_answer '^iPass 5: PCIe2 PCIe16' dell get-port-map
expect_text '^iPass 3: PCIe5 .* PCIe12'

it "goes back to its defaults"
expect_clean dell reset-to-defaults
expect_answer '^SSH +: Enabled' dell get-ssh-config
expect_answer '^disabled$' dell get-power-capacity-status
