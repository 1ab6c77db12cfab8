#!/bin/sh
# pyghmi_dcmi.sh - pyghmi's asset tag and identifier string.
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

with_bmc()
{
    timeout "$COMMAND_S" "$python" -c '
import os, sys
from pyghmi.ipmi.command import Command
bmc = Command(bmc=sys.argv[1], port=int(sys.argv[2]), userid=sys.argv[3],
              password=sys.argv[4])
exec(sys.argv[5])
sys.stdout.flush()
bmc.ipmi_session.logout()
os._exit(0)' "$HOST" "$PORT" "$USER_NAME" "$PASS" "$1"
}

lab_start "$MACHINES/server-1u.emu"

it "has an asset tag, and keeps another"
expect_answer 'AT-0417' with_bmc 'print(bmc.get_asset_tag())'
expect_answer 'an-asset-tag-of-more-than-sixteen-octets' with_bmc \
    'bmc.set_asset_tag(b"an-asset-tag-of-more-than-sixteen-octets"); print(bmc.get_asset_tag())'

it "has an identifier string, and keeps another"
expect_answer 'DCMI[0-9A-F]{12}' with_bmc 'print(bmc.get_mci().rstrip("\0"))'
expect_answer '^rack-7-unit-12-node-b$' with_bmc \
    'bmc.set_mci("rack-7-unit-12-node-b"); print(bmc.get_mci().rstrip("\0"))'
expect_answer '^rack-7-unit-12-node-b$' with_bmc 'print(bmc.get_hostname().rstrip("\0"))'
