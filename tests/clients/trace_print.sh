#!/bin/sh
# trace_print.sh - captures in words and in the clear: our own pcapng, a
# classic pcap, and what another program has captured.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool tshark

print()
{
    "$IPMILAB" trace print "$@"
}

lab_start --trace "$WORK/run.pcapng" "$MACHINES/twin.emu"
expect_clean lanplus mc guid
expect_clean lanplus -C 3 -t 0x72 mc info
expect_fail lanplus -R 1 -N 1 -t 0x7e raw 6 1
expect_clean lan15 -A MD5 mc info
{ sleep 1; printf 'root\r'; sleep 0.5; } | lanplus sol activate >"$OUT" 2>&1
lab_stop
lab_start --trace "$WORK/run.pcap" "$MACHINES/twin.emu"
expect_clean lanplus mc guid
lab_stop

it "tells of each packet who says what to whom"
expect_text '^ +[0-9]+ +[0-9.]+ lan0 +127\.0\.0\.1:[0-9]+ > 192\.0\.2\.13:623  Open Session Request' \
    print "$WORK/run.pcapng"
expect_text 'RAKP message 1, .* user "admin", Administrator'
expect_text 'RAKP message 4, console session A0A2A3A4h'
expect_text 'lan0-clear .*  Get System GUID answered: .*\(#[0-9]+, '
expect_text 'ipmb0 +20h > 72h  Get Device ID$'
expect_text 'ipmb0 +72h > 20h  Get Device ID answered: .*\(#[0-9]+, 2\.[0-9]+ ms\)'
expect_text '\{NAKed: nobody at that address\}'
expect_text 'SOL sequence [0-9]+.*"root'
expect_no_text ' inputs '
expect_no_text 'no RMCP|cut short|is wrong'

it "tells every field"
expect_text '^ +console random number \(16\): ' print -v "$WORK/run.pcapng" -f kind=rakp1
expect_text '^ +user name of 5 octets: "admin"$'
expect_text '^ +session [0-9]+ of this trace: IPMI 1\.5, user admin, active' \
    print -v "$WORK/run.pcapng" -f cmd=3Bh

it "filters"
expect_no_text 'lan0 ' print "$WORK/run.pcapng" --filter lane=ipmb0
expect_text 'ipmb0'
expect_text 'Get Device ID' print "$WORK/run.pcapng" --filter 'lane=ipmb0,is=response,cc=0'
expect_exit 2 print "$WORK/run.pcapng" --filter shape=round
expect_text 'expected one of the names'

it "reads a pcap of ours, and pcapng of others, of any link"
expect_text ' lan +127\.0\.0\.1:[0-9]+ > 192\.0\.2\.13:623  RAKP message 1' \
    print "$WORK/run.pcap"
expect_ok tshark -n -r "$WORK/run.pcapng" -Y 'frame.interface_name == "lan0"' -F pcapng \
    -w "$WORK/lan.pcapng"
expect_text ' lan0 +127\.0\.0\.1:[0-9]+ > 192\.0\.2\.13:623  RAKP message 1' \
    print "$WORK/lan.pcapng"
if command -v text2pcap >/dev/null; then
    tshark -n -r "$WORK/run.pcap" -T fields -e udp.payload 2>/dev/null |
        sed 's/\(..\)/\1 /g; s/^/000000 /' |
        text2pcap -q -F pcapng -u 40000,623 - "$WORK/ether.pcapng" >"$OUT" 2>&1
    expect_text '10\.1\.1\.1:40000 > 10\.2\.2\.2:623  Open Session Request' \
        print "$WORK/ether.pcapng"
fi

it "decrypts with the password"
expect_ok "$IPMILAB" trace decrypt "$WORK/lan.pcapng" --user admin --password secret \
    -o "$WORK/clear.pcapng"
expect_text 'user "admin", .*: read, [0-9]+ of [0-9]+ packets good$'
expect_no_text 'could not|AuthCode|cannot'
clear=$(print "$WORK/clear.pcapng" --filter lane=lan0-clear | wc -l)
own=$(print "$WORK/run.pcapng" --filter lane=lan0-clear | wc -l)
expect_same "$clear" "$own"
expect_text 'Req, Get System GUID' tshark -n -r "$WORK/clear.pcapng" \
    -o ipmi.dissect_bus_commands:TRUE -Y 'frame.interface_name == "lan0-clear"'
expect_text 'Rsp, Get System GUID, Command Completed Normally'
expect_ok "$IPMILAB" trace decrypt "$WORK/run.pcap" --password secret -o "$WORK/w.pcapng"
expect_text 'Get System GUID answered' print "$WORK/w.pcapng"
expect_no_text . sh -c "tshark -n -r '$WORK/clear.pcapng' -Y _ws.malformed 2>/dev/null"

it "says why not with another"
expect_exit 1 "$IPMILAB" trace decrypt "$WORK/run.pcapng" --password wrong -o "$WORK/w.pcapng"
expect_text 'wrong password: the code of RAKP message 2 does not match, 0 of [0-9]+ packets'
expect_text '^.*w\.pcapng: 0 clear copies of [0-9]+ sessions, [0-9]+ could not be read$'
expect_exit 1 "$IPMILAB" trace decrypt "$WORK/run.pcapng" --user other --password secret \
    -o "$WORK/w.pcapng"
expect_text 'of another user'
late=$(tshark -n -r "$WORK/run.pcap" -Y 'ipmi_session.payloadtype.enc == 1' -T fields \
    -e frame.number 2>/dev/null | sed -n 1p)
tshark -n -r "$WORK/run.pcap" -Y "frame.number >= $late" -F pcap -w "$WORK/late.pcap" 2>/dev/null
expect_exit 1 "$IPMILAB" trace decrypt "$WORK/late.pcap" --password secret -o "$WORK/w.pcapng"
expect_text 'its set-up is not in the capture'

it "refuses what is no capture"
echo nonsense >"$WORK/nonsense"
expect_exit 2 print "$WORK/nonsense"
expect_exit 2 print "$WORK/run.pcapng" "$WORK/run.pcap"
expect_exit 2 "$IPMILAB" trace
expect_exit 2 "$IPMILAB" trace decrypt "$WORK/run.pcapng" -o "$WORK/w.pcapng"
expect_ok "$IPMILAB" trace --help
