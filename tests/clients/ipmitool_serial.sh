#!/bin/sh
# ipmitool_serial.sh - the BMC by a serial line: basic mode, terminal mode.
#
# socat makes a terminal of the BMC's TCP port, for ipmitool wants a device.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool socat

# The ports of the lines, below those that the system gives away, in the hope
# that nobody else has them.
TERMINAL=$((25000 + $$ % 1000 * 5)) BASIC=$((TERMINAL + 1)) SYSTEM=$((TERMINAL + 2))

machine_copy twin
sed -i "s/^serial 4 .*/serial 4 127.0.0.1 $TERMINAL codec TerminalMode/" "$WORK/twin.conf"
cat >>"$WORK/twin.conf" <<EOF
serial 5 127.0.0.1 $BASIC codec Direct
serial 15 127.0.0.1 $SYSTEM codec TerminalMode
EOF
lab_start "$WORK/twin.emu"

# plug PORT: a terminal at $WORK/tty
plug()
{
    socat "pty,link=$WORK/tty,raw,echo=0,wait-slave" "tcp:127.0.0.1:$1" &
    socat_pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -e "$WORK/tty" ] && return
        sleep 0.1
    done
    fail "socat made no terminal"
}

unplug()
{
    kill "$socat_pid" 2>/dev/null
    wait "$socat_pid" 2>/dev/null
    rm -f "$WORK/tty"
}

by_terminal() { timeout "$COMMAND_S" ipmitool -I serial-terminal -D "$WORK/tty:9600" "$@"; }
by_system() { timeout "$COMMAND_S" ipmitool -I serial-terminal -D "$WORK/tty:9600:S" "$@"; }
by_basic() { timeout "$COMMAND_S" ipmitool -I serial-basic -D "$WORK/tty:9600" "$@"; }

it "asks by terminal mode"
plug "$TERMINAL"
expect_answer '^Manufacturer ID +: 32473' by_terminal mc info
unplug

it "reads sensors and the SEL by it"
plug "$TERMINAL"
expect_answer 'degrees C' by_terminal sdr list
unplug
plug "$TERMINAL"
expect_ok by_terminal sel info
expect_text '^Entries'
unplug

it "takes orders by it"
plug "$TERMINAL"
expect_ok by_terminal chassis power off
unplug
sleep 2
expect_answer 'is off' lanplus chassis power status

it "asks by basic mode"
plug "$BASIC"
expect_answer '^Manufacturer ID +: 32473' by_basic mc info
unplug
plug "$BASIC"
expect_answer 'is off' by_basic chassis power status
unplug

# The answer is inside that of Send Message, as there is no session that it
# could come into by itself.
it "reaches a controller behind, by either mode"
plug "$TERMINAL"
expect_answer '^Product ID +: 772' by_terminal -t 0x72 mc info
unplug
plug "$BASIC"
expect_answer '^Product ID +: 772' by_basic -t 0x74 mc info
unplug

it "reaches one behind another, by either mode"
plug "$TERMINAL"
expect_answer 'TWN0004502' by_terminal -T 0x72 -B 0 -t 0x74 -b 0 fru print 0
unplug
plug "$BASIC"
expect_answer 'TWN0004501' by_basic -T 0x74 -B 0 -t 0x72 -b 0 fru print 0
unplug

it "says that nobody is there, by either mode"
plug "$TERMINAL"
expect_text 'rsp=0x83' by_terminal -t 0x7e raw 6 1
unplug
plug "$BASIC"
expect_text 'rsp=0x83' by_basic -t 0x7e raw 6 1
unplug

it "reaches a controller behind, as system software"
plug "$SYSTEM"
expect_answer '^Product ID +: 772' by_system -m 0x20 -t 0x72 mc info
unplug

# Type lines, each when the one before has been done.
type_lines()
{
    while read -r line; do
        printf '%s\r\n' "$line"
        sleep 0.05
    done | timeout "$COMMAND_S" socat -t 2 - "tcp:127.0.0.1:$SYSTEM" >"$OUT" 2>&1
}

# Get Device ID of 72h, not tracked, to be answered to LUN 2; numbers 1 to 17.
ask_for_software()
{
    for seq in $(seq 17); do
        octet=$((seq << 2 | 2))
        printf '[18 00 34 00 72 18 76 20 %02X 01 %02X]\n' "$octet" \
            $((-(0x20 + octet + 1) & 0xff))
    done
}

it "keeps sixteen answers for system software, says so, and drops the next"
{
    echo '[18 00 31]'
    ask_for_software
    echo '[18 00 31]'
    for _ in $(seq 17); do
        echo '[18 00 33]'
    done
    echo '[18 00 31]'
} | type_lines
expect_same "$(grep -c '^\[1C 00 34 00\]' "$OUT")" 17
expect_same "$(grep '^\[1C 00 31' "$OUT" | tr -d '\r' | tr '\n' ' ')" \
    '[1C 00 31 00 00] [1C 00 31 00 01] [1C 00 31 00 00] '
expect_same "$(grep -c '^\[1C 00 33 00 00 1E C2 72 .. 01 00 ' "$OUT")" 16
expect_same "$(grep -c '^\[1C 00 33 80\]' "$OUT")" 1

it "understands what a person types, and says what it does not"
printf '[18 00 01]\r\n[SYS PWR]\r\n' | timeout 10 socat -t 2 - "tcp:127.0.0.1:$TERMINAL" >"$OUT" 2>&1
expect_text '^\[1C 00 01 00 '
expect_text '^\[ERR C1\]'

it "hangs up on a second client"
timeout 10 socat "exec:sleep 4" "tcp:127.0.0.1:$TERMINAL" &
first=$!
sleep 1
printf '[18 00 01]' | timeout 10 socat -t 2 - "tcp:127.0.0.1:$TERMINAL" >"$OUT" 2>&1
expect_no_text '1C 00'
wait "$first"

# A client that goes away while it is answered, too: many answers and no reader.
it "survives who hangs up in the middle of an answer"
for _ in 1 2 3 4 5 6 7 8; do
    yes '[18 00 01]' | head -n 2000 | timeout 10 socat -u - "tcp:127.0.0.1:$TERMINAL" >/dev/null 2>&1
done
expect_answer '^Device ID' lanplus mc info

it "survives what is no message"
head -c 20000 /dev/urandom | timeout 10 socat -t 1 -u - "tcp:127.0.0.1:$BASIC" >/dev/null 2>&1
head -c 20000 /dev/urandom | timeout 10 socat -t 1 -u - "tcp:127.0.0.1:$TERMINAL" >/dev/null 2>&1
expect_answer '^Device ID' lanplus mc info
