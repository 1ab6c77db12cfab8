#!/bin/sh
# ipmitool_sel.sh - ipmitool's sel and event commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

cat >"$WORK/events" <<'EVENTS'
0x04 0x01 0x01 0x01 0x59 0x58 0x60
0x04 0x0c 0x2e 0x6f 0x00 0xff 0x03
EVENTS

lab_start "$MACHINES/server-1u.emu"

it "tells of its log"
fine='Not Available'
expect_answer '^Version +: 1\.5' lanplus sel info
expect_text '^Entries +: [1-9]'
expect_text '^Free Space +: [0-9]+ bytes'
expect_text "^Supported Cmds +: .*'Reserve'"

it "has a history"
fine='ECC|Failure detected'
expect_answer 'Physical Security Intrusion \| General Chassis intrusion' lanplus sel elist
expect_text 'Temperature Inlet Temp \| Upper .* going high'

it "is cleared"
expect_answer 'Clearing SEL' lanplus sel clear
expect_answer '^Entries +: [01]$' lanplus sel info
left=$(sed -n 's/^Entries *: //p' "$OUT")

it "takes what is added to it"
expect_clean lanplus sel add "$WORK/events"
expect_answer "^Entries +: $((left + 2))\$" lanplus sel info
expect_answer 'Temperature #0x01 \| Upper Critical going high' lanplus sel list
expect_text 'Memory #0x2e \| Correctable ECC'

it "tells all of one entry"
last=$(awk 'END { print $1 }' "$OUT")
fine='Assertion Event'
expect_answer 'Sensor Type +: Memory' lanplus sel get "0x$last"

it "forgets one entry"
expect_clean lanplus sel delete "0x$last"
expect_answer "^Entries +: $((left + 1))\$" lanplus sel info

it "lists the first, and the last"
expect_clean lanplus sel list first 1
expect_same "$(wc -l <"$OUT")" 1
expect_answer 'Upper Critical' lanplus sel list last 1

it "logs events that are sent"
expect_answer 'Temperature' lanplus event 1
expect_answer 'Temperature .*Upper Critical going high \| Asserted' lanplus sel list last 1
expect_clean lanplus event "Inlet Temp" unc assert
expect_answer 'Temperature #0x01 \| Upper Non-critical going high \| Asserted' \
    lanplus sel elist last 1

it "keeps the time"
expect_clean lanplus sel time get
expect_clean lanplus sel time set "03/14/27 10:00:00"
expect_answer '03/14/(20)?27 10:00:0[0-9]' lanplus sel time get
expect_clean lanplus sel add "$WORK/events"
expect_answer '03/14/(20)?27' lanplus sel list last 1

it "is saved for another day"
expect_clean lanplus sel save "$WORK/saved"
expect_text '0x04 0x0c 0x2e 0x6f' cat "$WORK/saved"
