#!/bin/sh
# ipmiutil.sh - ipmiutil, which knows no port but 623 for most of what it does.
. "$SRCDIR/tests/lib/clients.sh"
need ipmiutil
build_port_623

util20()
{
    subject=$1
    shift
    port_623 ipmiutil "$subject" "$@" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
}

util15()
{
    subject=$1
    shift
    port_623 ipmiutil "$subject" "$@" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan
}

lab_start "$MACHINES/server-1u.emu"

it "is well"
expect_answer '^BMC version +=.*IPMI v2' util20 health
expect_text 'Selftest status += 0055'
expect_answer '^BMC version +=.*IPMI v2' util15 health -T 2

for suite in 1 2 3; do
    it "answers with suite $suite"
    expect_answer 'respData' util20 cmd -J "$suite" 00 20 18 01
done

for type in 2 4; do
    it "answers with IPMI 1.5 and authentication type $type"
    expect_answer 'respData\[len=1[0-9]\]' util15 cmd -T "$type" 00 20 18 01
done

it "refuses a suite that the client has not, and a wrong password"
expect_fail util20 cmd -J 17 00 20 18 01
right=$PASS
PASS=wrong
expect_fail util20 cmd 00 20 18 01
PASS=$right

# A record is named "Boot Error".
it "lists its sensors"
fine='SDR EvtO'
expect_answer '^[0-9a-f]{4} SDR Full .* Inlet Temp .*= [0-9.]+ .*C' util20 sensor
fine='SDR EvtO'
expect_answer '^[0-9a-f]{4} SDR ' util15 sensor -T 2

it "lists its log"
fine='Correctable|Memory'
expect_answer '^SEL Ver 51' util20 sel
expect_text 'Log Cleared'

it "prints its inventories"
expect_answer 'Board Manufacturer +: Example Systems' util20 fru
expect_text 'Product Serial Num +: SN1U'

# It says so when there is no serial over LAN.
it "prints its LAN parameters and users"
fine='GetSOL error 193'
expect_answer 'Lan Param\(3\) IP address: 192\.0\.2\.11' util20 lan
expect_text 'User Access\(chan1,user2\): .*Admin +\(ADMIN\)'

it "has a watchdog that does as told"
expect_answer 'imeout is 100 seconds' util20 wdt -e -t 100 -a 0
expect_clean util20 wdt -r
expect_answer 'started' util20 wdt
expect_clean util20 wdt -d

it "is switched on"
expect_answer 'completed successfully' util20 reset -u
