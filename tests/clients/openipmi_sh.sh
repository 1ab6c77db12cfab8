#!/bin/sh
# openipmi_sh.sh - OpenIPMI's library, by its shell: it scans the bus, reads
# all SDRs and FRUs, sets itself as the event receiver and polls the SEL.
. "$SRCDIR/tests/lib/clients.sh"
need openipmish

# Wait until the shell has said so.
await()
{
    for _ in $(seq 100); do
        ! grep -Eq -e "$1" "$OUT" || return 0
        sleep 0.1
    done
}

# Commands and what to wait for after each, in turn.
converse()
{
    while [ $# -gt 0 ]; do
        echo "$1"
        await "$2"
        shift 2
    done
    echo exit
    sleep 0.2
}

# shell OPTIONS COMMAND AWAITED...: with a connection to the BMC, as domain d.
shell()
{
    how=$1
    shift
    : >"$OUT"
    connection="-U $USER_NAME -P $PASS $session -p $PORT $HOST"
    converse "domain open d $how -wait_til_up lan $connection" 'Domain Created: d' "$@" |
        timeout "$COMMAND_S" openipmish
}

session=

lab_start "$MACHINES/server-1u.emu" "$MACHINES/twin.emu"

it "is seen as a domain"
expect_text 'product_id: (257|0x101)' shell -noall "mc info d(0.20)" 'product_id'

it "is seen over IPMI 1.5 as well"
session='-A md5'
expect_text 'product_id: (257|0x101)' shell -noall "mc info d(0.20)" 'product_id'
session=

it "gives its sensors, entities and events"
attempt shell '-noall -sdrs -frus -sel' \
    "sensor list d" 'Inlet Temp' \
    "sensor get \"d(55.1).Inlet Temp\"" '  Value: ' \
    "entity list d" 'Name: d\(55\.1\)$' \
    "sel list d" 'Slots in use: '
expect_text '^  +Name: d\(3\.1\)\.CPU1 Temp'
expect_text '^  Value: 2[0-9]\.|^  Value: 2\.[0-9]+e\+01'
expect_text '^  Slots in use: [1-9]'
fine='Error: 0'
judge_words

it "keeps the time, and clears its log"
attempt shell '-noall -sel' "mc get_sel_time d(0.20)" 'SEL Time: ' \
    "sel clear d" 'SEL Clear done: d'
expect_text 'SEL Time: 17672256'
expect_text 'SEL Clear done: d'

it "is switched on"
attempt shell -noall "control get d(23.1).power" 'Value: [01]' \
    "control set d(23.1).power 1" 'Set done: d'
expect_text 'Set done: d\(23\.1\)\.power'
fine='Error: 0'
judge_words

it "shows all that is on its bus, scanned by the library's own means"
PORT=$(lab_port twin)
attempt shell '' "mc list d" 'Name: d\(0\.74\)' \
    'sensor get "d(3.1).A CPU1 Temp"' '  Value: ' "entity info d(18.2)" 'access_address'
expect_text '^    Name: d\(0\.20\)'
expect_text '^    Name: d\(0\.72\)'
expect_text '^    Name: d\(0\.74\)'
expect_text '^  Name: d\(3\.1\)\.A CPU1 Temp'
expect_text '^  Event Messages Enabled: true'
expect_text '^  access_address: 0x74'
