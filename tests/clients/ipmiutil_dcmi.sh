#!/bin/sh
# ipmiutil_dcmi.sh - ipmiutil's dcmi and firewall.
. "$SRCDIR/tests/lib/clients.sh"
need ipmiutil
build_port_623

util()
{
    subject=$1
    shift
    port_623 ipmiutil "$subject" "$@" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
}

# What this server has not: a second LAN, a serial port.
lacks='Unsupported$'

lab_start "$MACHINES/server-1u.emu"

it "tells its capabilities and names"
fine=$lacks
expect_answer '^DCMI Version: +.1\.5' util dcmi
expect_text '^DCMI SEL num entries: +.1105'
expect_text '^DCMI Asset Tag: +.AT-0417'

it "measures power"
fine=$lacks
expect_answer 'Current Power: +[0-9]+ Watts' util dcmi power get

it "keeps a power limit"
fine=$lacks
expect_answer 'Power limit applied' util dcmi power set_limit 310
fine=$lacks
expect_answer 'Power Limit Activated' util dcmi power activate
fine=$lacks
expect_answer 'Power Limit: +310 Watts \(active\)' util dcmi power get
fine=$lacks
expect_answer 'Power Limit Deactivated' util dcmi power deactivate

it "lists its temperature sensors"
fine=$lacks
expect_answer '1 Inlet temp sensors' util dcmi -s

it "tells of its firewall"
expect_answer '00,06 support' util firewall info
