#!/bin/sh
# freeipmi_info.sh - bmc-info, bmc-device and ipmi-raw.
. "$SRCDIR/tests/lib/clients.sh"
need bmc-info bmc-device ipmi-raw

guid='^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'

lab_start "$MACHINES/server-1u.emu"

# Debian's bmc-info prints rests of its stack for channels that are absent.
it "tells who it is"
fine='unsupported|unknown'
expect_answer '^IPMI Version +: 2\.0' free20 bmc-info
expect_text '^Device Available +: yes \(normal operation\)'
expect_text '^SEL Device +: supported'
expect_text '^Channel Number +: 1$'

it "has GUIDs"
expect_answer "$guid" free20 bmc-info --get-device-guid
expect_answer "$guid" free20 bmc-info --get-system-guid

it "passes its self test"
fine='No Error'
expect_answer '^Self Test Result : No Error' free20 bmc-device --get-self-test-results

it "tells its power state"
expect_answer 'System Power State' free20 bmc-device --get-acpi-power-state

it "counts what crosses its LAN"
fine='Errors +: 0'
expect_answer '^IP Packets Received +: [1-9]' free20 bmc-device --get-lan-statistics

it "keeps the time of its SEL, and of its SDRs"
expect_clean free20 bmc-device --set-sel-time="03/14/2027 - 10:00:00"
expect_answer 'SEL Time : 03/14/(20)?27 - 10:00:0' free20 bmc-device --get-sel-time
expect_clean free20 bmc-device --set-sdr-repository-time="03/14/2027 - 10:00:00"
expect_answer 'SDR Repository Time : 03/14/(20)?27 - 10:00:0' \
    free20 bmc-device --get-sdr-repository-time

it "keeps what it is told of the system"
expect_clean free20 bmc-device --set-system-name="rack7-node3"
expect_clean free20 bmc-device --set-operating-system-name="Debian GNU/Linux 12"
expect_answer '^System Name +: rack7-node3' free20 bmc-info --get-system-info
expect_text '^Operating System Name +: Debian GNU/Linux 12'

it "answers bytes with bytes"
expect_answer '^rcvd: 01 00 20 01 02 ' free20 ipmi-raw 0 6 1
expect_answer '^rcvd: 01 00 20 01 02 ' free15 ipmi-raw 0 6 1

it "answers a file of requests"
printf '0 6 1\n0 0a 40\n' >"$WORK/requests"
expect_answer '^rcvd: 01 00 ' free20 ipmi-raw --file="$WORK/requests"
expect_text '^rcvd: 40 00 51 '

it "answers without a session what it must, and nothing else"
expect_answer '^rcvd: 38 00 ' \
    timeout 20 ipmi-raw -D LAN -h "$HOST:$PORT" --no-session 0 6 0x38 0x0e 4
expect_no_text '^rcvd: 01 00' \
    timeout 20 ipmi-raw -D LAN -h "$HOST:$PORT" --no-session --session-timeout=1000 0 0 1
