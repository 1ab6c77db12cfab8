#!/bin/sh
# watchdog_pet.sh - a watchdog that a client sets and leaves alone: it expires
# when its countdown is over, to the nanosecond of the lab's time, acts on the
# host, logs its event, and a trap tells of it. The trace has the instants.
. "$SRCDIR/tests/lib/clients.sh"
. "$SRCDIR/tests/lib/trapd.sh"
need ipmitool ipmi-raw tshark

# expire TENTHS ACTION N: the timer was started just now; its event comes, and
# the N-th trap.
expire()
{
    echo "$1" >>"$WORK/countdowns"
    await_trap "$3" 10
    expect_text '\.1\.3\.6\.1\.4\.1\.3183\.1\.1 Enterprise Specific Trap' cat "$TRAPS"
    expect_same "$(trap_octets 30)" 2A
    expect_clean lan15 sel list
    grep "Watchdog2 #0x2a | $2 | Asserted" "$OUT" | tail -n 1 |
        sed 's/.* | \(.*\) UTC |.*/\1/' >>"$WORK/logged"
    expect_same "$(wc -l <"$WORK/logged" | tr -d ' ')" "$3"
}

trapd_start
lab_start --trap-port="$TRAP_PORT" --trace="$WORK/run.pcap" "$MACHINES/server-1u.emu"
expect_clean lan15 lan alert set 1 1 ipaddr 127.0.0.1
expect_clean lan15 pef policy enable 1

it "resets the host"
expect_clean lan15 mc watchdog set timeout=1 action=reset use=osload
expect_clean lan15 mc watchdog reset
expire 10 'Hard reset' 1
fine='[Ww]atchdog'
expect_answer 'watchdog' lan15 chassis restart_cause
expect_answer 'Chassis Power is on' lan15 power status
fine='.*'
expect_answer 'Timer Is: +Stopped' lan15 mc watchdog get
expect_text '\* OS Load'

it "cycles the power of the host"
expect_clean free15 ipmi-raw 0 6 0x24 4 3 0 0 7 0
expect_clean free15 ipmi-raw 0 6 0x22
expire 7 'Power cycle' 2
sleep 1.3
expect_answer 'Chassis Power is on' lan15 power status
fine='[Ww]atchdog'
expect_answer 'watchdog' lan15 chassis restart_cause

it "switches the host off"
expect_clean lan15 raw 6 0x24 3 2 0 0 13 0
expect_clean lan15 raw 6 0x22
expire 13 'Power down' 3
sleep 0.3
expect_answer 'Chassis Power is off' lan15 power status

it "does nothing but tell, where that is asked for"
expect_clean lan15 power on
expect_clean lan15 raw 6 0x24 3 0 0 0 5 0
expect_clean lan15 raw 6 0x22
expire 5 'Timer expired' 4
expect_answer 'Chassis Power is on' lan15 power status
lab_stop

traced()
{
    tshark -n -r "$WORK/run.pcap" -Y "$1" -T fields -e "$2" 2>"$WORK/said"
}

# Requests are Reset Watchdog Timer to the BMC.
it "expires at the very instant"
traced 'ipmi.bus_command_data[0:3] == 20:18:c8 && ipmi.bus_command_data[5] == 22' \
    frame.time_relative >"$WORK/started"
traced snmp frame.time_relative >"$WORK/expired"
expect_same "$(wc -l <"$WORK/expired" | tr -d ' ')" 4
late_ns=$(paste "$WORK/started" "$WORK/expired" "$WORK/countdowns" |
    awk '{ late = ($2 - $1) * 1e9 - $3 * 1e8
           printf "%s%d", sep, late < 0 ? late - 0.5 : late + 0.5; sep = " " }')
expect_same "$late_ns" "0 0 0 0"

it "logs that second"
traced snmp frame.time_epoch |
    awk '{ s = int($1) % 86400
           printf "%02d:%02d:%02d\n", s / 3600, s / 60 % 60, s % 60 }' >"$WORK/seconds"
expect_ok diff "$WORK/seconds" "$WORK/logged"
