#!/bin/sh
# ipmitool_sensor.sh - ipmitool's sensor commands: readings and thresholds.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# column SENSOR N: of the line of a sensor in the list just printed.
column()
{
    awk -F ' *[|] *' -v name="$1" -v n="$2" '
        { sub(/ +$/, "") }
        $1 == name { print $n; exit }
    ' "$OUT"
}

lab_start "$MACHINES/server-1u.emu"

it "lists readings and thresholds"
expect_answer '^Inlet Temp +\| [0-9]+\.000 +\| degrees C +\| ok ' lanplus sensor list
expect_text '^CPU1 Status +\| 0x[0-9a-f]+ +\| discrete +\| 0x8080'
critical=$(column "Inlet Temp" 9)

it "tells all of one sensor"
fine='Assertion'
expect_answer '^Sensor ID +: Inlet Temp \(0x1\)' lanplus sensor get "Inlet Temp"
expect_text '^ Sensor Reading +: [0-9]+ .*degrees C'
expect_text '^ Upper Critical +: '
expect_text '^ Assertions Enabled +: .*ucr\+'

it "tells of a discrete sensor"
fine='Assertion'
expect_answer 'Presence detected' lanplus sensor get "CPU1 Status"

it "reads one sensor"
expect_answer '^Inlet Temp +\| [0-9]+$' lanplus sensor reading "Inlet Temp"

it "keeps a threshold"
expect_answer 'Upper Critical' lanplus sensor thresh "Inlet Temp" ucr 45
expect_clean lanplus sensor list
expect_same "$(column "Inlet Temp" 9)" 45.000
expect_clean lanplus sensor thresh "Inlet Temp" ucr "$critical"
expect_clean lanplus sensor list
expect_same "$(column "Inlet Temp" 9)" "$critical"

it "keeps three thresholds at once"
expect_clean lanplus sensor thresh "Inlet Temp" upper 50 55 60
expect_clean lanplus sensor list
expect_same "$(column "Inlet Temp" 8) $(column "Inlet Temp" 9) $(column "Inlet Temp" 10)" \
    "50.000 55.000 60.000"

it "raises an alarm, and logs it, when a threshold falls under the reading"
expect_clean lanplus sel clear
expect_clean lanplus sensor thresh "Inlet Temp" upper 4 5 6
fine='Assertion'
expect_answer '^ Status +: Upper Non-Recoverable' lanplus sensor get "Inlet Temp"
expect_answer 'Temperature Inlet Temp \| Upper Critical going high \| Asserted' \
    lanplus sel elist

it "is quiet again when the threshold rises"
expect_clean lanplus sensor thresh "Inlet Temp" upper 50 55 60
expect_answer '^Inlet Temp +\| [0-9]+\.000 +\| degrees C +\| ok ' lanplus sensor list
expect_answer 'Upper Critical going high \| Deasserted' lanplus sel elist
