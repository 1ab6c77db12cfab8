#!/bin/sh
# trace_replay.sh - a run with real clients is replayed from its trace alone,
# octet for octet, and what is changed in a trace is found at its packet.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-sensors

# The lab ends, and all of its run is the same again.
expect_same_again()
{
    lab_stop
    expect_ok "$IPMILAB" trace replay "$WORK/run.pcapng"
    expect_text ' inputs replayed over .* packets, all the same$'
}

# Octet $2 of file $1 becomes $3.
change()
{
    printf '%b' "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# Where the $2-th "$3" behind the section header of $1 is.
find_word()
{
    head=$(od -An -tu4 -j4 -N4 "$1" | tr -d ' ')
    LC_ALL=C grep -abo "$3" "$1" | awk -F: -v head="$head" -v nth="$2" '
        $1 > head && ++n == nth { print $1; exit }'
}

# Ten clients have printed something.
await_logs()
{
    tries=600
    while [ "$tries" -gt 0 ] && [ "$(find "$WORK" -name 'log.*' -size +0 | wc -l)" -lt 10 ]; do
        sleep 0.05
        tries=$((tries - 1))
    done
}

it "repeats three clients at once, with faults"
lab_start --trace "$WORK/run.pcapng" --fault 'lan lose 3%' --fault 'lan duplicate 5%' \
    --fault 'lan delay 10% span=2ms' --fault 'ipmb lose 5%' "$MACHINES/twin.emu"
lanplus sdr elist >"$WORK/one" 2>&1 &
first=$!
lan15 mc info >"$WORK/two" 2>&1 &
second=$!
free20 ipmi-sensors >"$WORK/three" 2>&1 &
wait $first $second $!
expect_fail ipmitool -I lanplus -H "$HOST" -p "$PORT" -U "$USER_NAME" -P wrong -R 1 -N 1 \
    mc info
attempt lanplus -t 0x72 mc info
expect_same_again
cp "$WORK/run.pcapng" "$WORK/good.pcapng"

it "needs nothing but the trace"
mkdir "$WORK/empty"
expect_ok sh -c "cd '$WORK/empty' && '$IPMILAB' trace replay '$WORK/run.pcapng'"

it "finds an octet of an input that was changed"
change "$WORK/run.pcapng" "$(find_word "$WORK/run.pcapng" 1 "$USER_NAME")" Z
expect_exit 1 "$IPMILAB" trace replay "$WORK/run.pcapng"
expect_text '^packet [0-9]+: the octets differ, from octet [0-9]+ on$'
number=$(sed -n 's/^packet \([0-9]*\): .*/\1/p' "$OUT")
expect_text "^  trace +#$number .* lan0 "
expect_text "^  replay +#$number .* lan0 "
expect_text '^  replay +[0-9a-f]{4} .* 5a'
expect_text '^ +\^\^$'

it "finds an octet of an answer that was changed"
cp "$WORK/good.pcapng" "$WORK/run.pcapng"
change "$WORK/run.pcapng" "$(find_word "$WORK/run.pcapng" 2 "$USER_NAME")" Z
expect_exit 1 "$IPMILAB" trace replay "$WORK/run.pcapng"
expect_text "^packet $number: the octets differ"
expect_text '^  trace +[0-9a-f]{4} .* 5a'

it "compares two traces"
expect_ok "$IPMILAB" trace compare "$WORK/good.pcapng" "$WORK/good.pcapng"
expect_text 'packets on [0-9]+ interfaces, all the same$'
expect_exit 1 "$IPMILAB" trace compare "$WORK/good.pcapng" "$WORK/run.pcapng"
expect_text "^packet $number: the octets differ"
expect_text '^lan0 +[0-9]+ +[0-9]+$'

it "says where a trace is damaged, and that others cannot be replayed"
size=$(wc -c <"$WORK/good.pcapng")
head -c $((size - 5)) "$WORK/good.pcapng" >"$WORK/cut.pcapng"
expect_exit 2 "$IPMILAB" trace replay "$WORK/cut.pcapng"
expect_text 'cut.pcapng: at octet [0-9]+: found the end of the file; expected 5 more octets'
expect_text 'the same before: [0-9]+ packets'
last=$(tail -c 4 "$WORK/good.pcapng" | od -An -tu4 | tr -d ' ')
head -c $((size - last)) "$WORK/good.pcapng" >"$WORK/cut.pcapng"
expect_ok "$IPMILAB" trace replay "$WORK/cut.pcapng"
expect_text 'all the same \(the trace does not tell where its run ended\)$'
expect_exit 2 "$IPMILAB" trace replay "$WORK/one"
expect_exit 2 "$IPMILAB" trace replay "$WORK/nothing.pcapng"

it "repeats ten BMCs, and chance that no seed gives"
lab_start --trace "$WORK/run.pcapng" --count 10 --entropy system "$MACHINES/server-1u.emu"
for n in 1 2 3 4 5 6 7 8 9 10; do
    PORT=$(lab_port $n)
    lanplus sel list >"$WORK/log.$n" 2>&1 &
done
await_logs
expect_same_again

# A folder of readings, a FRU in a file, a serial port that leads out to a
# program: none of them is there any more when the run is repeated.
it "repeats sensors, FRUs and consoles that came from outside"
mkdir "$WORK/chips"
echo 23700 >"$WORK/chips/temp1_input"
echo "Inlet Temp" >"$WORK/chips/temp1_label"
machine_copy server-1u
head -c 256 /dev/zero >"$WORK/fru.bin"
{
    sed '/^fru_source 0x20 1 /d' "$MACHINES/server-1u.emu"
    echo "mc_add_fru_data 0x20 1 256 file 0 \"$WORK/fru.bin\""
} >"$WORK/server-1u.emu"
lab_start --trace "$WORK/run.pcapng" --sensors="$WORK/chips:50" "$WORK/server-1u.emu"
expect_ok lanplus raw 0x0a 0x11 1 0 0 32
printf 'selftest' | dd of="$WORK/fru.bin" conv=notrunc 2>/dev/null
expect_answer '^ 08 73 65 6c 66' lanplus raw 0x0a 0x11 1 0 0 8
expect_ok lanplus raw 0x0a 0x12 1 4 0 0x41 0x42
echo 45000 >"$WORK/chips/temp1_input"
sleep 0.3
expect_answer '\| 45$' lanplus sensor reading "Inlet Temp"
{ sleep 1; printf 'root\r'; sleep 0.5; } | lanplus sol activate >"$OUT" 2>&1
rm -r "$WORK/chips" "$WORK/fru.bin"
expect_same_again
expect_text '^ +[0-9]+ .* SOL sequence [0-9]+.*"root' \
    "$IPMILAB" trace print "$WORK/run.pcapng" --filter kind=sol

if command -v socat >/dev/null; then
    it "repeats what a program at the serial port said"
    machine_copy server-1u
    socat -d -d TCP-LISTEN:0,bind=127.0.0.1 SYSTEM:'echo from outside; cat; sleep 1' \
        >/dev/null 2>"$WORK/socat" &
    socat=$!
    sleep 0.5
    port=$(sed -n 's/.*listening on .*:\([0-9]*\)$/\1/p' "$WORK/socat")
    sed -i "s/^serial 4 .*/sol \"tcp:127.0.0.1:$port\" 115200\\n&/" "$WORK/server-1u.conf"
    lab_start --trace "$WORK/run.pcapng" "$WORK/server-1u.emu"
    { sleep 1; printf 'hello you\r'; sleep 1; } | lanplus sol activate >"$OUT" 2>&1
    kill $socat 2>/dev/null
    expect_same_again
    expect_text 'SOL .*hello you' "$IPMILAB" trace print "$WORK/run.pcapng" \
        --filter kind=sol,from=192.0.2.11
fi
