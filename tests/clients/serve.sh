#!/bin/sh
# serve.sh - ipmilab serve: many BMCs, each somebody, told of and ended well.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# facts FILE: GUID, MAC address and serial number of every BMC of the lab.
facts()
{
    printf 'mc guid\nlan print 1\nfru print 0\n' >"$WORK/ask"
    for PORT in $(awk '$1 == "ready" { print $4 }' "$WORK/ready"); do
        lanplus exec "$WORK/ask" 2>&1 |
            sed -n -e 's/^System GUID *: /guid /p' -e 's/^MAC Address *: /mac /p' \
                -e 's/^ Product Serial *: /serial /p'
    done >"$1"
}

it "makes fifty BMCs of one description, each with a name of its own"
lab_start --count 50 "$MACHINES/server-1u.emu"
expect_same "$(awk '{ print $2 }' "$WORK/ready" | sort -u | wc -l)" 50
expect_same "$(awk '{ print $4 }' "$WORK/ready" | sort -u | wc -l)" 50
facts "$WORK/facts"

for fact in guid mac serial; do
    it "gives each a $fact of its own"
    expect_same "$(grep "^$fact " "$WORK/facts" | sort -u | wc -l)" 50
done

it "keeps them apart"
PORT=$(lab_port 1)
expect_clean lanplus sel clear
PORT=$(lab_port 2)
fine='Not Available'
expect_answer '^Entries +: [2-9]' lanplus sel info
lab_stop

it "gives the same ones from the same seed"
lab_start --count 50 --seed 1 "$MACHINES/server-1u.emu"
facts "$WORK/again"
expect_ok cmp "$WORK/facts" "$WORK/again"
lab_stop

it "tells of each machine by its name, in order"
lab_start "$MACHINES/server-1u.emu" "$MACHINES/server-2s.emu" \
    "$MACHINES/twin.emu" "$MACHINES/shelf.emu"
expect_same "$(awk '{ printf "%s ", $2 }' "$WORK/ready")" "server-1u server-2s twin shelf "
for machine in server-1u server-2s twin shelf; do
    PORT=$(lab_port "$machine")
    expect_answer '\| ok ' lanplus sdr elist
done

it "lets in the user of the description, and the one given"
expect_answer '^Device ID' lanplus mc info
USER_NAME=ADMIN
PASS=ADMIN
expect_answer '^Device ID' lanplus mc info
lab_stop

it "gives a user of the description the password given"
lab_start --user ADMIN:changed "$MACHINES/server-1u.emu"
expect_answer '^Device ID' lanplus mc info
PASS=ADMIN
expect_fail lanplus -R 1 -N 1 mc info
lab_stop

it "serves at the address given"
lab_start --address 127.0.0.2 "$MACHINES/server-1u.emu"
expect_same "$HOST" 127.0.0.2
expect_answer '^Device ID' lanplus mc info
lab_stop

if grep -q '^0*1 ' /proc/net/if_inet6 2>/dev/null; then
    it "serves IPv6"
    lab_start --address ::1 "$MACHINES/server-1u.emu"
    expect_answer '^Device ID' lanplus mc info
    lab_stop
fi

# Ports that were free a moment ago.
it "takes ports one after the other"
lab_start --port "$PORT" --count 3 "$MACHINES/server-1u.emu"
expect_same "$(lab_port 2) $(lab_port 3)" "$((PORT + 1)) $((PORT + 2))"
lab_stop

it "tells nothing when asked for quiet"
"$IPMILAB" serve --quiet --port "$PORT" --user "$USER_NAME:$PASS" \
    "$MACHINES/server-1u.emu" >"$WORK/ready" 2>"$WORK/stderr" &
lab_pid=$!
expect_text '^Device ID' lanplus mc info
lab_stop
expect_no_text . cat "$WORK/ready" "$WORK/stderr"

it "tells in JSON when asked to"
"$IPMILAB" serve --json --port 0 "$MACHINES/server-1u.emu" >"$WORK/ready" 2>"$WORK/stderr" &
lab_pid=$!
for _ in $(seq 100); do
    [ ! -s "$WORK/ready" ] || break
    sleep 0.05
done
expect_text '^\{.*"ready": ?"server-1u".*\}$' cat "$WORK/ready"
expect_text '"address": ?"127\.0\.0\.1"'
expect_text '"port": ?[0-9]+[,}]'
expect_text '"user": ?"ADMIN"'

it "ends well at SIGINT"
kill -INT "$lab_pid"
wait "$lab_pid"
expect_same $? 0
lab_pid=
expect_no_text . cat "$WORK/stderr"
