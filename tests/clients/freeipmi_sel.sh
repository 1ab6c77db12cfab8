#!/bin/sh
# freeipmi_sel.sh - ipmi-sel.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-sel ipmi-raw

lab_start "$MACHINES/server-1u.emu"

it "tells of its log"
fine='unsupported'
expect_answer '^Number of log entries +: [1-9]' free20 ipmi-sel -i
expect_text '^SEL version +: 1\.5'

it "has a history, by sensor"
fine='Correctable memory error'
expect_answer '^1 +\| .*Event Logging Disabled' free20 ipmi-sel --quiet-cache
expect_text '\| Intrusion +\| Physical Security +\| '
expect_text '\| Inlet Temp +\| Temperature +\| .*going high'

it "lists by number, by type, and the last"
fine='Correctable memory error'
expect_clean free20 ipmi-sel --tail=1
expect_same "$(grep -c '^[0-9]' "$OUT")" 1
expect_answer 'Inlet Temp' free20 ipmi-sel -t temperature
expect_no_text 'Intrusion'
expect_clean free20 ipmi-sel --display-range=1-2
expect_same "$(grep -c '^[0-9]' "$OUT")" 2

it "is the same to who wants it raw, or with states"
expect_answer 'RID:' free20 ipmi-sel --hex-dump
fine='Correctable memory error'
expect_answer '\| Nominal +\| Log Area' free20 ipmi-sel --output-event-state

it "takes an event, and shows it"
expect_clean free20 ipmi-raw 0 0x0a 0x44 0 0 2 0 0 0 0 0x20 0 4 1 1 1 0x59 0x30 0x26
expect_answer 'Inlet Temp .*Upper Critical.*going high' free20 ipmi-sel --tail=1

it "forgets one entry"
last=$(awk -F '[ |]+' '/^[0-9]/ { print $1 }' "$OUT")
expect_clean free20 ipmi-sel --delete="$last"
expect_no_text "^$last " free20 ipmi-sel --tail=1

it "is cleared"
expect_clean free20 ipmi-sel --clear
fine='unsupported'
expect_answer '^Number of log entries +: [01]$' free20 ipmi-sel -i

it "is read over IPMI 1.5 as well"
fine='unsupported'
expect_answer '^Number of log entries +: [01]$' free15 ipmi-sel -i
