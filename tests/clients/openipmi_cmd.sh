#!/bin/sh
# openipmi_cmd.sh - OpenIPMI's openipmicmd and rmcp_ping.
. "$SRCDIR/tests/lib/clients.sh"
need openipmicmd rmcp_ping

# It ends when its input does, so the input lasts until the answer is there.
cmd()
{
    : >"$OUT"
    answer_awaited | timeout 20 openipmicmd -k "$1" lan -U "$USER_NAME" -P "$PASS" \
        -p "$PORT" $options "$HOST"
}

answer_awaited()
{
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
        ! grep -Eq '^[0-9a-f][0-9a-f] [0-9a-f][0-9a-f] |Unable' "$OUT" || return 0
        sleep 0.25
    done
}

id='^0f 07 00 01 00 20 01 02 '

lab_start "$MACHINES/server-1u.emu" "$MACHINES/twin.emu"

it "answers the client as it comes"
options=
expect_answer "$id" cmd "0f 00 06 01"

for type in none straight md2 md5; do
    it "answers with IPMI 1.5 and $type"
    options="-A $type"
    expect_answer "$id" cmd "0f 00 06 01"
done

it "answers with every RMCP+ algorithm that the client has right"
options="-A rmcp+ -Ra rakp_hmac_sha1 -Ri hmac_sha1 -Rc aes_cbc_128"
expect_answer "$id" cmd "0f 00 06 01"
options="-A rmcp+ -Ra rakp_hmac_sha1 -Ri none -Rc none"
expect_answer "$id" cmd "0f 00 06 01"
options="-A rmcp+ -Ra rakp_hmac_md5 -Ri md5 -Rc none"
expect_answer "$id" cmd "0f 00 06 01"

# OpenIPMI derives K1 and K2 from constants of 16 octets where the standard,
# ipmitool and FreeIPMI have 20: HMAC-MD5-128, and AES after HMAC-MD5, cannot
# be understood.
it "outlives the client's wrong keys"
options="-A rmcp+ -Ra rakp_hmac_md5 -Ri hmac_md5 -Rc none"
expect_no_text "$id" cmd "0f 00 06 01"
options=
expect_answer "$id" cmd "0f 00 06 01"

it "opens a session at operator"
options="-L operator"
expect_answer "$id" cmd "0f 00 06 01"

it "refuses a wrong password"
right=$PASS
PASS=wrong
options=
expect_no_text "$id" cmd "0f 00 06 01"
PASS=$right

it "answers rmcp_ping"
expect_answer 'IPMI' timeout 10 rmcp_ping -p "$PORT" -t 1 "$HOST"

PORT=$(lab_port twin)
it "brings one to a node behind the bus"
expect_answer '^00 72 00 .*07 00 01 00 30 |07 00 01 00 30 ' cmd "00 72 00 06 01"
