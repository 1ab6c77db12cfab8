#!/bin/sh
# bench.sh - what the simulator costs, in ratios taken in one run.
#
# Run by make bench, which sets IPMILAB, LOAD (the generator), ECHO_SERVER, HOOK_COST
# and SRCDIR. The server runs on processor 0, the generator on processor 1, where
# taskset is there and the machine has two.
#
# The servers that are compared take turns, ROUNDS times, and medians are
# told. "us" is processor time of the server per request: it is the stable
# figure, and its reciprocal is what one core can do. The rate that was seen
# can be lower, when the generator's own core was full before the server's.
# Against ipmi_sim only where that is installed. "Of echo + crypto" is the part
# that our cost has in that of a server which only echoes and computes the
# codes: at 100 % nothing is left to be saved.
#
# Settable: ROUNDS=5 SECONDS_EACH=0.6 PORT=19900 (and 10,010 after it; below the
# ports that the system gives away). Takes about a minute.

set -u

ROUNDS=${ROUNDS:-5}
SECONDS_EACH=${SECONDS_EACH:-0.6}
PORT=${PORT:-19900}
P_ECHO=$PORT P_SIM=$((PORT + 1)) P_OURS=$((PORT + 2)) P_MANY=$((PORT + 10))
# Thousands of ports in a row are free at an address that nobody else uses.
FLEET_HOST=127.0.77.1

for program in "$IPMILAB" "$LOAD" "$ECHO_SERVER" "$HOOK_COST"; do
    [ -x "$program" ] || { echo "bench: $program is missing; use make bench" >&2; exit 2; }
done

dir=$(mktemp -d) || exit 3
running=
stop() { # PID: and wait until it is gone
    kill "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}
clean() {
    for pid in $running; do stop "$pid"; done
    rm -rf "$dir"
}
trap clean EXIT
trap 'exit 130' INT TERM

on_server='' on_client=''
if command -v taskset >/dev/null && [ "$(nproc)" -ge 2 ]; then
    on_server='taskset -c 0' on_client='taskset -c 1'
fi
# shellcheck disable=SC3045 # dash and bash have both
ulimit -n "$(ulimit -Hn)" 2>/dev/null

# ---- servers ----

load() { $on_client "$LOAD" "$@" --user ADMIN --password test; }

# field NAME: of the generator's line on stdin
field() { tr ' ' '\n' | sed -n "s/^$1=//p"; }

answers() { # PORT MODE: once within 5 seconds
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        seen=$(load "$2" --port "$1" --workers 1 --window 1 --seconds 0.02 2>/dev/null |
            field count)
        [ "${seen:-0}" -gt 0 ] && return 0
        sleep 0.1
    done
    echo "bench: nobody answers at port $1" >&2
    return 1
}

sh "$SRCDIR/tests/bench/machine.sh" 1 >"$dir/small.emu"
sh "$SRCDIR/tests/bench/machine.sh" 100 >"$dir/hundred.emu"
sh "$SRCDIR/tests/bench/machine.sh" 170 190 >"$dir/big.emu"

cat >"$dir/lan.conf" <<EOF
name "bench"
set_working_mc 0x20
  startlan 1
    addr 127.0.0.1 $P_SIM
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user none md2 md5 straight
    allowed_auths_operator none md2 md5 straight
    allowed_auths_admin none md2 md5 straight
    guid a123456789abcdefa123456789abcdef
  endlan
  user 1 false "" "" user 10 none md2 md5 straight
  user 2 true "ADMIN" "test" admin 60 none md2 md5 straight
EOF

$on_server "$ECHO_SERVER" "$P_ECHO" &
pid_echo=$!
running=$pid_echo
$on_server "$IPMILAB" serve "$dir/hundred.emu" --port "$P_OURS" --user ADMIN:test \
    >"$dir/ours.out" 2>&1 &
pid_ours=$!
running="$running $pid_ours"
pid_sim=
if command -v ipmi_sim >/dev/null; then
    mkdir "$dir/state"
    $on_server ipmi_sim -c "$dir/lan.conf" -f "$dir/hundred.emu" -n -p -s "$dir/state" \
        >"$dir/sim.out" 2>&1 </dev/null &
    pid_sim=$!
    running="$running $pid_sim"
fi
answers "$P_ECHO" echo || exit 3
answers "$P_OURS" ping || { cat "$dir/ours.out" >&2; exit 3; }
if [ -n "$pid_sim" ]; then answers "$P_SIM" ping || exit 3; fi

# ---- measuring in turns ----

# sample NAME PORT PID MODE OPTION…: one line "rate us" more in NAME's file
sample() {
    name=$1 port=$2 pid=$3
    shift 3
    load "$@" --port "$port" --pid "$pid" --seconds "$SECONDS_EACH" >"$dir/line" || {
        echo "bench: $name: the generator failed" >&2
        return 1
    }
    lost=$(field timed_out <"$dir/line")
    [ "$lost" = 0 ] || echo "bench: $name: $lost timed out" >&2
    echo "$(field rate <"$dir/line") $(field server_us <"$dir/line")" >>"$dir/$name"
}

# each_server NAME MODE OPTION…: ours and, where it is, ipmi_sim
each_server() {
    what=$1
    shift
    sample "ours.$what" "$P_OURS" "$pid_ours" "$@"
    [ -z "$pid_sim" ] || sample "sim.$what" "$P_SIM" "$pid_sim" "$@"
}

round=0
while [ "$round" -lt "$ROUNDS" ]; do
    sample echo "$P_ECHO" "$pid_echo" echo --workers 16 --window 8 --size 72
    each_server suite3 requests --workers 16 --window 8 --suite 3
    sample ours.suite17 "$P_OURS" "$pid_ours" requests --workers 16 --window 8 --suite 17
    each_server md5 requests --workers 16 --window 8 --auth md5
    each_server ping ping --workers 16 --window 8
    each_server setups setups --workers 16 --suite 3
    each_server setups15 setups --workers 16 --auth md5
    round=$((round + 1))
done
crypto3=$("$LOAD" crypto --suite 3 | field crypto_ns)
crypto17=$("$LOAD" crypto --suite 17 | field crypto_ns)
crypto5=$("$LOAD" crypto --auth md5 | field crypto_ns)
for pid in $running; do stop "$pid"; done
running=

# ---- the table ----

row() { printf '%-46s %14s  %-28s %s\n' "$1" "$2" "$3" "${4-}"; }
calc() { awk "BEGIN { printf \"%.${2:-2}f\", $1 }"; }

# verdict FIGURE least|most BUDGET
verdict() {
    awk -v f="$1" -v how="$2" -v b="$3" 'BEGIN {
        if (how == "least" ? f >= b : f <= b) print "met"
        else printf "missed by %.0f %%\n", (how == "least" ? 1 - f / b : f / b - 1) * 100
    }'
}

# median NAME COLUMN; empty when NAME was not measured
median() {
    [ -s "$dir/$1" ] || return 0
    awk -v c="$2" '{ print $c }' "$dir/$1" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

tell() { # TITLE NAME: its rate, and processor time each
    us=$(median "$2" 2)
    [ -n "$us" ] || return 0
    row "$1" "$(median "$2" 1) /s" "$us us, or $(calc "1e6 / $us" 0) /s a core"
}

# against TITLE NAME TIMES: ours against ipmi_sim
against() {
    ours=$(median "ours.$2" 2) sim=$(median "sim.$2" 2)
    if [ -z "$ours" ] || [ -z "$sim" ]; then
        row "$1" - ">= $3 x" "not measured: ipmi_sim is not installed"
        return
    fi
    times=$(calc "$sim / $ours")
    row "$1" "$times x" "at least $3 x" "$(verdict "$times" least "$3")"
}

# of_floor TITLE NAME CRYPTO_NS: of what echo and crypto alone would do
of_floor() {
    us=$(median "$2" 2) floor=$(calc "$(median echo 2) + $3 / 1000")
    part=$(calc "100 * $floor / $us" 0)
    row "$1" "$part %" "at least 80 %, of $floor us" "$(verdict "$part" least 80)"
}

echo
echo "ipmilab bench: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)," \
    "$(nproc) processors, Linux $(uname -r), load $(cut -d' ' -f1 /proc/loadavg)"
echo
row 'what' 'seen' 'processor time of the server'
tell 'bare UDP echo' echo
tell 'ipmilab  requests, suite 3, 16 sessions' ours.suite3
tell 'ipmi_sim requests, suite 3, 16 sessions' sim.suite3
tell 'ipmilab  requests, suite 17, 16 sessions' ours.suite17
tell 'ipmilab  requests, IPMI 1.5 MD5' ours.md5
tell 'ipmi_sim requests, IPMI 1.5 MD5' sim.md5
tell 'ipmilab  ASF pings' ours.ping
tell 'ipmi_sim ASF pings' sim.ping
tell 'ipmilab  session set-ups, suite 3' ours.setups
tell 'ipmi_sim session set-ups, suite 3' sim.setups
tell 'ipmilab  session set-ups, IPMI 1.5 MD5' ours.setups15
tell 'ipmi_sim session set-ups, IPMI 1.5 MD5' sim.setups15
row 'crypto alone, a request and its answer' "$crypto3 ns" \
    "suite 3; 17: $crypto17 ns, MD5: $crypto5 ns"
echo
row 'what' 'figure' 'budget' 'verdict'
against 'suite 3 requests, against ipmi_sim' suite3 2.5
of_floor 'suite 3 requests, of echo + crypto' ours.suite3 "$crypto3"
of_floor 'suite 17 requests, of echo + crypto' ours.suite17 "$crypto17"
against 'MD5 requests, against ipmi_sim' md5 1.6
of_floor 'MD5 requests, of echo + crypto' ours.md5 "$crypto5"
against 'session set-ups, against ipmi_sim' setups 3

# ---- many BMCs ----

rss_kib() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status"; }

# fleet FILE COUNT: start and wait for the first line, which comes when all
# are ready; sets pid_fleet and ready_ms
fleet() {
    rm -f "$dir/fifo"
    mkfifo "$dir/fifo"
    began=$(date +%s%N)
    $on_server "$IPMILAB" serve "$1" --count "$2" --address "$FLEET_HOST" --port "$P_MANY" --user ADMIN:test \
        >"$dir/fifo" 2>"$dir/fleet.err" &
    pid_fleet=$!
    running=$pid_fleet
    exec 3<"$dir/fifo"
    if ! read -r _ <&3; then
        cat "$dir/fleet.err" >&2
        exec 3<&-
        running=
        return 1
    fi
    ready_ms=$((($(date +%s%N) - began) / 1000000))
    cat <&3 >/dev/null &
    exec 3<&-
}
fleet_end() {
    stop "$pid_fleet"
    running=
}

if fleet "$dir/hundred.emu" 1; then
    rss_one=$(rss_kib "$pid_fleet")
    fleet_end
fi
if fleet "$dir/hundred.emu" 1000; then
    each=$(calc "($(rss_kib "$pid_fleet") - $rss_one) / 999" 1)
    row 'memory of an idle BMC, 100 sensors' "$each KiB" 'at most 16 KiB' \
        "$(verdict "$each" most 16)"
    row 'time to ready, 1,000 BMCs' "$ready_ms ms" 'at most 100 ms (2 s a 20,000)' \
        "$(verdict "$ready_ms" most 100)"
    fleet_end
fi

# The shipped machines, which have satellites and boards too, and one whose BMC
# has every manufacturer's profile. No budget, but a watch.
memory_of() { # TITLE FILE
    fleet "$2" 1 || return
    rss_one=$(rss_kib "$pid_fleet")
    fleet_end
    fleet "$2" 500 || return
    row "memory of an idle $1" "$(calc "($(rss_kib "$pid_fleet") - $rss_one) / 499" 1) KiB" ''
    fleet_end
}
for name in server-1u twin shelf; do
    memory_of "$name" "$SRCDIR/emu/machines/$name.emu"
done
cp "$SRCDIR"/emu/machines/server-1u* "$dir"
profiles=$("$IPMILAB" commands --tsv | cut -f 8 | sort -u | grep -vx -e profile -e '' | tr '\n' ' ')
sed "/^sel_enable 0x20/a oem_profile 0x20 $profiles" "$dir/server-1u.emu" >"$dir/vendors.emu"
cp "$dir/server-1u.conf" "$dir/vendors.conf"
memory_of 'server-1u with all profiles' "$dir/vendors.emu"

if fleet "$dir/hundred.emu" 64; then
    rss_idle=$(rss_kib "$pid_fleet")
    load requests --host "$FLEET_HOST" --port "$P_MANY" --bmcs 64 --workers 1024 --window 1 --seconds 1 \
        >"$dir/line" &
    pid_load=$!
    sleep 1
    each=$(calc "($(rss_kib "$pid_fleet") - $rss_idle) / 1024" 1)
    wait "$pid_load"
    row 'memory of a session, suite 3' "$each KiB" 'at most 4 KiB' \
        "$(verdict "$each" most 4)"
    fleet_end
fi
# shellcheck disable=SC3045
if [ "$(ulimit -n)" -lt 10100 ]; then
    row 'time to ready, 10,000 BMCs' - '' 'not measured: too few file descriptors allowed'
elif fleet "$dir/hundred.emu" 10000; then
    row 'time to ready, 10,000 BMCs' "$ready_ms ms" 'at most 1000 ms (2 s a 20,000)' \
        "$(verdict "$ready_ms" most 1000)"
    load poll --host "$FLEET_HOST" --port "$P_MANY" --bmcs 10000 --workers 256 >"$dir/line"
    lost=$(field timed_out <"$dir/line")
    row 'poll of 10,000 BMCs (session, status, close)' \
        "$(calc "$(field seconds <"$dir/line") * 1000" 0) ms" 'not one time-out' \
        "$([ "$lost" = 0 ] && echo met || echo "missed: $lost timed out")"
    fleet_end
else
    row 'time to ready, 10,000 BMCs' - '' 'not measured: it did not start'
fi

# ---- functions of scenarios ----

# hooked TITLE NAME BUDGET: what a function adds to the command that it answers
hooked() {
    without=$(field without <"$dir/line") with=$(field "$2" <"$dir/line")
    added=$(calc "($with - $without) / 1000")
    row "$1" "+ $added us" "at most $3 us, $(calc "$with / $without") x the command" \
        "$(verdict "$added" most "$3")"
}
if $on_server "$HOOK_COST" "$SRCDIR/emu/machines/server-1u.emu" >"$dir/line"; then
    hooked "a BMC's other commands have Lua functions" beside 0.05
    hooked 'a command answered by a Lua function' plain 1
    hooked 'the same, which reads it and gives data' reads 1
    hooked 'the same, which gives the original answer' original 1
fi

# ---- loading ----

# time_of COMMAND…: milliseconds of processor and waiting, of one of ten
time_of() {
    began=$(date +%s%N)
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        $on_server "$@" >/dev/null 2>&1
    done
    calc "($(date +%s%N) - $began) / 1e7" 1
}
big=$(time_of "$IPMILAB" check "$dir/big.emu")
small=$(time_of "$IPMILAB" check "$dir/small.emu")
ms=$(calc "$big - $small" 1)
row 'loading an .emu of 190 SDRs, 170 sensors' "$ms ms" 'at most 10 ms' \
    "$(verdict "$ms" most 10)"
exit 0
