# trapd.sh - net-snmp's snmptrapd, to hear what a BMC sends; on top of sh.sh.
#
#   trapd_start             start it at a port that is free, $TRAP_PORT; what it
#                           hears goes to $TRAPS. Skips where it does not start
#   count_traps             print how many traps came
#   await_trap N SECONDS    wait for the N-th, and claim that there are N
#   trap_octets LIST        octets of the last one's variable: words for cut -f,
#                           octet 1 being word 2
#
# It is ended with the test.

need snmptrapd

TRAPS=$WORK/traps

# It says so once it listens.
trapd_start()
{
    echo 'authCommunity log public' >"$WORK/snmptrapd.conf"
    for try in 1 2 3 4 5 6 7 8 9; do
        TRAP_PORT=$((20000 + ($$ + try * 997) % 30000))
        SNMP_PERSISTENT_DIR=$WORK/persist snmptrapd -m '' -f -Lf "$TRAPS" -On -n -C \
            -c "$WORK/snmptrapd.conf" -x "$WORK/agentx" "udp:127.0.0.1:$TRAP_PORT" \
            >"$WORK/trapd.out" 2>&1 &
        trapd_pid=$!
        for wait in 1 2 3 4 5 6 7 8 9 10; do
            sleep 0.1
            grep -q '^NET-SNMP version' "$TRAPS" 2>/dev/null && return
            kill -0 "$trapd_pid" 2>/dev/null || break
        done
        kill "$trapd_pid" 2>/dev/null
    done
    echo "SKIP: snmptrapd does not start here"
    cat "$WORK/trapd.out"
    exit 77
}

trapd_pid=
trap 'code=$?; trapd_stop; test_end "$code"' EXIT

trapd_stop()
{
    [ -n "$trapd_pid" ] || return
    kill "$trapd_pid" 2>/dev/null
    wait "$trapd_pid"
}

count_traps()
{
    grep -c 'Enterprise Specific Trap' "$TRAPS"
}

await_trap()
{
    left=$(($2 * 10))
    while [ "$(count_traps)" -lt "$1" ] && [ "$left" -gt 0 ]; do
        left=$((left - 1))
        sleep 0.1
    done
    expect_same "$(count_traps)" "$1"
}

trap_octets()
{
    sed -n '/Hex-STRING:/,$p' "$TRAPS" | tac | sed '/Hex-STRING:/q' | tac |
        sed 's/.*Hex-STRING://' | tr -s ' \n' ' ' | cut -d ' ' -f "$1" | sed 's/^ *//; s/ *$//'
}
