#!/bin/sh
# serve_stats.sh - what ipmilab serve has counted, and what it makes go wrong.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# statistics N: wait until the program has printed them N times.
statistics()
{
    for _ in $(seq 100); do
        [ "$(grep -Ec 'statistics after|"stats"' "$WORK/ready")" -ge "$1" ] && return
        sleep 0.05
    done
    fail "statistics were not printed"
}

# twin without its shelf: of a shelf's controller ipmitool asks the address
# first, over the bus as well.
twin_copy()
{
    machine_copy twin
    sed -i '/^atca_enable$/d; /^vita_enable$/d' "$WORK/twin.emu"
}
twin_copy

it "counts what crosses a bus, a LAN and a bridge"
lab_start --stats "$WORK/twin.emu" "$MACHINES/shelf.emu"
expect_clean lanplus -t 0x72 mc info
expect_fail lanplus -t 0x7e -R 1 -N 1 raw 6 1
expect_fail lan15 -A MD2 -R 1 -N 1 mc info
kill -USR1 "$lab_pid"
statistics 1
expect_text '^statistics after [0-9.]+ s$' cat "$WORK/ready"
expect_text '^IPMB +frames +octets +busy +collided'
expect_text '^twin/ipmb0 +[1-9][0-9]* +[1-9][0-9]* +[0-9.]+% +0 +0 +0 +0 +1 +0 '
expect_text '^at its wire +sent +octets +received'
expect_text '^twin/72h +1 +23 +1 +7 '
expect_text '^requests on it +asked +answered +resends +time-outs'
expect_text '^twin/20h +2 +1 +0 +0 +1 '
expect_text '^twin/72h +0 +0 +0 +0 +0 +0 +0 +1 +0 +1 '
expect_text '^twin/lan1 +[1-9][0-9]* +[1-9][0-9]* +[1-9]'
expect_text '^  [1-9][0-9]* dropped: AuthCode is wrong'

it "leaves out what saw nothing"
expect_no_text '^shelf/ipmb0' cat "$WORK/ready"

it "prints them once more at the end"
lab_stop
statistics 2

it "counts in JSON, one line, when the rest is JSON"
"$IPMILAB" serve --json --stats --port 0 "$WORK/twin.emu" >"$WORK/ready" 2>"$WORK/stderr" &
lab_pid=$!
for _ in $(seq 100); do
    grep -q '"ready"' "$WORK/ready" && break
    sleep 0.05
done
PORT=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$WORK/ready")
USER_NAME=ADMIN
PASS=ADMIN
expect_clean lanplus -t 0x72 mc info
lab_stop
expect_text '^\{"stats":\{"at_ns":[0-9]+,"ipmb":\[\{"name":"twin/ipmb0","frames":[1-9]' \
    cat "$WORK/ready"
expect_text '"lan":\[\{"name":"twin/lan1","received":[1-9]'
expect_same "$(wc -l <"$WORK/ready")" 2

it "makes go wrong what it is told to, on a bus"
lab_start --stats --fault 'ipmb nak to=0x72 times=1' --fault 'ipmb corrupt to=0x74 times=1' \
    "$WORK/twin.emu"
expect_text 'rsp=0x83' lanplus -t 0x72 -b 0 -m 0x20 -R 1 raw 6 1
expect_clean lanplus -t 0x72 raw 6 1
expect_clean lanplus -t 0x74 raw 6 1
lab_stop
expect_text '^twin/20h +3 +2 +1 +0 +1 ' cat "$WORK/ready"

# Two satellites notice something at one instant, one second after the start.
# The one with the higher address gives way to the other, and then to the
# BMC's answer to that.
it "counts lost arbitrations, and what is sent again for them"
twin_copy
cat >>"$WORK/twin.emu" <<'END'
sleep 1000
sensor_set_bit 0x72 0 0x09 1 1 1
sensor_set_bit 0x74 0 0x09 1 1 1
END
lab_start --stats "$WORK/twin.emu"
sleep 2
lab_stop
expect_text '^twin/ipmb0 +4 +[0-9]+ +[0-9.]+% +0 +2 +0 +2 +0 ' cat "$WORK/ready"
expect_text '^twin/74h +[1-9][0-9]* +[0-9]+ +[1-9][0-9]* +[0-9]+ +0 +1 '

it "counts collisions where nobody arbitrates, and resends for them"
sed -i 's/^sleep 1000/ipmb_model csma\n&/' "$WORK/twin.emu"
lab_start --stats "$WORK/twin.emu"
sleep 3
lab_stop
expect_text '^twin/ipmb0 +4 +[0-9]+ +[0-9.]+% +2 +0 +0 +2 +0 ' cat "$WORK/ready"
for node in 72h 74h; do
    expect_text "^twin/$node +1 +1 +1 +0 "
done

twin_copy

it "counts time-outs of what is never answered"
lab_start --stats --fault 'ipmb lose to=0x72' "$WORK/twin.emu"
expect_fail lanplus -t 0x72 -N 1 -R 1 raw 6 1
sleep 1
lab_stop
expect_text '^twin/20h +1 +0 +3 +1 +0 ' cat "$WORK/ready"

it "counts duplicates where an answer got lost"
lab_start --stats --fault 'ipmb lose from=0x72 times=1' "$WORK/twin.emu"
expect_clean lanplus -t 0x72 -b 0 -m 0x20 raw 6 1
lab_stop
expect_text '^twin/72h +0 +0 +0 +0 +0 +0 +0 +1 +1 +1 ' cat "$WORK/ready"

it "and on a LAN"
lab_start --stats --fault 'lan lose dir=in every=7' "$WORK/twin.emu"
expect_clean lanplus mc info
lab_stop
expect_text '^twin/lan1 +[0-9]+ +[0-9]+ +0 +[1-9]' cat "$WORK/ready"

it "arms a fault when a file says so, and only then"
twin_copy
cat >>"$WORK/twin.emu" <<'END'
sleep 2000
fault ipmb busy to=0x72 span=1min name=asleep
END
lab_start "$WORK/twin.emu"
expect_clean lanplus -t 0x72 raw 6 1
sleep 2
expect_text 'rsp=0x83' lanplus -t 0x72 -R 1 raw 6 1
expect_clean lanplus -t 0x74 raw 6 1
lab_stop

it "pulls satellites out, and puts them in again"
twin_copy
cat >>"$WORK/twin.emu" <<'END'
mc_remove 0x72
sleep 3000
mc_insert 0x72
mc_power 0x74 off
END
lab_start "$WORK/twin.emu"
expect_text 'rsp=0x83' lanplus -t 0x72 -R 1 raw 6 1
expect_clean lanplus -t 0x74 raw 6 1
sleep 3
expect_clean lanplus -t 0x72 mc info
expect_text 'rsp=0x83' lanplus -t 0x74 -R 1 raw 6 1
lab_stop

it "tells what is wrong with a fault, and where"
expect_exit 2 "$IPMILAB" serve --port 0 --fault 'ipmb lose netfn=99' "$WORK/twin.emu"
expect_text '^--fault:1:17: found "99"; expected the network function, 0 to 0x3f$'
