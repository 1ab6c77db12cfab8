#!/bin/sh
# serve_refuses.sh - what ipmilab serve cannot do, it says, and does nothing.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

serve()
{
    timeout "$COMMAND_S" "$IPMILAB" serve "$@"
}

lab_start "$MACHINES/server-1u.emu"

it "says so when a port is in use"
expect_exit 3 serve --port "$PORT" --trace "$WORK/trace" "$MACHINES/twin.emu"
expect_text "^ipmilab: cannot serve at 127\\.0\\.0\\.1:$PORT: Address already in use"
expect_no_text '^ready'
[ ! -e "$WORK/trace" ] || fail "it has left a trace"

it "starts none when one of several cannot be"
expect_exit 3 serve --port "$((PORT - 1))" --count 2 "$MACHINES/twin.emu"
expect_no_text '^ready'

it "disturbs nobody by that"
expect_answer '^Device ID' lanplus mc info

it "says so when it has no right"
free_from=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start)
if [ "$(id -u)" -ne 0 ] && [ "$free_from" -gt 623 ]; then
    expect_exit 3 serve --port 623 "$MACHINES/twin.emu"
    expect_text 'Permission denied'
fi

it "says so when the address is nobody's"
expect_exit 3 serve --port 0 --address 192.0.2.1 "$MACHINES/twin.emu"
expect_text '192\.0\.2\.1'

it "says so when the trace cannot be written"
expect_exit 3 serve --port 0 --trace "$WORK/no/such/folder" "$MACHINES/twin.emu"
expect_text 'no/such/folder: No such file or directory'

it "says where a file is wrong: all places, not the first alone"
cat >"$WORK/bad.emu" <<'EMU'
mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
sel_enable 0x20 many 0x0a
sensor_set_value 0x20 0 0x77 1 0
mc_enable 0x20
EMU
expect_exit 2 serve --port 0 "$WORK/bad.emu"
expect_text '/bad\.emu:3:17: found "many"; expected '
expect_text '/bad\.emu:4:'
expect_no_text '^ready'

it "says the same when only asked to check"
expect_exit 2 "$IPMILAB" check "$WORK/bad.emu"
expect_text '/bad\.emu:3:17: found "many"; expected '
expect_text '/bad\.emu:4:'
expect_ok "$IPMILAB" check "$MACHINES/server-1u.emu" "$MACHINES/server-2s.emu" \
    "$MACHINES/twin.emu" "$MACHINES/shelf.emu"

it "says so when a file is not there, or cannot be read, and no more"
expect_exit 2 serve "$WORK/missing.emu"
expect_text 'missing\.emu: found no way to read it \(not found\)'
expect_no_text 'warning'
mkdir "$WORK/folder.emu"
expect_exit 2 serve "$WORK/folder.emu"
expect_text 'folder\.emu: found no way to read it \(Is a directory\)'
expect_exit 2 "$IPMILAB" sdr print "$WORK/folder.emu"
expect_text 'folder\.emu: Is a directory'

it "says how it is used when it is used wrong"
expect_exit 2 serve
expect_text 'no file given'
expect_exit 2 serve --port many "$MACHINES/twin.emu"
expect_text '"many"'
expect_exit 2 serve --count 0 "$MACHINES/twin.emu"
expect_text '^ipmilab: --count: "0": expected 1 to '
expect_exit 2 serve --user nobody "$MACHINES/twin.emu"
expect_text 'NAME:PASSWORD'
expect_exit 2 serve --no-such-option "$MACHINES/twin.emu"

it "says what is wrong with a scenario, and where"
echo 'frobnicate(1)' >"$WORK/bad.lua"
for word in run test; do
    expect_exit 2 "$IPMILAB" "$word" "$WORK/bad.lua"
    expect_text '^ipmilab: .*/bad\.lua:1: attempt to call a nil value'
done
echo 'test("x" function() end)' >"$WORK/bad.lua"
expect_exit 2 "$IPMILAB" run "$WORK/bad.lua"
expect_text "^ipmilab: .*/bad\.lua:1: '\)' expected near 'function'\$"

it "plays one scenario at a time, and passes over no word"
echo 'print(#arg)' >"$WORK/good.lua"
expect_exit 2 "$IPMILAB" run "$WORK/good.lua" "$WORK/good.lua"
expect_text 'expected one scenario; its arguments stand behind --'
expect_ok "$IPMILAB" run "$WORK/good.lua" -- a b
expect_text '^2$'

it "names the report that cannot be written"
expect_exit 2 "$IPMILAB" test "$WORK/good.lua" --junit "$WORK/no/such.xml"
expect_text 'no/such\.xml: No such file or directory'

it "leaves a pipe or a device where it is when what would go there fails"
echo 'sdr type many' >"$WORK/bad.sdrs"
mkfifo "$WORK/pipe"
cat "$WORK/pipe" >"$WORK/came" &
expect_exit 2 "$IPMILAB" sdr compile "$WORK/bad.sdrs" -o "$WORK/pipe"
[ -p "$WORK/pipe" ] || fail "the pipe is gone"
expect_exit 2 "$IPMILAB" sdr compile "$WORK/bad.sdrs" -o "$WORK/file"
[ ! -e "$WORK/file" ] || fail "a half of a file is left"

it "says so when a trace is too long for its disk"
if [ -c /dev/full ]; then
    for name in full.pcap full.pcapng; do
        ln -s /dev/full "$WORK/$name"
        expect_exit 3 timeout --preserve-status -s TERM 2 "$IPMILAB" serve --port 0 --trace "$WORK/$name" \
            "$MACHINES/twin.emu"
        expect_text "$name: No space left on device"
    done
fi

it "ends with a complete trace when its terminal is gone"
timeout -s HUP 2 "$IPMILAB" serve --port 0 --trace "$WORK/hup.pcapng" "$MACHINES/twin.emu" \
    >"$OUT" 2>&1
expect_ok "$IPMILAB" trace replay "$WORK/hup.pcapng"
