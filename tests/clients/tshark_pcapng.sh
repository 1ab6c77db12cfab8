#!/bin/sh
# tshark_pcapng.sh - Wireshark's reading of a run's pcapng: the LAN, the bus,
# and the decrypted copy, on one time line, with comments.
. "$SRCDIR/tests/lib/clients.sh"
need tshark ipmitool

lab_start --trace "$WORK/run.pcapng" "$MACHINES/twin.emu" "$MACHINES/shelf.emu"
expect_clean lanplus mc guid
expect_clean lanplus -t 0x72 mc info
expect_fail lanplus -t 0x7e -R 1 -N 1 raw 6 1
expect_fail lan15 -A MD2 -R 1 -N 1 mc info
PORT=$(lab_port shelf)
expect_clean lanplus -t 0x82 mc info
lab_stop

read_trace()
{
    timeout "$COMMAND_S" tshark -n -r "$WORK/run.pcapng" "$@" 2>"$WORK/said"
}

on()
{
    interface=$1
    shift
    read_trace -o ipmi.dissect_bus_commands:TRUE \
        -Y "frame.interface_name == \"$interface\"" "$@"
}

it "has an interface for each kind of link"
for interface in lan0 ipmb0 lan0-clear shelf/ipmb0-a shelf/ipmb0-b; do
    expect_text . on "$interface"
done

it "is dissected as what it is, with no option"
expect_text 'RMCP\+ .*Open Session Request' read_trace
expect_text '192\.0\.2\.13'

it "has the wire's octets on lan0, encrypted"
expect_text '^1$' on lan0 -T fields -e ipmi_session.payloadtype.enc
expect_no_text 'Get System GUID' on lan0

it "has what they mean on lan0-clear"
expect_text 'Req, Get System GUID' on lan0-clear
expect_text 'Rsp, Get System GUID, Command Completed Normally'
expect_text 'Req, Send Message'

it "has the bus on ipmb0"
expect_text '0x20\(IPMB-A\) +(→|->) 0x72 +IPMB .*Req, Get Device ID' on ipmb0
expect_text 'Rsp, Get Device ID, Command Completed Normally'

it "has each bus of a pair by itself"
expect_text '0x82\(IPMB-A\) +(→|->) 0x20 +IPMB .*Rsp, ' on shelf/ipmb0-a
expect_no_text 'IPMB-B'
expect_text '0x82\(IPMB-B\) +(→|->) 0x20 +IPMB .*Rsp, ' on shelf/ipmb0-b
expect_no_text 'IPMB-A'

it "has the bus dissected without any option"
expect_text '0x72\(IPMB-A\) +(→|->) 0x20 +IPMB' read_trace -Y ipmb

# Request and answer of a Get Device ID, 7 and 23 octets: 650 us and 2.09 ms at
# 100 kHz, the bus free for 4.7 us between them.
it "has the frames at their instants, to the nanosecond"
on ipmb0 -T fields -e frame.time_relative -e frame.len >"$WORK/times"
expect_text '^yes$' awk '
    $2 == 18 { at = $1 }
    $2 == 34 && at != "" && $1 - at >= 0.00209469 && $1 - at < 0.002104 { print "yes"; exit }
' "$WORK/times"

it "is in order of time"
expect_ok sh -c "timeout 60 tshark -n -r '$WORK/run.pcapng' -T fields -e frame.time_epoch \
    2>/dev/null | sort -c"

it "says in comments what became of a frame"
expect_text '^NAKed: nobody at that address$' on ipmb0 -T fields -e frame.comment

it "says in a comment why a datagram was ignored"
expect_text '^ignored: AuthCode is wrong' on lan0 -T fields -e frame.comment

it "is not malformed anywhere"
expect_no_text . read_trace -Y '_ws.malformed'
expect_no_text . grep -v '^Running as user "root"' "$WORK/said"

# A board leaves IPMB-A; then everything goes wrong now and then.
lab_start --trace "$WORK/run.pcapng" --fault 'ipmb0 lose 5%' --fault 'ipmb0 corrupt 5%' \
    --fault 'ipmb0 duplicate 5%' --fault 'ipmb0 delay 5% span=20ms' \
    --fault 'ipmb0 truncate 5%' --fault 'ipmb0 nak 3%' --fault 'ipmb0 stick 1% span=30ms' \
    "$MACHINES/twin.emu" "$MACHINES/shelf.emu"
lanplus -t 0x72 sdr elist >"$WORK/out" 2>&1
PORT=$(lab_port shelf)
expect_clean lanplus -t 0x82 raw 0x2c 0x09 0x00 0x00 0xff
sleep 0.5
lab_stop

# 1 is local control, as the specification has it; the words that tshark 4 has
# for it are those for 0.
it "tells the state of an IPMB-0 as PICMG 3.0 has it"
expect_text ' 1\.\.\. \.\.\.\. = IPMB-B Override state' \
    read_trace -V -o ipmi.dissect_bus_commands:TRUE -Y 'ipmi.evt.sensor_type == 0xf1'
expect_text '\.000 \.\.\.\. = IPMB-B Local status: No failure'
expect_text '\.\.\.\. 0\.\.\. = IPMB-A Override state'
expect_text '0000 \.\.\.\. = Channel: Primary IPMB'
expect_text 'Offset: IPMB-A disabled, IPMB-B enabled'

it "has the fate of each frame, and whose fault it was"
on ipmb0 -T fields -e frame.comment >"$WORK/fates"
for fate in lost corrupted duplicated delayed truncated NAKed; do
    expect_text "^$fate: ipmb0 " cat "$WORK/fates"
done

it "is malformed only where it was cut or damaged"
expect_no_text . read_trace -Y '_ws.malformed'
expect_no_text '^$' read_trace -o ipmi.dissect_bus_commands:TRUE -Y '_ws.malformed' \
    -T fields -e frame.comment
expect_no_text '^(lost|NAKed|delayed|delivered|ignored|duplicated)'

it "has the ICMB between chassis, at each that hears it"
lab_start --count 2 --trace "$WORK/run.pcapng" "$SRCDIR/tests/data/emu/icmb.emu"
expect_clean lanplus raw 0x02 0x10
lab_stop
expect_text 'ICMB-1\.0' read_trace -Y 'frame.interface_name contains "/icmb0"'
expect_no_text . read_trace -Y '_ws.malformed'
