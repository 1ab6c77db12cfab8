#!/bin/sh
# serve_sensors.sh - sensors that follow files of this computer.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# await_reading SENSOR VALUE: ipmitool comes to read it.
await_reading()
{
    for _ in $(seq 40); do
        attempt lanplus sensor reading "$1"
        ! grep -Eq -e "\| $2\$" "$OUT" || return 0
        sleep 0.1
    done
    fail_command "expected of $1: $2"
}

# chip NAME VALUE [LABEL]: a file of the folder, in the manner of hwmon.
chip()
{
    echo "$2" >"$WORK/chips/$1_input"
    [ -z "$3" ] || echo "$3" >"$WORK/chips/$1_label"
}

mkdir "$WORK/chips"
chip temp1 23700 "Inlet Temp"
chip fan1 8400 "fan 1a"
chip in0 12036 P12V
chip power1 248000000 "System Power"

lab_start --sensors="$WORK/chips:50" "$MACHINES/server-1u.emu"

it "reads a folder of chips, in each sensor's units"
await_reading "Inlet Temp" 24
await_reading "Fan 1A" 8400
await_reading P12V '12(\.0[0-9]+)?'
await_reading "System Power" 248

it "follows what changes, and logs what goes wrong"
expect_clean lanplus sel clear
chip temp1 45000
await_reading "Inlet Temp" 45
expect_answer 'Inlet Temp \| Upper Critical going high' lanplus sel elist

it "complains of a file once"
chip fan1 broken
sleep 0.5
expect_same "$(grep -c 'fan1_input: holds no number' "$WORK/stderr")" 1
lab_stop

it "reads what the machine says"
machine_copy server-1u
{
    cat "$MACHINES/server-1u.emu"
    echo "sensors_dir 0x20 \"$WORK/chips\" 50"
} >"$WORK/server-1u.emu"
lab_start "$WORK/server-1u.emu"
await_reading "Inlet Temp" 45
lab_stop

it "reads a file in the sensor's units"
echo 21.4 >"$WORK/degrees"
{
    sed '/^sensors_from_sdrs/i\
sensor_add 0x20 0 1 1 1 poll 50 file "degrees" units' "$MACHINES/server-1u.emu" |
        sed '/^sensor_move 0x20 0 0x01 /d'
} | sed "s|degrees|$WORK/degrees|" >"$WORK/server-1u.emu"
lab_start "$WORK/server-1u.emu"
await_reading "Inlet Temp" 21
echo 30.6 >"$WORK/degrees"
await_reading "Inlet Temp" 31
lab_stop

it "refuses a folder without sense"
expect_exit 2 "$IPMILAB" serve --sensors=:5 "$MACHINES/server-1u.emu"
expect_exit 2 "$IPMILAB" serve --sensors=/tmp:5 "$MACHINES/server-1u.emu"
