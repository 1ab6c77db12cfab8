#!/bin/sh
# ipmitool_tsol.sh - ipmitool's console of a Tyan board.
#
# The client finds its own address only before it has opened its session, that
# is never; so the address is given. It listens at a port of its own, here one
# that follows from the lab's.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool script

# Type at the console, pauses between; what it showed goes to $OUT.
console()
{
    {
        sleep 1
        for keys; do
            printf '%b' "$keys"
            sleep 0.5
        done
    } | timeout "$COMMAND_S" script -qec \
        "ipmitool -I lan -H $HOST -p $PORT -U $USER_NAME -P $PASS tsol $HOST port=$LISTEN" \
        /dev/null >"$OUT" 2>&1
}

lab_start "$SRCDIR/tests/data/emu/oem-tyan.emu"
LISTEN=$((PORT > 40000 ? PORT - 7000 : PORT + 7000))

it "shows what the host says, and lets one type"
console '\r' 'root\r' '\r' '~.'
said="tsol $HOST port=$LISTEN"
expect_text 'SOL Session operational'
expect_text 'login: root'
expect_text 'Password:'

it "is over then"
expect_fail lan15 raw 0x30 0x02 127 0 0 1 0 1
expect_text 'rsp=0xd5'

it "sends to nobody but the asker"
expect_fail lan15 raw 0x30 0x06 198 51 100 1 0x0d 0x3f
expect_text 'rsp=0xcc'
