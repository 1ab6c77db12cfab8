#!/bin/sh
# ipmitool_mc.sh - ipmitool's mc commands: who a BMC is, and its watchdog.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$MACHINES/server-1u.emu"

it "tells who it is"
expect_answer '^IPMI Version +: 2\.0' lanplus mc info
expect_text '^Device ID +: 32$'
expect_text '^Firmware Revision +: [0-9]+\.[0-9]{2}$'
expect_text '^Manufacturer ID +: 32473$'
expect_text '^Device Available +: yes'
expect_text '^ +SEL Device$'

it "has a GUID, the same twice"
expect_answer '^System GUID +: [0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}' lanplus mc guid
guid=$(sed -n 's/^System GUID *: //p' "$OUT")
expect_answer "$guid" lanplus mc guid

it "passes its self test"
expect_answer '^Selftest: passed' lanplus mc selftest

it "tells its global enables"
expect_answer '^System Event Logging +: enabled' lanplus mc getenables
# Only the host may change them (Set BMC Global Enables), says the standard.
expect_fail lanplus raw 6 0x2e 9
expect_text 'rsp=0xd4'

it "has a watchdog that stands still"
expect_answer '^Watchdog Timer Is: +Stopped' lanplus mc watchdog get

# Set Watchdog: SMS/OS, no action, 100 s; ipmitool's own reset starts it.
it "counts down once told to, and stops"
expect_clean lanplus raw 6 0x24 4 0 0 0x10 0xe8 0x03
expect_answer '^Initial Countdown: +100' lanplus mc watchdog get
expect_clean lanplus mc watchdog reset
expect_answer '^Watchdog Timer Is: +Started/Running' lanplus mc watchdog get
expect_text '^Present Countdown: +(100|99)'
expect_clean lanplus mc watchdog off
expect_answer '^Watchdog Timer Is: +Stopped' lanplus mc watchdog get

it "keeps what it is told of the system"
expect_clean lanplus mc setsysinfo system_name rack7-node3
expect_answer 'rack7-node3' lanplus mc getsysinfo system_name
expect_clean lanplus mc setsysinfo os_name "Debian GNU/Linux 12, a name in three blocks"
expect_answer 'Debian GNU/Linux 12, a name in three blocks' lanplus mc getsysinfo os_name

# A login that the reset falls into is begun anew; a session may lose its end.
it "comes back after a warm reset"
expect_clean lanplus mc reset warm
fine='no response|Close Session command failed'
expect_answer '^Device ID' lanplus mc info

it "comes back after a cold reset"
expect_clean lanplus mc reset cold
fine='no response|Close Session command failed'
expect_answer '^Device ID' lanplus mc info
