#!/bin/sh
# target_ipmi_sim.sh - what a BMC must do, asked of one that is none of ours:
# OpenIPMI's ipmi_sim, a fresh one for each test. It fails where the kept list
# says so, and nowhere else; and ipmilab serve does not fail at all.
. "$SRCDIR/tests/lib/suite.sh"
need ipmi_sim comm

known=$SRCDIR/tests/data/ipmi_sim_defects.tsv
TMPDIR=$WORK
export TMPDIR
cd "$SRCDIR" || exit 99

# Other releases have other defects.
version=$(dpkg-query -W -f '${Version}' openipmi 2>/dev/null)
case $version in
2.0.33*) ;;
*)
    echo "SKIP: the kept list is that of ipmi_sim 2.0.33, not ${version:-of this system}"
    exit 77
    ;;
esac

# The chassis, for ipmi_sim: it asks a program.
cat >"$WORK/chassis" <<'SH'
#!/bin/sh
dir=$(dirname "$0")
case "$1 $2" in
"get power") echo "power:$(cat "$dir/power" 2>/dev/null || echo 1)" ;;
"get boot") echo "boot:$(cat "$dir/boot" 2>/dev/null || echo none)" ;;
"set power" | "set boot") echo "$3" >"$dir/$2" ;;
esac
SH
chmod +x "$WORK/chassis"
expect_ok "$IPMILAB" fru compile "$MACHINES/server-1u.fru" --size 2048 -o "$WORK/fru.bin"

# sim_files PORT: a folder with what ipmi_sim needs at that port.
sim_files()
{
    mkdir "$WORK/$1" "$WORK/$1/state"
    cp "$WORK/chassis" "$WORK/fru.bin" "$WORK/$1"
    cat >"$WORK/$1/lan.conf" <<CONF
name "sim"
set_working_mc 0x20
startlan 1
  addr 127.0.0.1 $1
  priv_limit admin
  allowed_auths_callback none md2 md5 straight
  allowed_auths_user none md2 md5 straight
  allowed_auths_operator none md2 md5 straight
  allowed_auths_admin none md2 md5 straight
  guid a123456789abcdefa123456789abcdef
endlan
user 1 true "" "test" user 10 none md2 md5 straight
user 2 true "ADMIN" "ADMIN" admin 10 none md2 md5 straight
chassis_control "$WORK/$1/chassis"
sol "tcp:127.0.0.1:9" 115200
CONF
    cat >"$WORK/$1/sim.emu" <<EMU
mc_setbmc 0x20
mc_add 0x20 0x23 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
sel_enable 0x20 1000 0x0a
mc_add_fru_data 0x20 0 2048 file 0 "$WORK/$1/fru.bin"
sensor_add 0x20 0 0 0x23 0x6f
sensor_add 0x20 0 1 0x01 0x01
sensor_set_threshold 0x20 0 1 settable 111111 0xa0 0x98 0x90 0x10 0x18 0x20
sensor_set_hysteresis 0x20 0 1 settable 2 2
sensor_set_event_support 0x20 0 1 enable scanning per-state \\
  000111111111111 000111111111111 000111111111111 000111111111111
sensor_set_value 0x20 0 1 0x60 0
main_sdr_add 0x20 0 0 0x51 0x01 0x34 0x20 0x00 0x01 0x03 0x01 0x7f 0x68 0x01 0x01 \\
  0x85 0x0a 0x80 0x0a 0x38 0x38 0x00 0x01 0x00 0x00 0x01 0x00 0x00 0x00 0x00 0x00 0x01 \\
  0x60 0x70 0x50 0xff 0x00 0xa0 0x98 0x90 0x10 0x18 0x20 0x01 0x01 0x00 0x00 0x00 \\
  0xc9 'C' 'P' 'U' 0x20 'T' 'e' 'm' 'p' '1'
mc_enable 0x20
EMU
}

# play_sim PORT FILE...: all but those that wait, with a fresh ipmi_sim for each.
play_sim()
{
    port=$1
    shift
    sim_files "$port"
    "$IPMILAB" test --tap --tag '!waits' --allow-writes --target "127.0.0.1:$port" \
        --target-start "cd $WORK/$port && exec ipmi_sim -c lan.conf -f sim.emu -s state -n -p" \
        "$@" >"$WORK/tap.$port" 2>&1
}

# Ports below those that the system gives away, for each is left and bound anew
# between tests; in the hope that nobody else has them.
first=$((30000 + $$ % 400 * 5))
ours=$((first + 4))

# Most of the time is waiting.
set -- "$first" $((first + 1)) $((first + 2)) $((first + 3))
players=
for range in a-k l-o p-r s-z; do
    play_sim "$1" scenarios/conformance/bmc/[$range]*.lua &
    players="$players $!"
    shift
done

it "passes before a machine of ours, at a port"
lab_start --port "$ours" "$MACHINES/server-1u.emu"
expect_ok "$IPMILAB" test --tag '!waits' --allow-writes --target "$HOST:$PORT" \
    --user "$USER_NAME" --password "$PASS" scenarios/conformance/bmc
lab_stop

it "fails before ipmi_sim where it is known to be wrong"
for player in $players; do
    wait "$player"
done
sed -n -e 's/ # .*//' -e 's/^not ok [0-9]* - scenarios\/conformance\/bmc\///p' "$WORK"/tap.* |
    sort >"$WORK/failed"
sed -e '/^#/d' -e 's/	.*//' "$known" | sort >"$WORK/known"
grep -h '^Bail out' "$WORK"/tap.* && fail "the target was lost"
[ "$(grep -h '^ok' "$WORK"/tap.* | wc -l)" -ge 300 ] || fail "few tests were played"
comm -23 "$WORK/failed" "$WORK/known" >"$WORK/new"
comm -13 "$WORK/failed" "$WORK/known" >"$WORK/gone"
if [ -s "$WORK/new" ]; then
    fail "these fail and are not in the list:"
    while read -r name; do
        grep -hF -A 12 "$name" "$WORK"/tap.*
    done <"$WORK/new"
fi
[ ! -s "$WORK/gone" ] || fail "these are in the list and do not fail: $(cat "$WORK/gone")"
