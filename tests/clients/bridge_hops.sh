#!/bin/sh
# bridge_hops.sh - a request over three controllers, one Send Message inside the
# other, written out by hand; ipmitool goes over two at most.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-raw

SEND_MESSAGE=0x34
TRACK=0x40

# The sum that makes these octets 0, with itself.
sum_of()
{
    sum=0
    for octet; do
        sum=$((sum + octet))
    done
    printf '0x%02x' $((-sum & 0xff))
}

# message TO NETFN COMMAND DATA...: an IPMB message from 20h, as words.
message()
{
    head="$1 $(printf '0x%02x' $(($2 << 2)))"
    shift 2
    # shellcheck disable=SC2086
    echo "$head $(sum_of $head) 0x20 0x04 $* $(sum_of 0x20 0x04 "$@")"
}

# by CHANNEL CONTROLLER MESSAGE...: the same, for that controller to send on.
by()
{
    through=$(printf '0x%02x' $((TRACK | $1)))
    controller=$2
    shift 2
    message "$controller" 6 $SEND_MESSAGE "$through" "$@"
}

# A module behind the carrier, behind a board. Each answer is inside that of
# the one before, in ipmi-raw's hexadecimal words.
ask_module()
{
    # shellcheck disable=SC2046
    free20 ipmi-raw 0 6 $SEND_MESSAGE $TRACK $(by 0 0x82 $(by 7 0x88 $(message "$@")))
}

machine_copy shelf
echo 'bridge_style 0x20 encapsulated' >>"$WORK/shelf.emu"
lab_start "$WORK/shelf.emu"
board='rcvd: 34 00 20 1C C4 82 04 34'
carrier='20 1C C4 88 04 34'

it "asks a module for its event receiver, over board and carrier"
expect_text "^$board 00 $carrier 00 20 14 CC 72 04 01 00 20 00 " ask_module 0x72 4 0x01

it "reads its sensor"
expect_text "^$board 00 $carrier 00 20 14 CC 72 04 2D 00 " ask_module 0x72 4 0x2d 0x43

it "is told by the carrier that nobody is there"
expect_text "^$board 00 $carrier 83 " ask_module 0x7c 6 0x01

# 15 octets of a device id, in an answer, in an answer: 39, where an IPMB takes
# 32. The board says so.
it "is told by the board that the answer is too long to be carried on"
expect_text "^$board CA " ask_module 0x72 6 0x01

it "is told by the board that it has no such channel"
# shellcheck disable=SC2046
expect_text "^$board C[C1D9] " free20 ipmi-raw 0 6 $SEND_MESSAGE $TRACK \
    $(by 5 0x82 $(message 0x72 6 0x01))
