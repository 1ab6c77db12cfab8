#!/bin/sh
# pyipmi.sh - python-ipmi over IPMI 1.5. It gives up at the first SDR of a type
# that it does not know, and its program at the first without a name: of the
# shipped machines vendors alone has such records.
. "$SRCDIR/tests/lib/clients.sh"
need python3

# The python3 that has it need not be the first in PATH.
for python in python3 /usr/bin/python3 missing; do
    ! "$python" -c 'import pyipmi' 2>/dev/null || break
done
if [ "$python" = missing ]; then
    echo "SKIP: python-ipmi is not installed"
    exit 77
fi

with_bmc()
{
    timeout "$COMMAND_S" "$python" -c '
import os, sys, pyipmi, pyipmi.interfaces
rmcp = pyipmi.interfaces.create_interface("rmcp", slave_address=0x81,
    host_target_address=0x20, keep_alive_interval=0)
bmc = pyipmi.create_connection(rmcp)
bmc.target = pyipmi.Target(0x20)
bmc.session.set_session_type_rmcp(sys.argv[1], int(sys.argv[2]))
bmc.session.set_auth_type_user(sys.argv[3], sys.argv[4])
bmc.session.establish()
exec(sys.argv[5])
bmc.session.close()
sys.stdout.flush()
os._exit(0)' "$HOST" "$PORT" "$USER_NAME" "$PASS" "$1"
}

for emu in "$MACHINES"/*.emu; do
    machine=$(basename "$emu" .emu)
    [ "$machine" != vendors ] || continue
    lab_start "$emu"

    it "reads the records of $machine, and its sensors"
    expect_answer '^[1-9][0-9]* records, [1-9][0-9]* readings$' with_bmc '
records = bmc.get_repository_sdr_list()
names = [r.device_id_string for r in records]
full = [r for r in records if r.type == 1 and r.owner_id == 0x20]
readings = [bmc.get_sensor_reading(r.number)[0] for r in full]
print(len(names), "records,", len([r for r in readings if r is not None]), "readings")'

    it "reads the thresholds and the log of $machine"
    expect_answer "'unc'|'lnc'" with_bmc '
for r in bmc.get_repository_sdr_list():
    if r.type == 1 and r.owner_id == 0x20:
        print(bmc.get_sensor_thresholds(r.number))
        break'
    expect_answer '^[1-9][0-9]* entries$' with_bmc '
print(len(bmc.get_sel_entries()), "entries")'
    lab_stop
done

lab_start "$MACHINES/server-1u.emu"

it "sets the watchdog"
expect_answer '^600$' with_bmc '
w = pyipmi.bmc.Watchdog()
w.timer_use, w.dont_stop, w.dont_log, w.timeout_action = 4, 0, 0, 0
w.pre_timeout_interrupt = w.pre_timeout_interval = w.timer_use_expiration_flags = 0
w.initial_countdown = 600
bmc.set_watchdog_timer(w)
bmc.reset_watchdog_timer()
print(bmc.get_watchdog_timer().initial_countdown)'

it "clears the log"
expect_answer '^[01] entries$' with_bmc '
bmc.clear_sel()
print(bmc.get_sel_entries_count(), "entries")'
