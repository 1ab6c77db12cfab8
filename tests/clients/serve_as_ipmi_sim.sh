#!/bin/sh
# serve_as_ipmi_sim.sh - ipmilab under the name of its predecessor: that
# program's options and files, and its console on standard input.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool mkfifo

ln -s "$IPMILAB" "$WORK/ipmi_sim"

cat >"$WORK/lan.conf" <<'CONF'
name "old"
set_working_mc 0x20
startlan 1
  addr 127.0.0.1 0
  priv_limit admin
  allowed_auths_callback none md2 md5 straight
  allowed_auths_user none md2 md5 straight
  allowed_auths_operator none md2 md5 straight
  allowed_auths_admin none md2 md5 straight
  guid a123456789abcdefa123456789abcdef
endlan
user 1 true  ""        "test" user  10 none md2 md5 straight
user 2 true  "ipmiusr" "test" admin 10 none md2 md5 straight
CONF

cat >"$WORK/old.emu" <<'EMU'
define IPMB "0x20"
mc_setbmc $IPMB
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
sel_enable 0x20 1000 0x0a
sensor_add 0x20 0 1 1 1
sensor_set_value 0x20 0 1 0x60 0
main_sdr_add 0x20 \
  0x00 0x00 0x51 0x01 0x34 \
  0x20 0x00 0x01 0x03 0x01 0x7f 0x68 0x01 \
  0x01 0x85 0x0a 0x80 0x0a 0x38 0x38 0x00 \
  0x01 0x00 0x00 0x01 0x00 0x00 0x00 0x00 \
  0x00 0x01 0x60 0x70 0x50 0xff 0x00 0xa0 \
  0x98 0x90 0x10 0x18 0x20 0x01 0x01 0x00 \
  0x00 0x00 0xc9 'C' 'P' 'U' 0x20 'T' 'e' 'm' 'p' '1'
mc_add_fru_data 0x20 0 8 data 1 0 0 0 0 0 0 0xff
mc_enable 0x20
EMU

# sim OPTION...: start it, with its console at the pipe.
sim()
{
    : >"$WORK/ready"
    rm -f "$WORK/console"
    mkfifo "$WORK/console"
    "$WORK/ipmi_sim" "$@" <"$WORK/console" >>"$WORK/ready" 2>"$WORK/stderr" &
    lab_pid=$!
    exec 9>"$WORK/console"
    left=200
    until grep -q '^Opened UDP port' "$WORK/ready"; do
        left=$((left - 1))
        if [ "$left" -eq 0 ]; then
            fail "it did not start:"
            cat "$WORK/ready" "$WORK/stderr"
            exit 1
        fi
        sleep 0.05
    done
    HOST=127.0.0.1
    PORT=$(sed -n 's/^Opened UDP port //p' "$WORK/ready")
    USER_NAME=ipmiusr
    PASS=test
}

console()
{
    echo "$1" >&9
    sleep 0.3
}

it "takes the files as they are"
sim -c "$WORK/lan.conf" -f "$WORK/old.emu" -s "$WORK/state"
expect_answer '^Product ID +: 3842 ' lanplus mc info
expect_answer '^Product ID +: 3842 ' lan15 mc info
expect_answer 'a1234567|efcdab89' lanplus mc guid

it "has sensors with values at the first run"
expect_answer '^CPU Temp1 +\| 01h \| ok ' lanplus sdr elist

it "does as its console is told"
console 'sensor_set_value 0x20 0 1 0x42 0'
expect_answer '^ 42 ' lanplus raw 4 0x2d 1
console 'sel_add 0x20 2 0 0 0 0 0x20 0 4 1 1 1 0x59 0x58 0x60'
expect_answer 'Temperature .*Upper Critical going high' lanplus sel list
console 'mc_set_power 0x20 1 1'
expect_answer 'OEM record c0' lanplus sel list

it "shows a FRU inventory at its console"
console 'mc_dump_fru_data 0x20 0'
expect_text ' 0x01( 0x00){6} 0xff$' cat "$WORK/ready"
console 'mc_dump_fru_data 0x20 99'
expect_text '\*\*' cat "$WORK/ready"

it "says so when its console is told nonsense, and goes on"
console 'no_such_command'
expect_text 'no_such_command' cat "$WORK/ready"
expect_answer '^Product ID' lanplus mc info

it "ends when its console says so"
console 'quit'
wait "$lab_pid"
expect_same $? 0
lab_pid=
exec 9>&-

it "ends when its input does"
sim -c "$WORK/lan.conf" -f "$WORK/old.emu" -p
exec 9>&-
wait "$lab_pid"
expect_same $? 0
lab_pid=

it "does not care for its input when told so, until it is ended"
sim -n -c "$WORK/lan.conf" -f "$WORK/old.emu"
exec 9>&-
sleep 0.3
expect_answer '^Product ID' lanplus mc info
lab_stop

it "runs a command given to it"
sim -c "$WORK/lan.conf" -f "$WORK/old.emu" -x 'sensor_set_value 0x20 0 1 0x33 0'
expect_answer '^ 33 ' lanplus raw 4 0x2d 1
console quit
wait "$lab_pid"
lab_pid=

it "has the records that sdrcomp has put into the folder of its state"
mkdir -p "$WORK/state/ipmi_sim/old"
printf '%s\n' 'last_add_time:i:1795287262' \
    '1:d:\01\00Q\12\14 \00\00\8f\00\00\00\07\01\00\c9IPMI sim1' \
    >"$WORK/state/ipmi_sim/old/sdr.20.main"
sim -n -c "$WORK/lan.conf" -f "$WORK/old.emu" -s "$WORK/state"
expect_answer '^IPMI sim1 ' lanplus sdr elist all
expect_text '^CPU Temp1 '
lab_stop
sim -n -p -c "$WORK/lan.conf" -f "$WORK/old.emu" -s "$WORK/state"
expect_answer '^CPU Temp1 ' lanplus sdr elist all
expect_no_text 'IPMI sim1'
lab_stop
expect_ok "$IPMILAB" sdr print "$WORK/state/ipmi_sim/old/sdr.20.main"
expect_text 'id_string.*"IPMI sim1"'

it "tells what is wrong with them"
printf '1:d:\\01\\00Q\\12\\14 \\00' >"$WORK/state/ipmi_sim/old/sdr.20.main"
expect_fail "$WORK/ipmi_sim" -n -c "$WORK/lan.conf" -f "$WORK/old.emu" -s "$WORK/state"
expect_text 'sdr\.20\.main:1:1: found 7 octets of record 1; expected 25, as its fifth says'

it "tells what it does not carry out"
sed '/^user 2/a chassis_control "/sbin/control 0x20"\nserial 15 127.0.0.1 9002 codec VM\nstartnow false' \
    "$WORK/lan.conf" >"$WORK/kept.conf"
sim -n -c "$WORK/kept.conf" -f "$WORK/old.emu"
expect_text 'kept\.conf:14: chassis_control: read, and not carried out' cat "$WORK/stderr"
expect_text 'kept\.conf:15: serial: read, and not carried out' cat "$WORK/stderr"
lab_stop

it "says so when it cannot"
expect_fail "$WORK/ipmi_sim" -n -c "$WORK/missing.conf"
expect_text 'missing\.conf'
