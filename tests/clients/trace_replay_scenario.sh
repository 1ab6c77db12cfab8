#!/bin/sh
# trace_replay_scenario.sh - the run of a scenario is replayed from its trace alone:
# without its file, its machines, the programs that it ran, the BMC that it tested.
. "$SRCDIR/tests/lib/sh.sh"
need ipmitool

mkdir "$WORK/here" "$WORK/elsewhere"
cd "$WORK/here" || exit 2
cp "$MACHINES/twin.emu" mine.emu
cp "$MACHINES"/*.sdrs "$MACHINES"/*.fru "$MACHINES"/twin.conf .

cat >faults.lua <<'END'
test("a lossy line", function()
  local bmc = bmc "mine"
  bmc:fault { on = "lan", effect = "lose", probability = "20%" }
  bmc:connect { timeout = "300ms", retries = 9 }:sel()
  bmc.chassis:mc(0x72):sensor("A CPU1 Temp"):set(100)
  sleep "1m"
end)
test("another", function() bmc("mine"):connect():device_id() end)
print(arg[1])
END
cat >client.lua <<'END'
test("a client asks, and is answered late", function()
  local bmc = bmc "mine"
  bmc:fault { on = "lan", effect = "delay", span = "20ms", direction = "from bmc" }
  bmc:ipmitool("power status"):ok():says "is on"
  local shell = bmc:ipmitool("shell", { start = true, pty = true })
  shell:expect "ipmitool> "
  shell:write "mc info\n"
  expect_eq(shell:expect "Device ID +: (%d+)", "36")
  shell:write "exit\n"
  shell:wait():ok()
  bmc:ipmitool("nonsense"):fails()
  if have "no such program" then error "it is there" end
  trace:save "part.pcapng"
end)
END
cat >target.lua <<'END'
test("a BMC elsewhere", function()
  expect_eq(target():device_id().ipmi, "2.0")
  target():ipmitool("mc guid"):ok()
end)
END

# replay FILE - elsewhere, with nothing of what is here.
replay()
{
    (cd "$WORK/elsewhere" && PATH=/nonexistent "$IPMILAB" trace replay "$1")
}

it "keeps traces"
IPMILAB_MACHINES=$WORK/here
export IPMILAB_MACHINES
expect_ok "$IPMILAB" test faults.lua client.lua --seed 7 --traces "$WORK/traces" --keep
expect_ok "$IPMILAB" run faults.lua --seed 9 --trace "$WORK/run.pcapng" -- word
unset IPMILAB_MACHINES
lab_start "$MACHINES/server-1u.emu"
expect_ok "$IPMILAB" test target.lua --traces "$WORK/traces" --keep \
    --target "$HOST:$PORT" --user "$USER_NAME" --password "$PASS"
lab_stop
mv "$WORK/here" "$WORK/gone"
cd "$WORK" || exit 2

it "plays a scenario of virtual time again"
expect_ok replay "$WORK/traces/faults.lua-1-seed-7.pcapng"
expect_text 'faults\.lua played again, [0-9]{2,} packets, all the same'
expect_ok replay "$WORK/traces/faults.lua-2-seed-7.pcapng"

it "plays all tests of a run, with its arguments"
expect_ok replay "$WORK/run.pcapng"
expect_text 'all the same'
expect_text '"args":\["word"\]' strings -n 8 "$WORK/run.pcapng"

it "plays one with programs, and runs none"
expect_ok replay "$WORK/traces/client.lua-1-seed-7.pcapng"
expect_text 'all the same'
expect_text 'outside of chassis 0' "$IPMILAB" trace print -i "$WORK/traces/client.lua-1-seed-7.pcapng"

it "plays one that tested a BMC elsewhere"
expect_ok replay "$WORK/traces/target.lua-1-seed-1.pcapng"
expect_text 'all the same'

it "explains the first difference, and says what plays it again"
sed 's/"seed":"7"/"seed":"8"/' "$WORK/traces/faults.lua-1-seed-7.pcapng" >"$WORK/other.pcapng"
expect_exit 1 replay "$WORK/other.pcapng"
expect_text '^packet [0-9]+: '
expect_text "ipmilab test faults\\.lua --seed 8 --filter 'a lossy line'"

it "says where a scenario goes another way"
sed 's/says ..is on/says \\"is in/' "$WORK/traces/client.lua-1-seed-7.pcapng" >"$WORK/other.pcapng"
expect_exit 1 replay "$WORK/other.pcapng"
expect_text 'replay ends, trace goes on|goes another way'
expect_text 'the scenario now says: .*ipmitool.* says so'

it "refuses a trace that says nothing of its run"
expect_exit 2 replay "$WORK/traces/part.pcapng"
expect_text 'found no run in the section header'
