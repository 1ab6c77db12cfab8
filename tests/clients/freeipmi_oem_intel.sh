#!/bin/sh
# freeipmi_oem_intel.sh - ipmi-oem's intel and intelnm commands, and what
# FreeIPMI makes of Node Manager's records and events.
#
# Left out, for the client does not send them as it should: statistics modes
# beyond four bits, boot time policies, turbo ratios over 7, suspend minutes,
# and text of mail settings (what its memory had comes behind it).
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-oem ipmi-sel ipmi-sensors ipmitool


oem()
{
    mkdir -p "$WORK/sdr.$PORT"
    free20 ipmi-oem -l ADMIN --quiet-cache --sdr-cache-directory="$WORK/sdr.$PORT" "$@"
}

nm()
{
    oem intelnm "$@"
}

intel()
{
    oem intel "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-intel.emu"

it "finds Node Manager by its record, and tells its version"
expect_answer 'Node Manager Version +: 3\.0' nm get-node-manager-version
expect_text 'Firmware Revision +: 3\.15'

it "tells what it can do"
expect_answer 'Max Concurrent Settings +: 16' nm get-node-manager-capabilities
expect_answer 'Max Thermal +: 45 C' nm get-node-manager-capabilities domainid=cpu \
    policytrigger=inlettemperaturelimitpolicytrigger
expect_clean nm set-node-manager-power-draw-range domainid=memory minpowerdrawrange=5 \
    maxpowerdrawrange=90
expect_answer 'Max Power +: 90 W' nm get-node-manager-capabilities domainid=memory \
    policytrigger=none

it "tells statistics"
expect_answer 'Current Power +: [1-9][0-9]+ Watts' nm get-node-manager-statistics mode=globalpower
expect_text 'Measurements State +: In Progress'
expect_answer 'Current Temperature +: 24 Celsius' nm get-node-manager-statistics mode=globaltemp
expect_answer 'Throttling Percent +: 0%' nm get-node-manager-statistics mode=globalthrottling
expect_answer 'Current CFM +: [1-9][0-9]*\.' \
    nm get-node-manager-statistics mode=globalvolumetricairflow
expect_answer 'Current Temperature +: [3-9][0-9] ' \
    nm get-node-manager-statistics mode=globaltempairflow
expect_answer 'Current Power' nm get-node-manager-statistics mode=globalchassispower
expect_answer 'Current Power +: [1-9][0-9]+ ' \
    nm get-node-manager-statistics mode=globalpower domainid=highpowerio
expect_clean nm reset-node-manager-statistics mode=global

it "keeps a policy"
expect_clean nm set-node-manager-policy domainid=platform policyid=3 policytrigger=none \
    policytargetlimit=180 correctiontimelimit=5000 statisticsreportingperiod=60 \
    policystorage=persistent policystate=disable policyexceptionaction=alert
expect_answer 'Policy Target Limit +: 180 W' nm get-node-manager-policy
expect_text 'Policy +: disabled'
expect_text 'Correction Time Limit +: 5000 ms'
expect_text 'Exception Send Alert Action +: enabled'
expect_clean nm node-manager-policy-control enable domainid=platform policyid=3
expect_answer 'Policy +: enabled' nm get-node-manager-policy domainid=platform policyid=3
expect_clean nm node-manager-policy-control disable domainid=platform policyid=3
expect_clean nm get-node-manager-statistics mode=policypower policyid=3
expect_clean nm get-node-manager-statistics mode=policytrigger policyid=3
expect_clean nm get-node-manager-statistics mode=policythrottling policyid=3

it "keeps thresholds and suspend periods"
expect_clean nm set-node-manager-policy-alert-thresholds domainid=platform policyid=3 \
    threshold1=350 threshold2=360
expect_answer 'Threshold 2 +: 360 W' nm get-node-manager-policy-alert-thresholds \
    domainid=platform policyid=3
expect_clean nm set-node-manager-policy-suspend-periods domainid=platform policyid=3 \
    suspendperiodstart1=02:00 suspendperiodstop1=04:00 suspendperiodrepeat1=monday
expect_answer 'Stop Time +: 04:00' nm get-node-manager-policy-suspend-periods \
    domainid=platform policyid=3
expect_text 'Policy 1 Suspend Repeat on Monday +: Yes'

it "keeps an alert destination"
expect_answer 'Unregistered' nm get-node-manager-alert-destination
expect_clean nm set-node-manager-alert-destination channelnumber=1 destinationselector=1 \
    register=yes alertstringselector=0 sendalertstring=no
expect_answer 'Alert Receiver +: Registered' nm get-node-manager-alert-destination
expect_clean nm set-node-manager-alert-destination register=no
expect_answer 'Unregistered' nm get-node-manager-alert-destination

it "keeps turbo ratios"
expect_answer 'Current Turbo Ratio Limit : 33' nm get-turbo-synchronization-ratio \
    activecoresconfig=all
expect_clean nm set-turbo-synchronization-ratio turboratiolimit=7 cpusocket=1 activecoresconfig=2
expect_answer 'Current Turbo Ratio Limit : 7' nm get-turbo-synchronization-ratio \
    activecoresconfig=2 cpusocket=1

it "shows the events as they are meant"
expect_clean nm set-node-manager-policy domainid=cpu policyid=7 policytrigger=none \
    policytargetlimit=5 correctiontimelimit=1000 statisticsreportingperiod=60 \
    policystorage=volatile policystate=enable policyexceptionaction=shutdown
for _ in 1 2 3 4 5 6 7 8 9 10; do
    attempt free20 ipmi-sel --quiet-cache --interpret-oem-data
    ! grep -q 'NM Health' "$OUT" || break
    sleep 0.5
done
expect_text 'NM Health.*Domain ID = CPU.*shutdown initiated by Intel NM policy.*Policy ID = 7'
expect_clean nm remove-node-manager-policy domainid=cpu policyid=7
fine='Assert'
expect_answer 'Node Manager Exception Event Sensor Number: 24' \
    free20 ipmi-sensors --quiet-cache -vv --interpret-oem-data

it "removes a policy"
expect_clean nm remove-node-manager-policy domainid=platform policyid=3
expect_fail nm get-node-manager-policy domainid=platform policyid=3

it "keeps a power restore delay"
expect_clean intel set-power-restore-delay 300
expect_answer '^300$' intel get-power-restore-delay

it "keeps which services are on"
expect_answer 'KVM: Enabled' intel get-bmc-services
expect_clean intel set-bmc-services disable kvm
expect_answer 'KVM: Disabled' intel get-bmc-services
expect_text 'SSH: Enabled'

it "keeps mail settings"
expect_clean intel set-smtp-config smtp=enable smtpserveraddress=192.0.2.7
text='0x6f 0x70 0x73 0x40 0x65 0x78 0x61 0x6d 0x70 0x6c 0x65 0x2e 0x6f 0x72 0x67'
# shellcheck disable=SC2086
expect_clean lanplus raw 0x32 0x37 1 5 0 0 $text
expect_answer 'SMTP +: enabled' intel get-smtp-config
expect_text 'SMTP Server Address +: 192\.0\.2\.7'
expect_text 'Email Address +: ops@example\.org'

it "restores its configuration"
expect_clean intel restore-configuration
expect_answer '^0$' intel get-power-restore-delay
expect_answer 'SMTP +: disabled' intel get-smtp-config
