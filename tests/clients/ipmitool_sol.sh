#!/bin/sh
# ipmitool_sol.sh - ipmitool's sol commands, and the console behind them.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool md5sum

# Type at the console, pauses between; what it showed goes to $OUT.
console()
{
    type_at_console "$@" | lanplus sol activate >"$OUT" 2>&1
    tr -d '\r' <"$OUT" >"$WORK/screen"
    mv "$WORK/screen" "$OUT"
}

type_at_console()
{
    sleep 1
    for keys; do
        printf '%b\r' "$keys"
        sleep 0.5
    done
    sleep "${linger-0.5}"
}

lab_start "$MACHINES/server-1u.emu"

it "tells its parameters"
expect_answer '^Enabled +: true' lanplus sol info 1
expect_text "^Payload Port +: $PORT"

it "keeps its parameters"
expect_clean lanplus sol set privilege-level user 1
expect_clean lanplus sol set force-authentication true 1
expect_clean lanplus sol set character-accumulate-level 2 1
expect_clean lanplus sol set character-send-threshold 50 1
expect_clean lanplus sol set retry-count 5 1
expect_clean lanplus sol set retry-interval 20 1
expect_clean lanplus sol set volatile-bit-rate 57.6 1
expect_clean lanplus sol set non-volatile-bit-rate 38.4 1
expect_answer '^Privilege Level +: USER' lanplus sol info 1
expect_text '^Force Authentication +: true'
expect_text '^Character Accumulate Level \(ms\) +: 10'
expect_text '^Character Send Threshold +: 50'
expect_text '^Retry Count +: 5'
expect_text '^Retry Interval \(ms\) +: 200'
expect_text '^Volatile Bit Rate \(kbps\) +: 57\.6'
expect_text '^Non-Volatile Bit Rate \(kbps\) +: 38\.4'
expect_clean lanplus sol set volatile-bit-rate 115.2 1

it "activates and deactivates"
expect_answer 'counter: 1$' lanplus sol looptest 3 50
expect_text 'already de-activated' lanplus sol deactivate

it "shows a shell"
console root secret 'echo hello lab' help
expect_text '^\[SOL Session operational'
expect_text '^hello lab$'
expect_text '^poweroff +shut the host down'
expect_no_text secret

it "loses no character"
linger=3 console root '' 'seq 10000 13999'
sed -n '/^10000$/,/^13999$/p' "$OUT" | md5sum >"$WORK/got"
seq 10000 13999 | md5sum >"$WORK/want"
expect_same "$(cat "$WORK/got")" "$(cat "$WORK/want")"

it "shows a reset"
linger=6 console root '' reboot
expect_text '^ipmilab firmware'
expect_text 'Memory initialization$'

it "is refused to others while it is in use"
type_at_console '' '' '' '' '' '' | lanplus sol activate >"$WORK/first" 2>&1 &
first=$!
sleep 1.5
expect_text 'already active on another session' lanplus sol activate
expect_clean lanplus sol deactivate
wait "$first"

# The lab's user is the fifth.
it "is refused to users without access"
expect_answer 'is enabled' lanplus sol payload status 1 5
expect_clean lanplus sol payload disable 1 5
expect_answer 'is disabled' lanplus sol payload status 1 5
expect_text 'SOL payload disabled' lanplus sol activate
expect_clean lanplus sol payload enable 1 5

it "is refused when it is disabled"
expect_clean lanplus sol set enabled false 1
expect_text 'SOL payload disabled' lanplus sol activate
expect_clean lanplus sol set enabled true 1

it "wants encryption where it is forced"
expect_clean lanplus sol set force-encryption true 1
expect_text 'without encryption' lanplus -C 2 sol activate
