#!/bin/sh
# ipmitool_delloem.sh - ipmitool's delloem, and what mc getsysinfo knows of Dell.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

dell()
{
    lanplus delloem "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-dell.emu"

it "tells where its web server is"
expect_answer '^https://192\.0\.2\.72:443$' lanplus mc getsysinfo delloem_url
expect_text '82' lanplus mc setsysinfo delloem_url https://192.0.2.1

it "is told what operating system runs"
version='Linux 6.1.0-18-amd64 SMP PREEMPT_DYNAMIC Debian'
expect_clean lanplus mc setsysinfo delloem_os_version "$version"
expect_answer "^$version\$" lanplus mc getsysinfo delloem_os_version

it "shows the model on its display"
fine='Error Display'
expect_answer 'Line 1: +PowerEdge R720$' dell lcd info
fine='Error Display'
expect_answer 'Error Display: +SEL' dell lcd info

it "shows a text of the user's"
text='rack 12, row 7: do not switch off before the audit, ask Ann'
expect_clean dell lcd set mode userdefined "$text"
fine='Error Display'
expect_answer "Text: +$text\$" dell lcd info

it "shows what it is told to"
for mode in none modelname ipv4address macaddress systemname servicetag ipv6address \
    ambienttemp assettag systemwatt; do
    expect_clean dell lcd set mode "$mode"
done
expect_clean dell lcd set lcdqualifier btuphr
expect_clean dell lcd set errordisplay simple
fine='Error Display'
expect_answer 'System Watts' dell lcd info
expect_text 'Unit: +BTU/hr'
expect_text 'Error Display: +Simple'

it "locks its front panel"
expect_answer 'lock Status :View and modify' dell lcd status
expect_clean dell lcd set frontpanelaccess viewonly
expect_clean dell lcd set vkvm active
expect_answer 'lock Status :View only' dell lcd status
expect_text 'KVM Status :Active'

it "has the addresses of its LOMs and its own"
expect_answer 'iDRAC7 MAC Address 02:00:5e:00:72:01' dell mac list
expect_text '^3[[:space:]]+02:00:e1:00:72:01[[:space:]]+Enabled'
expect_answer '^2[[:space:]]+02:00:e0:00:72:01' dell mac get 2
expect_no_text 'e1:00:72:01'
expect_answer '02:00:5e:00:72:01' dell mac get 8

it "uses the port it is told to"
expect_answer '^dedicated$' dell lan get
expect_answer '^dedicated$' dell lan get active
expect_clean dell lan set shared with lom2
expect_clean dell lan set shared with failover lom3
expect_answer 'Shared LOM +: +shared with lom2' dell lan get
expect_text 'Failover LOM +: +shared with failover lom3'
expect_answer '^LOM2$' dell lan get active
expect_clean dell lan set shared with failover all loms
expect_answer 'failover all loms' dell lan get

it "keeps that across a cold reset"
expect_clean lanplus mc reset cold
sleep 1
expect_answer 'failover all loms' dell lan get
expect_answer 'lock Status :View only' dell lcd status
expect_text 'KVM Status :Inactive'
expect_clean dell lan set dedicated

it "lights the bay of a drive"
expect_clean dell setled 0:0.0 online
expect_clean dell setled 0000:03:00.0 fault identify
expect_answer '^ 01 04 06 00 00 00 00 03 28 00' lanplus raw 0x30 0xd5 1 4 6 0 0 0 0 3
fine='mapping'
expect_text 'could not get drive bay:slot mapping' dell setled 63:00.0 online

it "measures power"
expect_answer 'Cumulative Energy Consumption' dell powermonitor
expect_text 'Peak Reading +: [1-9][0-9]+ W'
fine='Failure threshold'
expect_answer 'Reading +: [1-9][0-9]+ W' dell powermonitor powerconsumption
expect_text 'Failure threshold +: 910 W'
expect_text 'Amperage value: [12]\.[0-9] A'
expect_text 'System Instantaneous Headroom : [12][0-9]{3} W'
fine='Failure threshold'
expect_answer 'BTU/hr' dell powermonitor powerconsumption btuphr

it "keeps its history"
expect_answer 'Average Power Consumption +[1-9][0-9]+ W +[1-9][0-9]+ W' \
    dell powermonitor powerconsumptionhistory
expect_answer 'Max Power Consumption +[1-9][0-9]+ BTU/hr' \
    dell powermonitor powerconsumptionhistory btuphr

it "counts anew"
expect_clean dell powermonitor clear peakpower
expect_clean dell powermonitor clear cumulativepower
expect_answer 'Reading +: 0\.0 kWh' dell powermonitor status

it "caps its power as DCMI does"
expect_answer 'Maximum power: 460 Watt' dell powermonitor getpowerbudget
expect_text 'Minimum power: 240 Watt'
expect_text 'not enabled' dell powermonitor setpowerbudget 300 watt
expect_clean dell powermonitor enablepowercap
expect_clean dell powermonitor setpowerbudget 300 watt
expect_answer 'Power cap +: 300 Watt' dell powermonitor getpowerbudget
expect_answer 'Current Limit State: Power Limit Active' lanplus dcmi power get_limit
expect_text 'Power Limit: +300 Watts'
expect_answer 'Instantaneous power reading: +(2[0-9][0-9]|300) Watts' lanplus dcmi power reading
expect_clean dell powermonitor setpowerbudget 1200 btuphr
expect_answer 'Power cap +: 351 Watt' dell powermonitor getpowerbudget
expect_clean dell powermonitor setpowerbudget 50 percent
expect_answer 'Power cap +: 1194 +BTU/hr' dell powermonitor getpowerbudget btuphr
expect_clean dell powermonitor disablepowercap
expect_answer 'No Active Power Limit' lanplus dcmi power get_limit

it "has a vFlash card"
expect_answer '^ 00 f4 ' lanplus raw 0x30 0xa4 0 0
