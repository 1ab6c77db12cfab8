#!/bin/sh
# freeipmi_oem_sun.sh - ipmi-oem's Sun commands, and ipmiutil's.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-oem

oem()
{
    free20 ipmi-oem --sdr-cache-directory="$WORK" sun "$@"
}

lab_start "$SRCDIR/tests/data/emu/oem-sun.emu"

it "shows its indicators"
expect_ok oem get-led
expect_text '^[0-9]+ +\| LOCATE +\| Off'
expect_text '^[0-9]+ +\| OK +\| On'
expect_no_text 'HDDS'
led=$(awk -F '[ |]+' '$2 == "LOCATE" { print $1 }' "$OUT")

it "lights one"
for mode in On Standby Slow Fast; do
    expect_ok oem set-led "$led" $mode
    expect_answer "^$led +\| LOCATE +\| $mode" oem get-led
done
expect_answer 'Chassis Identify state +: (Indefinite|Temporary|.*On)' \
    free20 ipmi-chassis --get-chassis-status
expect_ok oem set-led "$led" off
expect_answer "^$led +\| LOCATE +\| Off" oem get-led
expect_fail oem set-led 1 on

if command -v ipmiutil >/dev/null; then
    build_port_623

    util()
    {
        port_623 ipmiutil "$1" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2 $2
    }

    it "does the same for ipmiutil"
    # It prints names with what was behind them in its memory.
    expect_ok util sunoem "led get"
    expect_text 'OFF$'
    expect_ok util sunoem "sbled get"
    expect_text 'OFF$'
    expect_answer 'Set Fan speed to 80%' util sunoem "fan speed 80"
    echo 'ssh-ed25519 BBBB you' >"$WORK/key"
    expect_answer 'completed successfully' util sunoem "sshkey set 2 $WORK/key"
    expect_answer 'completed successfully' util sunoem "sshkey del 2"
    expect_answer 'completed successfully' util alarms ""
fi
