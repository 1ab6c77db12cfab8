#!/bin/sh
# snmptrapd_pet.sh - traps that a BMC really sends, as net-snmp reads them.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-pet
. "$SRCDIR/tests/lib/trapd.sh"

trapd_start
lab_start --trap-port="$TRAP_PORT" --trace="$WORK/run.pcap" "$MACHINES/server-1u.emu"
expect_clean lanplus lan alert set 1 1 ipaddr 127.0.0.1

it "sends nothing until a policy is enabled"
expect_clean lanplus event 1
sleep 0.5
expect_same "$(count_traps)" 0
expect_clean lanplus pef policy enable 1

it "sends a trap for an event"
expect_clean lanplus event 1
await_trap 1 10
expect_text '192\.0\.2\.11.* TRAP, SNMP v1, community public' cat "$TRAPS"
expect_text '\.1\.3\.6\.1\.4\.1\.3183\.1\.1 Enterprise Specific Trap \(65801\)'
expect_text '^\s*\.1\.3\.6\.1\.4\.1\.3183\.1\.1\.1 = Hex-STRING:'

it "says which system it comes from"
guid=$(lanplus mc guid | sed -n 's/^System GUID *: *//p' | tr -d - | tr a-f A-F)
expect_same "$(trap_octets 2-17 | tr -d ' ')" "$guid"

it "sends a trap for a sensor, with its entity"
expect_clean lanplus sensor thresh "Inlet Temp" unc 15
await_trap 2 10
expect_text 'Specific Trap \(65799\)' tail -n 4 "$TRAPS"
expect_same "$(trap_octets 28-32)" "08 20 01 37 01"

it "sends a trap for a watchdog that nobody feeds, which acts as well"
expect_clean lanplus raw 6 0x24 4 3 0 0 5 0
expect_clean lanplus raw 6 0x22
await_trap 3 10
expect_text 'Specific Trap \(2322179\)' tail -n 4 "$TRAPS"
sleep 2
fine='[Ww]atchdog'
expect_answer 'watchdog' lanplus chassis restart_cause

it "repeats a trap that nobody acknowledges"
expect_clean lanplus lan alert set 1 1 ack on
expect_clean lanplus lan alert set 1 1 time 0
expect_clean lanplus lan alert set 1 1 retry 2
expect_clean lanplus event 1
await_trap 6 10
sleep 1.5
expect_same "$(count_traps)" 6

it "stops when it is acknowledged"
expect_clean lanplus lan alert set 1 1 time 2
expect_clean lanplus event 1
await_trap 7 10
expect_clean free20 ipmi-pet --pet-acknowledge 65801 $(trap_octets 2-48)
sleep 4
expect_same "$(count_traps)" 7

it "sends an alert string"
expect_clean lanplus lan alert set 1 1 ack off
expect_clean lanplus lan alert set 1 1 retry 0
expect_clean lanplus raw 4 0x12 13 1 1 0x68 0x6f 0x74 0
expect_clean lanplus raw 4 0x12 9 1 0x18 0x11 1
expect_clean lanplus event 1
await_trap 8 10
expect_same "$(trap_octets 48-54)" "80 43 01 68 6F 74 C1"

it "alerts immediately"
expect_clean lanplus raw 4 0x16 1 0x01 0
await_trap 9 10
expect_answer '^ 01' lanplus raw 4 0x16 1 0x41 0

it "is silent where alerting is switched off"
expect_clean lanplus raw 6 0x40 1 0xa2 4
expect_clean lanplus event 1
sleep 0.5
expect_same "$(count_traps)" 9

it "shows its traps in the trace, to the port of traps"
lab_stop
if command -v tshark >/dev/null; then
    tshark -n -r "$WORK/run.pcap" -Y snmp -T fields -e ip.src -e udp.dstport \
        -e snmp.specific_trap >"$WORK/snmp" 2>"$WORK/said"
    expect_same "$(wc -l <"$WORK/snmp" | tr -d ' ')" 9
    expect_text '^192\.0\.2\.11	162	65801$' cat "$WORK/snmp"
fi
