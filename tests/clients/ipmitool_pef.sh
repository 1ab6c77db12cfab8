#!/bin/sh
# ipmitool_pef.sh - ipmitool's pef commands, and those it sends raw.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$MACHINES/server-1u.emu"

it "tells what PEF can do"
expect_answer '0x51 \| 24 \| 16 \| .*Alert,Power-off,Reset,Power-cycle,OEM' lanplus pef info

it "tells which events were processed"
expect_answer '\| PEF \| Alert$' lanplus pef status

it "lists filters from the factory"
fine='[|] Discrete [|]'
expect_answer '^ 1 \| enabled, pre-configured \| Temperature \| Any \| Critical' \
    lanplus pef filter list
expect_text '^ 16 \| enabled, pre-configured \| Watchdog 2 \|'
expect_text '^ 17 \| disabled, configurable$'
expect_text '^ 24 \|'

it "enables and disables a filter"
expect_answer 'PEF Filter ID 3 is disabled now' lanplus pef filter disable 3
fine='[|] Discrete [|]'
expect_answer '^ 3 \| disabled' lanplus pef filter list
expect_answer 'PEF Filter ID 3 is enabled now' lanplus pef filter enable 3
fine='[|] Discrete [|]'
expect_answer '^ 3 \| enabled, pre-configured \| Fan' lanplus pef filter list

it "lists policies that lead to the LAN"
expect_answer '^ 1 \| 1 \| disabled \| Match-always \| 1 \| 802\.3 LAN \| PET \| public' \
    lanplus pef policy list
expect_text '^ 16 \|'

it "enables and disables a policy"
expect_answer 'PEF Policy ID 2 is enabled now' lanplus pef policy enable 2
expect_answer '^ 2 \| 1 \| enabled' lanplus pef policy list
expect_answer 'PEF Policy ID 2 is disabled now' lanplus pef policy disable 2
expect_answer '^ 2 \| 1 \| disabled' lanplus pef policy list

it "processes an event"
expect_clean lanplus event 3
expect_answer '\| 0x0009 \| 0xffff \| 0x0009 \|' lanplus pef status

it "resets the host when a filter says so"
expect_clean lanplus raw 4 0x12 2 0x3f
expect_clean lanplus raw 4 0x12 6 20 0x80 0x04 0 0x10 0xff 0xff 0x0c 0xff 0x6f 0xff 0xff \
    0 0 0 0 0 0 0 0 0
expect_clean lanplus event 3
fine='PEF'
expect_answer 'System restart cause: reset via PEF' lanplus chassis restart_cause

# ids FIRST: two octets of Get Last Processed Event ID, from the FIRST on.
# 5: of the record added last; 9: of the last one that the BMC processed.
ids()
{
    lanplus raw 4 0x15 | awk -v at="$1" '{ print "0x" $at, "0x" $(at + 1) }'
}

it "postpones events"
expect_answer '^ 3c' lanplus raw 4 0x11 60
processed=$(ids 9)
expect_clean lanplus event 3
expect_answer '^ 3[bc]' lanplus raw 4 0x11 0xff
expect_same "$(ids 9)" "$processed"
# shellcheck disable=SC2046
expect_clean lanplus raw 4 0x14 0 $(ids 5)
expect_answer '^ 3[bc]' lanplus raw 4 0x11 0xff
expect_answer '^ 00' lanplus raw 4 0x11 0

it "writes nothing into what is read-only"
expect_text 'rsp=0x82' lanplus raw 4 0x12 5 1
expect_text 'rsp=0x80' lanplus raw 4 0x13 0x60 0 0
expect_text 'rsp=0xc9' lanplus raw 4 0x13 6 25 0

it "lets nobody but an administrator change anything"
expect_text 'rsp=0xd4' lanplus -L OPERATOR raw 4 0x12 1 0
expect_clean lanplus -L OPERATOR raw 4 0x13 1 0 0
expect_text 'rsp=0xd4' lanplus -L USER raw 4 0x13 1 0 0
expect_clean lanplus -L USER raw 4 0x10

it "has no immediate alert under way"
expect_answer '^ 00' lanplus raw 4 0x16 1 0x41 0
expect_text 'rsp=0xd5' lanplus raw 4 0x16 1 0x01 0

it "keeps it all across a cold reset"
expect_clean lanplus raw 4 0x12 3 99
expect_clean lanplus mc reset cold
sleep 1
expect_answer '^ 11 63' lanplus raw 4 0x13 3 0 0
expect_answer '^ 11 14 80 04' lanplus raw 4 0x13 6 20 0
