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

it "says so when a file is not there"
expect_exit 2 serve "$WORK/missing.emu"
expect_text 'missing\.emu'

it "says how it is used when it is used wrong"
expect_exit 2 serve
expect_text 'no file given'
expect_exit 2 serve --port many "$MACHINES/twin.emu"
expect_text '"many"'
expect_exit 2 serve --count 0 "$MACHINES/twin.emu"
expect_exit 2 serve --user nobody "$MACHINES/twin.emu"
expect_text 'NAME:PASSWORD'
expect_exit 2 serve --no-such-option "$MACHINES/twin.emu"
