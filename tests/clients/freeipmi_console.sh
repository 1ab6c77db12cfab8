#!/bin/sh
# freeipmi_console.sh - ipmiconsole, which insists on a terminal and, up to
# version 1.6.10 at least, on a port below 32768.
. "$SRCDIR/tests/lib/clients.sh"
need ipmiconsole ipmitool script

flags=

# Wait until the console has shown it, at most ten seconds.
await()
{
    for _ in $(seq 200); do
        ! grep -Eq -e "$1" "$WORK/console" || return 0
        sleep 0.05
    done
    return 1
}

# converse REGEX KEYS...: each time wait for the words, then type the keys.
converse()
{
    while [ $# -gt 1 ]; do
        await "$1" || break
        printf '%b' "$2"
        shift 2
    done
    await 'closing the connection|SOL session stolen|error received'
}

# Have that conversation with the host; what is shown goes to $OUT as well.
console()
{
    said="ipmiconsole $flags"
    : >"$WORK/console"
    converse "$@" | timeout "$COMMAND_S" script -qfec \
        "ipmiconsole -h $HOST:$PORT -u $USER_NAME -p $PASS $flags" /dev/null \
        >"$WORK/console" 2>&1
    tr -d '\r' <"$WORK/console" >"$OUT"
}

# An address of this test's own, so that it meets nobody at that port.
lab_start --address "127.6.$(($$ / 250 % 250 + 1)).$(($$ % 250 + 1))" --port 9623 \
    "$MACHINES/server-1u.emu"

it "shows a shell"
console 'login: ' 'root\r' 'Password: ' 'secret\r' 'root@host:~# ' 'echo free  lab\r' \
    '^free  lab' '&.'
expect_text 'SOL established'
expect_text '^free  lab$'
expect_no_text secret
expect_text 'closing the connection'

it "sends a break"
console 'login: ' 'root\r' 'Password: ' '\r' 'root@host:~# ' '&B' \
    'root@host:~# ' 'h' 'sysrq: HELP' '&.'
expect_text 'sysrq: HELP'
expect_text 'closing the connection'

it "lets its escape be typed as well"
console 'login: ' 'm&&m\r' 'Password: ' '&.'
expect_text 'login: m&m$'

it "speaks other cipher suites"
for flags in '-I 17' '-I 8' '-I 2 -l OPERATOR'; do
    console 'SOL established' '&.'
    expect_text 'SOL established'
    expect_text 'closing the connection'
done
flags=

it "is told when another takes the console"
console 'SOL established' '' &
first=$!
await 'login: ' || fail "the first console shows nothing"
expect_clean lanplus sol deactivate
wait "$first"
tr -d '\r' <"$WORK/console" >"$OUT"
expect_text 'SOL session stolen'

it "takes the console over from another"
: >"$WORK/console"
sleep 5 | lanplus sol activate >"$WORK/console" 2>&1 &
await 'SOL Session operational' || fail "ipmitool has no console"
flags=--dont-steal
console 'SOL in use' ''
expect_text 'SOL in use'
flags=
console 'SOL established' '&.'
expect_text 'SOL established'
expect_text 'closing the connection'
