#!/bin/sh
# pyghmi.sh - pyghmi, OpenStack's library: power, boot device, sensors,
# inventory, events, users, network.
. "$SRCDIR/tests/lib/clients.sh"
need python3

# The python3 that has it need not be the first in PATH.
for python in python3 /usr/bin/python3 missing; do
    ! "$python" -c 'import pyghmi' 2>/dev/null || break
done
if [ "$python" = missing ]; then
    echo "SKIP: pyghmi is not installed"
    exit 77
fi

cat >"$WORK/with_bmc.py" <<'PYTHON'
# with_bmc.py HOST PORT USER PASSWORD STATEMENTS - run them with bmc.
import os, sys
from pyghmi.ipmi.command import Command
host, port, user, password, statements = sys.argv[1:]
bmc = Command(bmc=host, port=int(port), userid=user, password=password)
exec(statements)
sys.stdout.flush()
bmc.ipmi_session.logout()
os._exit(0)     # its threads would keep the process for a while
PYTHON

with_bmc()
{
    timeout "$COMMAND_S" "$python" "$WORK/with_bmc.py" \
        "$HOST" "$PORT" "$USER_NAME" "$PASS" "$1"
}

# An answer that is there before pyghmi's thread waits for it is not noticed until
# half a second or more has passed, which on a busy computer is each one.
late='lan delay span=4ms dir=out'

lab_start "$MACHINES/server-1u.emu" --fault "$late"

it "logs in"
expect_answer 'up' with_bmc 'print("up")'

it "is switched on, waits for it, and off"
expect_answer "'powerstate': 'on'" with_bmc 'print(bmc.set_power("on", wait=20))'
expect_answer "'powerstate': 'on'" with_bmc 'print(bmc.get_power())'
expect_answer "'powerstate': 'off'" with_bmc 'print(bmc.set_power("off", wait=20))'

for device in network hd optical setup default; do
    it "boots from $device when told to"
    expect_answer "'bootdev': '$device'" \
        with_bmc "bmc.set_bootdev('$device'); print(bmc.get_bootdev())"
done

it "shows its light"
expect_answer 'shown' with_bmc 'bmc.set_identify(duration=5); print("shown")'

it "gives its sensors"
expect_answer 'Inlet Temp 2[0-9]' \
    with_bmc 'for s in bmc.get_sensor_data(): print(s.name, s.value, s.units)'
expect_text 'Fan 1A [0-9.]+ RPM'

it "gives one reading, and its health"
expect_answer '^2[0-9]' with_bmc 'print(bmc.get_sensor_reading("Inlet Temp").value)'
expect_clean with_bmc 'print(bmc.get_health()["health"])'

it "gives its inventory"
expect_answer 'Server 1U' \
    with_bmc 'for name, facts in bmc.get_inventory(): print(name, facts)'
expect_text 'PSU1 FRU .*PS7500099'

it "gives its log, and clears it"
fine='ecc|ECC|[Mm]emory'
expect_answer 'Inlet Temp' with_bmc 'for e in bmc.get_event_log(): print(e)'
expect_answer 'left [01]$' with_bmc \
    'list(bmc.get_event_log(clear=True)); print("left", len(list(bmc.get_event_log())))'

it "keeps a user, who may log in"
expect_answer "'name': 'mallory'" with_bmc \
    'bmc.create_user(8, "mallory", "sixteen-letters1", privilege_level="operator");
print(bmc.get_user(8))'
expect_text "'privilege_level': 'operator'"
expect_answer 'on|off' "$python" -c '
import sys, os
from pyghmi.ipmi.command import Command
bmc = Command(bmc=sys.argv[1], port=int(sys.argv[2]), userid="mallory",
              password="sixteen-letters1", privlevel=3)
print(bmc.get_power()); sys.stdout.flush(); os._exit(0)' "$HOST" "$PORT"
expect_no_text 'mallory' with_bmc 'bmc.user_delete(8); print(bmc.get_users())'

it "keeps an address"
expect_answer '192\.0\.2\.77/24' with_bmc \
    'bmc.set_net_configuration(ipv4_address="192.0.2.77/24", ipv4_configuration="Static",
    ipv4_gateway="192.0.2.1"); print(bmc.get_net_configuration())'

it "answers bytes with bytes"
expect_answer "bytearray\(b' .x01.x02|\[32, 1, 2," \
    with_bmc 'print(bmc.raw_command(6, 1)["data"])'
