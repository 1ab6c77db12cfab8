#!/bin/sh
# lua_outside.sh - scenarios with programs outside, real time, and BMCs by
# address: a lab of ours, and ipmi_sim.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-sensors pgrep

here=$SRCDIR/tests/lua/outside
IPMILAB_MACHINES=$MACHINES
TMPDIR=$WORK/tmp
export IPMILAB_MACHINES TMPDIR
mkdir "$TMPDIR"
mark=5.$$      # in the arguments of programs that a run may leave behind

# scenario NAME: write it from standard input.
scenario()
{
    cat >"$WORK/$1.lua"
}

play()
{
    timeout "$COMMAND_S" "$IPMILAB" test "$@"
}

# Nothing is left of a run: no folder, and no program whose command line has
# the mark.
expect_nothing_left()
{
    expect_same "$(ls "$TMPDIR")" ""
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        pgrep -f "sleep [1-4]$mark" >"$WORK/left" || return 0
        sleep 0.1
    done
    fail "programs are left: $(wc -l <"$WORK/left")"
}

it "runs programs, talks to them, and keeps time"
expect_ok play --verbose "$here"
expect_nothing_left

it "fails with what the program said, and the scenario's line"
scenario wrong <<'LUA'
test("a status", function() run { "sh", "-c", "echo alas; exit 3" }:ok() end)
test("a text", function() run { "echo", "alas" }:says "hooray" end)
test("a dialogue", function()
  start { "sh", "-c", "echo alas; cat" }:expect("hooray", 0.2)
end)
test("an end", function() start { "echo", "alas" }:expect "hooray" end)
test("no program", function() run { "no-such-program" } end)
LUA
expect_exit 1 play "$WORK/wrong.lua"
expect_text 'wrong\.lua:1: sh -c .echo alas; exit 3. succeeds'
expect_text 'actual: +exit status 3'
expect_text 'wrong\.lua:2: echo alas says so'
expect_text 'expected: hooray'
expect_text 'wrong\.lua:4: '
expect_text 'in 200 ms, this came:'
expect_text 'it ended before: exit status 0, this came:'
expect_text 'wrong\.lua:7: there is no program "no-such-program"'

# Who is not in the group, who ignores signals, and whose parent has ended.
scenario leave <<LUA
test("leaves some behind", function()
  start { "sh", "-c", "setsid sh -c 'sleep 1$mark & sleep 2$mark' & " ..
          "trap '' TERM HUP; (sleep 3$mark &); sleep 4$mark" }
  sleep(tonumber(arg[1]) or 0.3)
end)
LUA
scenario stay <<LUA
test("stays", function()
  run { "sh", "-c", "setsid sh -c 'sleep 1$mark & sleep 2$mark' & " ..
        "trap '' TERM HUP; (sleep 3$mark &); sleep 4$mark", timeout = "1h" }
end)
LUA

it "ends all programs with the test"
expect_ok play "$WORK/leave.lua"
expect_nothing_left
expect_ok timeout "$COMMAND_S" "$IPMILAB" run "$WORK/leave.lua"
expect_nothing_left

it "ends all programs of a test that takes too long"
expect_exit 1 play --timeout 1 "$WORK/stay.lua"
expect_text 'longer than 1 s'
expect_nothing_left

# command STATUS SIGNAL: of a run that is told to end.
is_told_to_end()
{
    "$IPMILAB" "$1" "$WORK/stay.lua" >"$OUT" 2>&1 &
    pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ "$(pgrep -f "sleep [1-4]$mark" | wc -l)" -lt 4 ] || break
        sleep 0.1
    done
    kill "-$3" "$pid"
    wait "$pid"
    expect_same "$?" "$2"
}

it "ends all programs when it is told to end"
is_told_to_end test 143 TERM
expect_nothing_left
# Where who started us ignores it, as nohup does, it says nothing.
if ! sh -c 'kill -HUP $$' 2>/dev/null; then
    is_told_to_end test 129 HUP
    expect_nothing_left
fi
is_told_to_end run 143 TERM
expect_nothing_left

it "ends all programs even when it is killed"
is_told_to_end test 137 KILL
sleep 0.5
rm -rf "$TMPDIR"/*
expect_nothing_left

lab_start "$MACHINES/server-1u.emu"
target="--target $HOST:$PORT --user $USER_NAME --password $PASS"

it "tests a BMC by its address, without changing it"
expect_ok play -v $target "$here/target.lua"
expect_text '^ok .*: ipmitool agrees'
expect_text '^ok .*: IPMI 1\.5 as well'
expect_text 'skip.*: it takes a new boot device'
expect_text 'skip.*: its inside is as it should be'
expect_text 'allow-writes'

it "changes it when that is allowed"
expect_ok play -v $target --allow-writes "$here/target.lua"
expect_text '^ok .*: it takes a new boot device'

it "logs in as it is told"
for how in '--suite 17' '--suite 1' '--lan15 md5' '--lan15 straight'; do
    expect_ok play $target $how "$here/target.lua"
done
expect_exit 1 play --target "$HOST:$PORT" --user nobody "$here/target.lua" --filter opens

it "keeps a trace of what was said to it"
expect_ok play $target --traces "$WORK/traces" --keep "$here/target.lua" --filter 'session opens'
[ -s "$(echo "$WORK"/traces/*.pcapng)" ] || fail "no trace"

it "says so when nobody answers, or the address is none"
lab_stop
expect_exit 1 play --target "$HOST:$PORT" "$here/target.lua" --filter 'who it is'
expect_text "the target $HOST, port $PORT, does not answer"
expect_exit 1 play --target "$HOST:$PORT" "$here/target.lua" --jobs 1
expect_same "$(grep -c 'does not answer' "$OUT")" 2
expect_text '1 ERROR.* not played: the target does not answer'
expect_text '^Bail out! the target does not answer' play --tap --target "$HOST:$PORT" "$here/target.lua"
expect_exit 2 play --target "$HOST:none" "$here/target.lua"
expect_text 'target: ".*": expected HOST'
expect_exit 2 play --target "$HOST" --lan15 md9 "$here/target.lua"

# One that is killed in the middle of a test.
scenario frail <<'LUA'
test("first", function() expect_cc(target():cmd(0x06, 0x01)) end)
test("fatal", function()
  expect_cc(target():cmd(0x06, 0x01))
  run { "sh", "-c", "kill -KILL $(cat " .. folder() .. "/../../bmc.pid)" }
end)
test("third", function() expect_cc(target():cmd(0x06, 0x01)) end)
LUA

it "starts it itself, a fresh one for each test, and tells which test it dies of"
port=$((32000 + $$ % 700))     # below those that the system gives away
sed -i "s|\" .. folder() .. \"/../..|$WORK|" "$WORK/frail.lua"
expect_exit 1 play -v --target "$HOST:$port" "$WORK/frail.lua" --target-start \
    "echo \$\$ >$WORK/bmc.pid; exec $IPMILAB serve --port $port $MACHINES/server-1u.emu"
expect_text '^ok .*: first'
expect_text '^FAILED .*: fatal'
expect_text 'the target still runs after this test'
expect_text 'signal KILL'
expect_text '^ok .*: third'
expect_exit 1 play --target "$HOST:$port" "$WORK/frail.lua" --target-start 'echo alas; exit 3'
expect_text 'does not answer.*: exit status 3'
expect_text 'alas'

it "finds a BMC by IPv6"
if [ -e /proc/net/if_inet6 ]; then
    lab_start --address ::1 "$MACHINES/server-1u.emu"
    expect_ok play --target "[::1]:$PORT" --user "$USER_NAME" --password "$PASS" \
        "$here/target.lua" --filter session
    lab_stop
fi

command -v ipmi_sim >/dev/null || exit 0

cat >"$WORK/sim.emu" <<'EMU'
mc_setbmc 0x20
mc_add 0x20 0x23 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
sel_enable 0x20 1000 0x0a
mc_enable 0x20
EMU

# Start it at a port that is free, which it cannot find by itself.
sim_start()
{
    for PORT in $(seq $((20000 + $$ % 20000)) 37 65000); do
        cat >"$WORK/sim.conf" <<CONF
name "sim"
set_working_mc 0x20
startlan 1
  addr 127.0.0.1 $PORT
  priv_limit admin
  allowed_auths_callback none md2 md5 straight
  allowed_auths_user none md2 md5 straight
  allowed_auths_operator none md2 md5 straight
  allowed_auths_admin none md2 md5 straight
  guid a123456789abcdefa123456789abcdef
endlan
user 1 true "" "test" user 10 none md2 md5 straight
user 2 true "ipmiusr" "test" admin 10 none md2 md5 straight
CONF
        timeout "$COMMAND_S" ipmi_sim -c "$WORK/sim.conf" -f "$WORK/sim.emu" -s "$WORK/state" -n \
            >"$WORK/sim.out" 2>&1 &
        sim=$!
        sleep 1
        ! kill -0 "$sim" 2>/dev/null || return 0
    done
}

it "tests ipmi_sim, which is none of ours"
sim_start
expect_ok play -v --target "127.0.0.1:$PORT" --user ipmiusr --password test --allow-writes \
    "$here/target.lua"
expect_text '^ok .*: IPMI 1\.5 as well'
kill "$sim"
wait "$sim" || :
