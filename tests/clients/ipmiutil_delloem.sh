#!/bin/sh
# ipmiutil_delloem.sh - ipmiutil's delloem. (Its vFlash is for a local driver
# only; windbg is Serial over LAN, and interactive.)
. "$SRCDIR/tests/lib/clients.sh"
need ipmiutil
build_port_623

dell()
{
    port_623 ipmiutil delloem "$@" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
}

lab_start "$SRCDIR/tests/data/emu/oem-dell.emu"

it "shows a text of the user's"
expect_clean dell lcd set mode userdefined rack-12-row-7-do-not-switch-off
fine='Error Display'
expect_answer 'Text: +rack-12-row-7-do-not-switch-off$' dell lcd info
expect_clean dell lcd set frontpanelaccess viewonly
expect_answer 'lock Status :View only' dell lcd status

it "has the addresses of its LOMs and its own"
expect_answer 'iDRAC7 MAC Address 02:00:5e:00:72:01' dell mac
expect_text '02:00:e1:00:72:01'

it "uses the port it is told to"
expect_clean dell lan set shared with lom2
expect_answer 'shared with lom2' dell lan get
expect_answer '^LOM2$' dell lan get active

it "lights a bay, and shows the identify light"
expect_clean dell setled 0:0.0 online
expect_answer 'LED Status = off' dell getled now

it "measures power"
expect_answer 'Peak Reading +: [1-9][0-9]+ W' dell powermonitor
fine='Failure threshold'
expect_answer 'Reading +: [1-9][0-9]+ W' dell powermonitor powerconsumption
expect_answer 'Max Power Consumption +[1-9][0-9]+ W' dell powermonitor powerconsumptionhistory
expect_clean dell powermonitor clear peakpower

it "caps its power"
expect_clean dell powermonitor enablepowercap
expect_clean dell powermonitor setpowerbudget 300 watt
expect_answer 'Power cap +: 300 Watt' dell powermonitor getpowerbudget
expect_clean dell powermonitor disablepowercap

it "takes what the host tells it"
expect_answer '^https://192\.0\.2\.72:443' dell getsysinfo dell_url
expect_clean dell setsysinfo dell_os_version 6.1.0-18-amd
expect_answer '^6\.1\.0-18-amd' dell getsysinfo dell_os_version
expect_answer '^successful' dell passwordpolicy on
