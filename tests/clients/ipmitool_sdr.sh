#!/bin/sh
# ipmitool_sdr.sh - ipmitool's sdr commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool cmp

lab_start "$MACHINES/server-1u.emu"

it "tells of its repository"
expect_answer '^SDR Version +: 0x51' lanplus sdr info
expect_text '^Record Count +: [1-9][0-9]'
records=$(sed -n 's/^Record Count *: //p' "$OUT")

it "lists sensors with readings"
expect_answer '^Inlet Temp +\| 01h \| ok +\| 55\.1 \| [0-9]+ degrees C' lanplus sdr elist
expect_text '^Fan 1A .*\| [0-9]+ RPM'
expect_text '^P12V .*\| 1[12]\.[0-9]+ Volts'
expect_text '^CPU1 Status .*Presence detected'

it "lists as many records as it says it has"
fine='Error'
expect_clean lanplus sdr elist all
expect_same "$(grep -c ' | ' "$OUT")" "$records"

it "lists by kind of record"
expect_answer '^Inlet Temp ' lanplus sdr elist full
expect_answer '^CPU1 Status ' lanplus sdr elist compact
expect_answer 'MC @ 20h' lanplus sdr elist mcloc
expect_answer ' FRU @' lanplus sdr elist fru

it "lists by type of sensor"
expect_answer '^Inlet Temp ' lanplus sdr type Temperature
expect_no_text '^Fan 1A'
expect_answer '^Fan 1A ' lanplus sdr type 0x04
fine='Error|Fail'
expect_answer 'Temperature' lanplus sdr type list

it "lists by entity"
expect_answer '^Fan 2B ' lanplus sdr entity 29

it "gives its records away whole, the same twice"
expect_clean lanplus sdr dump "$WORK/a"
expect_clean lanplus sdr dump "$WORK/b"
expect_ok cmp "$WORK/a" "$WORK/b"
[ -s "$WORK/a" ] || fail "the dump is empty"

it "is the same to who reads with -v, or for a machine"
fine='Invalid completion code received|Assertion|Failure'
expect_answer '^ Sensor Reading +: [0-9]+ .*degrees C' lanplus -v sdr list full
expect_answer '^Inlet Temp,[0-9]+,degrees C,ok' lanplus -c sdr list

it "takes its records back"
expect_clean lanplus sdr fill file "$WORK/a"
expect_clean lanplus sdr dump "$WORK/b"
expect_ok cmp "$WORK/a" "$WORK/b"
