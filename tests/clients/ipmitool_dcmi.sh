#!/bin/sh
# ipmitool_dcmi.sh - ipmitool's dcmi commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# logs REGEX: wait until the event log has it.
expect_logged()
{
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        attempt lanplus sel elist
        ! grep -Eq "$1" "$OUT" || return 0
        sleep 0.5
    done
    fail_command "not in the event log: $1"
}

# It prints the NUL at the string's end as well.
mc_id()
{
    lanplus dcmi get_mc_id_string | tr -d '\000'
}

lab_start "$MACHINES/server-1u.emu"

it "tells its capabilities"
fine='not present|not available|No serial'
expect_answer 'Power management available' lanplus dcmi discover
expect_text '1105 SEL entries'
expect_text 'Primary LAN channel number: 1 is available'

it "answers a ping before a session"
expect_clean lanplus dcmi oob_discover

it "reads power and its statistics"
expect_answer 'Instantaneous power reading: +[0-9]+ Watts' lanplus dcmi power reading
expect_text 'Power reading state is: +activated'
expect_answer 'Average power reading over sample period: +[0-9]+ Watts' \
    lanplus dcmi power reading 1_min

it "keeps a power limit"
expect_answer 'No Active Power Limit' lanplus dcmi power get_limit
expect_clean lanplus dcmi power set_limit action sel_logging limit 180 correction 2000 sample 30
expect_clean lanplus dcmi power activate
expect_answer 'Current Limit State: Power Limit Active' lanplus dcmi power get_limit
expect_text 'Power Limit: +180 Watts'
expect_text 'Correction time: +2000 milliseconds'
expect_text 'Sampling period: +30 seconds'

it "logs a limit that the host cannot keep"
expect_clean lanplus dcmi power set_limit limit 40 correction 500
expect_logged 'System Power.*Limit Exceeded.*Asserted'
expect_answer 'on$' lanplus chassis power status

it "switches off a host that does not keep its limit"
expect_clean lanplus dcmi power deactivate
expect_clean lanplus dcmi power set_limit action power_off
expect_clean lanplus dcmi power activate
for _ in 1 2 3 4 5 6 7 8 9 10; do
    attempt lanplus chassis power status
    ! grep -q 'off$' "$OUT" || break
    sleep 0.5
done
expect_text 'Chassis Power is off'
fine='Overload'
expect_answer 'Last Power Event +: overload' lanplus chassis status
expect_clean lanplus dcmi power deactivate
expect_clean lanplus chassis power on

it "knows its temperatures"
expect_answer 'Inlet: 1 temperature sensor' lanplus dcmi sensors
expect_text 'Inlet Temp +\| [0-9]+ degrees C'
expect_answer 'Inlet air temperature\(40h\)[[:space:]]+1[[:space:]]+\+[0-9]+ C' \
    lanplus dcmi get_temp_reading

it "acts on an inlet that is too hot"
expect_clean lanplus dcmi thermalpolicy set 0x40 1 volatile nopoweroff sel 5 1 0
expect_answer 'Temperature Limit +5 degrees' lanplus dcmi thermalpolicy get 0x40 1
expect_text 'Log event to SEL only: +active'
expect_logged 'Inlet Temp.*Limit Exceeded.*Asserted'

it "has an asset tag, which may be long"
expect_answer 'AT-0417' lanplus dcmi asset_tag
tag="a-very-long-asset-tag-of-more-than-sixteen-bytes-000063"
expect_clean lanplus dcmi set_asset_tag "$tag"
expect_answer "Asset tag: $tag" lanplus dcmi asset_tag

it "has an identifier string"
expect_answer 'DCMI[0-9A-F]{12}' mc_id
lanplus dcmi set_mc_id_string rack-7-node-3 >/dev/null || fail "the string is not set"
expect_answer 'rack-7-node-3' mc_id

it "keeps its DHCP parameters"
expect_clean lanplus dcmi set_conf_param dhcp_config 2
expect_clean lanplus dcmi set_conf_param init 7
expect_clean lanplus dcmi set_conf_param timeout 300
fine='disabled'
expect_answer 'Initial timeout interval.*: 7 seconds' lanplus dcmi get_conf_param
expect_text 'Server contact timeout interval.*: 300 seconds'
expect_text 'Management Controller ID String is disabled'
expect_clean lanplus dcmi set_conf_param activate_dhcp 1
