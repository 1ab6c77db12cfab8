#!/bin/sh
# ipmitool_aggregate.sh - a shelf manager that shows its boards as its own.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-sensors

machine_copy shelf
{
    sed '/^sensor_move /d' "$MACHINES/shelf.emu"
    echo 'aggregate 0x20 0x82 100'
    echo 'aggregate 0x20 0x5e'
    echo 'sleep 3000'
    echo 'sensor_set_value 0x82 0 3 90 1'
    echo 'sensor_set_value 0x5e 0 1 5 1'
} >"$WORK/shelf.emu"

# await REGEX COMMAND...: until the output has it.
await()
{
    regex=$1
    shift
    for _ in $(seq 80); do
        attempt "$@"
        ! grep -Eq -e "$regex" "$OUT" || return 0
        sleep 0.1
    done
    fail_command "expected in the output: $regex"
}

lab_start "$WORK/shelf.emu"

it "shows the boards' sensors as its own, without bridging"
await '^B1 CPU Temp +\| 55\.000 ' lanplus sensor list
expect_text '^Tray Fan 1 +\| [0-9]+\.000 +\| RPM '
expect_clean free20 ipmi-sensors --quiet-cache
expect_text '\| B1 12V +\| Voltage +\| 11\.97 '
expect_text '\| B2 12V +\| Voltage +\| N/A '

it "follows them, and logs what happens there"
await '^B1 CPU Temp +\| 90\.000 ' lanplus sensor list
await 'B1 CPU Temp \| Upper .* going high' lanplus sel elist
await 'Tray Fan 1 \| Lower .* going low' lanplus sel elist

it "leaves the boards to answer for themselves"
expect_clean lanplus -t 0x82 raw 4 0x2d 3
expect_text '^ 5a '
