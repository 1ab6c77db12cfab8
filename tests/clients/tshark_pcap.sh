#!/bin/sh
# tshark_pcap.sh - Wireshark's reading of a run's pcap, with no option.
. "$SRCDIR/tests/lib/clients.sh"
need tshark ipmitool

lab_start --trace "$WORK/run.pcap" "$MACHINES/server-1u.emu" "$MACHINES/twin.emu"
expect_clean lanplus mc guid
expect_clean lan15 chassis status
PORT=$(lab_port twin)
expect_clean lanplus mc guid
lab_stop

# read_trace TSHARK-ARG...: what it finds; its complaints go to $WORK/said.
read_trace()
{
    timeout "$COMMAND_S" tshark -n -r "$WORK/run.pcap" "$@" 2>"$WORK/said"
}

it "is a classic pcap of raw IP"
expect_same "$(od -An -tx4 -N4 "$WORK/run.pcap" | tr -d ' ')" a1b23c4d
expect_text ' 101 ' echo " $(od -An -tu4 -j20 -N4 "$WORK/run.pcap") "

it "is dissected as what it is"
expect_text 'RMCP\+ .*Open Session Request' read_trace
expect_text 'RAKP Message 4'
expect_text 'Get Channel Auth|payload type: IPMI Message'

it "shows the BMCs at their own addresses, and port 623"
expect_text '^192\.0\.2\.11.623$' \
    read_trace -T fields -E separator=. -e ip.dst -e udp.dstport
expect_text '^192\.0\.2\.13.623$'

it "is dissected down to the command where that is not encrypted"
expect_text 'Req, Get Chassis Status' read_trace -o ipmi.dissect_bus_commands:TRUE
expect_text 'Rsp, Get Chassis Status, Command Completed Normally'
expect_text 'Req, Get Channel Authentication Capabilities'

it "has both sessions, and both ways"
expect_text '^0x02$' read_trace -Y 'ipmi_session.authtype == 2' \
    -T fields -e ipmi_session.authtype
expect_text '^0x10$' read_trace -Y 'ipmi_session.payloadtype == 0x10' \
    -T fields -e ipmi_session.payloadtype
requests=$(read_trace -Y 'udp.dstport == 623' | wc -l)
answers=$(read_trace -Y 'udp.srcport == 623' | wc -l)
expect_same "$requests" "$answers"

it "is not malformed anywhere"
expect_no_text . read_trace -Y '_ws.malformed'
expect_no_text . read_trace -Y 'ip.checksum.status == 0 || udp.checksum.status == 0' \
    -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE
expect_no_text . grep -v '^Running as user "root"' "$WORK/said"

it "shows real ports when told to"
lab_start --trace "$WORK/run.pcap" --trace-ports real "$MACHINES/server-1u.emu"
real=$PORT
expect_clean lanplus mc guid
lab_stop
expect_text "^127\\.0\\.0\\.1\\.$real\$" \
    read_trace -T fields -E separator=. -e ip.dst -e udp.dstport
