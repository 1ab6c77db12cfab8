#!/bin/sh
# bridge_every_satellite.sh - every client that bridges reaches every satellite
# of the shipped machines; on a bus that loses frames too; and is told so when
# the bus loses all of them, while the BMC goes on serving others.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-sensors ipmi-fru openipmish

# The satellites of each machine: address, channel and sensors that are theirs.
twin='0x72 0x74'
shelf='0x82 0x84 0x86 0x88 0x5e'

# ipmitool, by address and channel, once and twice over the bus.
by_ipmitool()
{
    for address; do
        it "lets ipmitool reach $address ($why)"
        expect_answer '^Device ID +: ' lanplus -t "$address" mc info
        expect_answer '^Device ID +: ' lanplus -m 0x20 -b 0 -t "$address" mc info
        expect_answer '\| ok ' lanplus -t "$address" sdr elist
    done
}

# by_ipmitool_twice THROUGH TO PATTERN: what is told is the further one's.
by_ipmitool_twice()
{
    it "lets ipmitool reach $2 through $1 ($why)"
    expect_answer "$3" lanplus -T "$1" -B 0 -t "$2" -b 0 fru print 0
}

# The names of the sensors that an SDR source describes.
names_of()
{
    awk '/^sdr type/ { sensor = $3 < 4 }
         sensor && $1 == "id_string" { sub(/^[^"]*"/, ""); sub(/".*/, ""); print }' "$@"
}

# by_freeipmi INVENTORIES SDR-SOURCE...: every sensor is read, and so many FRUs.
by_freeipmi()
{
    inventories=$1
    shift
    it "lets ipmi-sensors read the sensors of all ($why)"
    names_of "$@" >"$WORK/names"
    [ -s "$WORK/names" ] || fail "no names in $*"
    expect_clean free20 ipmi-sensors --bridge-sensors --ignore-not-available-sensors
    while read -r name; do
        grep -Eq "^[0-9]+ +\\| $name +\\| " "$OUT" || fail_command "no sensor $name"
    done <"$WORK/names"

    # An operator's right: a user bridges to system software alone.
    it "lets ipmi-fru read the FRUs of all ($why)"
    expect_clean free20 ipmi-fru -l OPERATOR --bridge-fru
    expect_same "$(grep -c '^FRU Inventory Device' "$OUT")" "$inventories"
}

# Wait until OpenIPMI has found the controllers, and list them.
scan()
{
    {
        echo "domain open d -wait_til_up lan -U $USER_NAME -P $PASS -p $PORT $HOST"
        for address; do
            for _ in $(seq 200); do
                ! grep -Eqi "Name: d\\(0\\.${address#0x}\\)" "$OUT" || break
                sleep 0.1
            done
        done
        echo exit
        sleep 0.2
    } | timeout "$COMMAND_S" openipmish
}

by_openipmi()
{
    it "lets OpenIPMI's scan of the bus find all ($why)"
    : >"$OUT"
    scan "$@" >"$OUT" 2>&1
    said="openipmish"
    for address; do
        expect_text "Name: d\\(0\\.${address#0x}\\)"
    done
}

why='a sound bus'
lab_start "$MACHINES/twin.emu" "$MACHINES/shelf.emu"
by_ipmitool $twin
by_ipmitool_twice 0x72 0x74 'TWN0004502'
by_ipmitool_twice 0x74 0x72 'TWN0004501'
by_freeipmi 5 "$MACHINES"/twin-node-?.sdrs
by_openipmi $twin
PORT=$(lab_port shelf)
by_ipmitool $shelf
by_ipmitool_twice 0x82 0x84 'CPB0000551'
by_freeipmi 7 "$MACHINES"/shelf-board-?.sdrs "$MACHINES"/shelf-carrier.sdrs \
    "$MACHINES"/shelf-fan-tray.sdrs
by_openipmi $shelf
lab_stop

why='5 % lost'
lab_start --stats --fault 'ipmb lose 5%' "$MACHINES/twin.emu" "$MACHINES/shelf.emu"
by_ipmitool $twin
by_ipmitool_twice 0x72 0x74 'TWN0004502'
by_freeipmi 5 "$MACHINES"/twin-node-?.sdrs
by_openipmi $twin
PORT=$(lab_port shelf)
by_ipmitool $shelf
by_freeipmi 7 "$MACHINES"/shelf-board-?.sdrs "$MACHINES"/shelf-carrier.sdrs \
    "$MACHINES"/shelf-fan-tray.sdrs
by_openipmi $shelf
lab_stop
it "takes resends to get there"
expect_text '^shelf/20h +[1-9][0-9]* +[1-9][0-9]* +[1-9]' cat "$WORK/ready"

# Send Message is done when the request is out; nothing follows it.
it "tells ipmitool nothing when all is lost"
lab_start --fault 'ipmb lose' "$MACHINES/twin.emu"
lanplus -t 0x72 -N 1 -R 2 raw 6 1 >"$WORK/bridged" 2>&1 &
bridged=$!
sleep 0.3

it "answers others at once meanwhile"
for _ in 1 2 3; do
    began=$(date +%s%N)
    expect_clean lanplus raw 6 1
    took=$((($(date +%s%N) - began) / 1000000))
    [ "$took" -lt 1000 ] || fail "a direct request took $took ms"
done
kill -0 "$bridged" 2>/dev/null || fail "the bridged request was over already"

it "lets the asker find out by itself that nobody answers"
if wait "$bridged"; then
    fail "a bridged request was answered over a dead bus"
fi
expect_text 'Unable to send RAW command' cat "$WORK/bridged"
expect_no_text 'rsp=0x'
lab_stop

# As BMCs do that put the answer inside.
it "says Timeout where the answer would be inside"
machine_copy twin
echo 'bridge_style 0x20 encapsulated' >>"$WORK/twin.emu"
lab_start --fault 'ipmb lose after=3s' "$WORK/twin.emu"
expect_answer '^Device ID +: ' lanplus -t 0x72 mc info
sleep 3
expect_text 'rsp=0xc3' lanplus -t 0x72 -N 3 -R 1 raw 6 1
lab_stop

it "says what the wire said"
lab_start --fault 'ipmb nak to=0x72' --fault 'ipmb stick to=0x74 span=1h times=1' \
    "$MACHINES/twin.emu"
expect_text 'rsp=0x83' lanplus -t 0x72 -R 1 raw 6 1
expect_text 'rsp=0x82' lanplus -t 0x74 -N 8 -R 1 raw 6 1
expect_clean lanplus raw 6 1
