#!/bin/sh
# ipmitool_host.sh - what the host tells its BMC while it boots and stops.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

machine_copy server-1u
{
    echo 'host_delay boot 2000'
    echo 'host_delay soft 500'
    cat "$MACHINES/server-1u.emu"
} >"$WORK/server-1u.emu"

# await REGEX COMMAND...: until the output has it.
await()
{
    regex=$1
    shift
    for _ in $(seq 60); do
        attempt "$@"
        ! grep -Eq -e "$regex" "$OUT" || return 0
        sleep 0.1
    done
    fail_command "expected in the output: $regex"
}

await_log()
{
    await "$1" lanplus sel elist
}

lab_start "$WORK/server-1u.emu"

it "logs its start, by what started it"
expect_clean lanplus sel clear
expect_clean lanplus chassis bootdev pxe
expect_clean lanplus power reset
await_log 'OS Boot OS Boot \| PXE boot completed \| Asserted'
expect_text 'Boot Initiated \| System Restart'
expect_text 'POST Progress \| Memory initialization'
expect_text 'POST Progress \| System boot initiated'

it "uses the boot device up"
fine='Boot Flag Invalid'
expect_answer 'Boot Flag Invalid' lanplus chassis bootparam get 5

it "boots from a persistent one each time"
expect_clean lanplus chassis bootdev cdrom options=persistent
expect_clean lanplus power reset
await_log 'CD-ROM boot completed'
expect_answer 'Boot Flag Valid' lanplus chassis bootparam get 5

it "logs that it was shut down in good order"
expect_clean lanplus power soft
await_log 'OS Stop \| OS graceful shutdown'
await_log 'ACPI State \| S5/G2: soft-off'

it "logs a start from off"
expect_clean lanplus power on
await_log 'Boot Initiated \| Initiated by power up'

it "waits in its setup program, and is off at once from there"
expect_clean lanplus chassis bootdev bios
expect_clean lanplus power reset
await_log 'POST Progress \| User-initiated system setup'
expect_clean lanplus power soft
await_log 'Power Unit Power Unit \| Power off/down'
lab_stop

it "starts by its power restore policy"
{
    echo 'power_policy always-on'
    echo 'host_power off'
    cat "$WORK/server-1u.emu"
} >"$WORK/restored.emu"
lab_start "$WORK/restored.emu"
await 'always-restore' lanplus chassis restart_cause
fine='ac-failed'
expect_answer 'Restore Policy : always-on' lanplus chassis status
expect_text 'Last Power Event +: ac-failed'
lab_stop

it "stays off by its power restore policy"
{
    echo 'power_policy always-off'
    cat "$WORK/server-1u.emu"
} >"$WORK/restored.emu"
lab_start "$WORK/restored.emu"
expect_answer 'Power is off' lanplus power status
