#!/bin/sh
# ipmitool_presence.sh - sensors of what was taken out, seen by ipmitool.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$MACHINES/server-2s.emu"

# Set the states of a sensor: Set Sensor Reading And Event Status.
set_states()
{
    expect_ok lanplus raw 0x04 0x30 "$1" 0x10 0x00 "$2" 0x00
}

number_of()
{
    lanplus sdr elist all | awk -F '|' -v name="$1" \
        '$1 ~ name { gsub(/[ h]/, "", $2); print "0x" $2; exit }'
}

psu2=$(number_of 'PSU2 Status')

it "reads a power supply's sensors"
expect_text 'Sensor Reading +: [0-9]+' lanplus sdr get "PSU2 Temp"

it "has no readings of one that was taken out"
set_states "$psu2" 0x00
expect_text '^PSU2 Temp +\| na ' lanplus sensor
expect_text '^PSU2 Fan +\| na '
expect_text '^PSU1 Temp +\| [0-9.]+ '

it "has them again when it is back"
set_states "$psu2" 0x01
expect_text '^PSU2 Temp +\| [0-9.]+ ' lanplus sensor
