#!/bin/sh
# ipmitool_channel.sh - ipmitool's channel, session and raw commands.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

clients=

lab_start "$MACHINES/server-1u.emu"

it "tells of its LAN channel"
expect_answer '^ +Channel Medium Type +: 802\.3 LAN' lanplus channel info 1
expect_text '^ +Session Support +: multi-session'
expect_text '^ +Access Mode +: always available'

it "knows which channel it is asked on"
expect_answer '^Channel 0x1 info' lanplus channel info

it "tells how one may log in"
expect_answer 'Authentication Type|IPMI v2\.0|[Cc]hannel' lanplus channel authcap 1 4

it "tells and takes a user's access"
expect_answer '^User Name +: ADMIN' lanplus channel getaccess 1 2
expect_text '^Privilege Level +: ADMINISTRATOR'
expect_answer 'successful' \
    lanplus channel setaccess 1 7 callin=off ipmi=on link=on privilege=3
expect_answer '^Privilege Level +: OPERATOR' lanplus channel getaccess 1 7
expect_text '^IPMI Messaging +: enabled'
expect_text '^Link Authentication +: enabled'

it "lists its cipher suites"
expect_answer '^3 +N/A +hmac_sha1 +hmac_sha1_96 +aes_cbc_128' \
    lanplus channel getciphers ipmi 1
expect_text '^17 +N/A +hmac_sha256 +sha256_128 +aes_cbc_128'
expect_answer '^3 +N/A' lanplus channel getciphers sol 1

it "tells of the session it is asked in"
expect_answer '^session handle +: [0-9]+' lanplus session info active
expect_text '^privilege level +: ADMINISTRATOR'
expect_text '^session type +: IPMIv2/RMCP\+'
expect_text '^console ip +: 127\.0\.0\.1'
expect_text '^active sessions +: 1$'
expect_answer '^session handle' lanplus session info all

it "frees what is closed"
for _ in 1 2 3; do expect_clean lanplus mc guid; done
expect_answer '^active sessions +: 1$' lanplus session info active

it "holds sixteen sessions at once"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
    lanplus mc guid >"$WORK/guid.$i" 2>&1 &
    clients="$clients $!"
done
wait $clients
expect_same "$(cat "$WORK"/guid.* | grep -c '^System GUID')" 16
expect_answer '^active sessions +: 1$' lanplus session info active

it "answers bytes with bytes"
expect_answer '^ 20 01 02 ' lanplus raw 6 1
expect_answer '^ 55 00' lanplus raw 6 4

it "says so when it does not know a command"
expect_fail lanplus raw 6 0x7e
expect_text 'rsp=0xc1'
expect_fail lanplus raw 0x3a 1
expect_text 'rsp=0xc1'

it "says so when a request is cut short, or too long"
expect_fail lanplus raw 0 2
expect_text 'rsp=0xc7'
expect_fail lanplus raw 0 2 1 1
expect_text 'rsp=0xc7'

it "answers a hundred requests in one session"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    printf 'raw 6 1\n%.0s' 1 2 3 4 5 6 7 8 9 10
done >"$WORK/script"
expect_clean lanplus exec "$WORK/script"
expect_same "$(grep -c '^ 20 01 02 ' "$OUT")" 100
