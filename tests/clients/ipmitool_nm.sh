#!/bin/sh
# ipmitool_nm.sh - ipmitool's nm commands, at a BMC and at the Management
# Engine behind it.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# expect_logged REGEX: wait until the event log has it.
expect_logged()
{
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        attempt lanplus sel elist
        ! grep -Eq "$1" "$OUT" || return 0
        sleep 0.5
    done
    fail_command "not in the event log: $1"
}

lab_start "$SRCDIR/tests/data/emu/oem-intel.emu"

# The way to one Node Manager, then to the other; what is set at one is not
# at the other.
for way in "-t 0x20" "-b 0 -t 0x2c" "-b 6 -t 0x2c"; do
    # shellcheck disable=SC2086
    nm()
    {
        lanplus $way nm "$@"
    }

    it "is found by $way"
    expect_answer 'Node Manager Version 3\.0' nm discover

    it "tells what it can do"
    expect_answer 'power policies:.*16' nm capability
    expect_text 'max_power.*32767 Watts'
    expect_answer 'max_temp.*45 C' nm capability inlet
    expect_answer 'max_time.*3600 Secs' nm capability missing
    expect_answer 'max_time.*3600 Secs' nm capability reset
    expect_clean nm capability boot
    for domain in platform CPU Memory protection I/O; do
        expect_answer "domain scope:.*$domain" nm capability domain "$domain"
    done

    it "keeps a policy"
    expect_clean nm policy add domain platform policy_id 1 correction hard power 300 \
        trig_lim 6000 stats 10 enable
    expect_answer 'Policy is enabled per Domain Globally' nm policy get policy_id 1
    expect_text 'Power Limit: +300 Watts'
    expect_text 'Correction Time Limit: +6000 milliseconds'
    expect_text 'Statistics Reporting Period: +10 seconds'
    expect_text 'Correction Aggressiveness: +use T-states'
    expect_text 'retention: +non-volatile'

    it "refuses what is out of range"
    expect_fail nm policy add policy_id 2 power 200 trig_lim 10 stats 10
    expect_text 'Correction Time out of range'
    expect_fail nm policy add policy_id 2 power 200 trig_lim 6000 stats 4000
    expect_text 'Statistics Reporting Period out of range'
    expect_fail nm policy add policy_id 2 inlet 90 trig_lim 6000 stats 10
    expect_text 'Policy Trigger value out of range'
    expect_fail nm policy get policy_id 9
    expect_text 'Policy ID Invalid'

    it "changes no periods or thresholds of an enabled policy"
    expect_fail nm suspend set policy_id 1 10 20 127
    expect_fail nm threshold set policy_id 1 100
    expect_clean nm control disable per_policy 1
    expect_answer 'Policy is not enabled per Domain' nm policy get policy_id 1

    it "keeps suspend periods"
    # the client says that there are none, whatever it is given
    expect_clean lanplus $way raw 0x2e 0xc5 0x57 1 0 0 1 1 20 45 1
    expect_answer '02:00 to 04:30, M$' nm suspend get policy_id 1
    expect_clean nm suspend set policy_id 1 20 45 1
    expect_answer 'No suspend Periods' nm suspend get policy_id 1

    it "keeps alert thresholds"
    expect_clean nm threshold set policy_id 1 310 320
    expect_answer 'Threshold 1: +310' nm threshold get policy_id 1
    expect_text 'Threshold 2: +320'

    it "is switched on and off"
    expect_clean nm control disable global
    expect_no_text 'Globally' nm policy get policy_id 1
    expect_clean nm control enable global
    expect_clean nm control disable per_domain CPU
    expect_answer 'Operational state +suspended' nm statistics power domain CPU
    expect_clean nm control enable per_domain CPU
    expect_answer 'Operational state +active' nm statistics power domain CPU

    it "tells its statistics"
    expect_answer 'Instantaneous reading: +[1-9][0-9]+ Watts' nm statistics power
    expect_text 'Measurement state +in progress'
    expect_answer 'Instantaneous reading: +24 Celsius' nm statistics temps
    expect_answer 'Instantaneous reading: +[1-9][0-9]+ Watts' nm statistics power domain Memory
    expect_answer 'Policy Enabled|Disabled' nm statistics policy_power policy_id 1
    expect_clean nm statistics policy_temps policy_id 1
    expect_clean nm statistics policy_throt policy_id 1
    for mode in requests response cpu_throttling mem_throttling comm_fail; do
        expect_clean nm statistics "$mode"
    done

    it "begins its statistics anew"
    expect_clean nm reset global
    expect_clean nm reset per_policy policy_id 1
    expect_clean nm reset throttling policy_id 1

    it "keeps a power draw range"
    expect_clean nm power domain I/O min 5 max 90
    expect_answer 'max_power[[:space:]]+90 Watts' nm capability domain I/O
    expect_fail nm policy add domain I/O policy_id 1 power 91 trig_lim 6000 stats 10
    expect_text 'Power Limit out of range'

    it "keeps an alert destination"
    expect_answer 'not registered' nm alert get
    expect_clean nm alert set chan 1 dest 2 string 3
    expect_answer 'Receiver: +registered' nm alert get
    expect_text 'Lan Destination: +0x2'
    expect_text 'String Selector: +0x3'
    expect_clean nm alert clear chan 1 dest 2
    expect_answer 'not registered' nm alert get

    it "knows other triggers"
    expect_clean nm policy add policy_id 3 inlet 35 trig_lim 6000 stats 10
    expect_answer 'Inlet temp trigger' nm policy get policy_id 3
    expect_clean nm policy add policy_id 4 cores_off 3 trig_lim 6000 stats 10 volatile
    expect_answer 'number of cores to disable' nm policy get policy_id 4
    expect_text 'retention: +volatile'

    it "limits"
    expect_clean nm policy limiting
    expect_clean nm policy add policy_id 5 power 1 trig_lim 1000 stats 10 enable
    expect_answer 'Policy Activation state +triggered' nm statistics policy_power policy_id 5
    expect_clean nm policy limiting
    # exception action: alert; the client has no word for it
    expect_clean lanplus $way raw 0x2e 0xc1 0x57 1 0 0x10 5 0x10 1 1 0 0xe8 3 0 0 0 0 10 0
    expect_logged '(NM Exception|#0x18) .*Asserted'

    it "removes policies"
    for id in 1 3 4 5; do
        expect_clean nm policy remove policy_id "$id"
    done
    expect_fail nm policy get policy_id 1
    expect_clean lanplus sel clear
    [ "$way" != "-b 6 -t 0x2c" ] || break
    # the next way leads to the same one
    expect_clean nm power domain I/O min 1 max 32767
done
