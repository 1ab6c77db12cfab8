#!/bin/sh
# serve_secondary.sh - RMCP's secondary port, where a description asks for it: one
# BMC and one set of sessions at two ports, and answers from the port asked.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

machine_copy server-1u
lab_start "$WORK/server-1u.emu"

it "is not there unless a description asks for it"
expect_no_text secondary cat "$WORK/ready"
lab_stop

sed -i 's/^startlan .*/&\n  secondary_port/' "$WORK/server-1u.conf"
lab_start --trace "$WORK/run.pcapng" "$WORK/server-1u.emu"
primary=$PORT
secondary=$(sed -n 's/^ready .* secondary //p' "$WORK/ready")

it "is told of when all is ready"
expect_text "^ready server-1u $HOST $primary [^ ]+ secondary [0-9]+\$" cat "$WORK/ready"

it "is the same BMC, with both protocols"
guid=$(lanplus mc guid)
PORT=$secondary
expect_same "$(lanplus mc guid)" "$guid"
expect_clean lan15 chassis identify 0
expect_clean lanplus sel info

it "knows the sessions of either port"
PORT=$primary
{ sleep 3; echo exit; } | lanplus shell >"$WORK/shell" 2>&1 &
shell=$!
sleep 1
PORT=$secondary
expect_answer 'active session[^:]*: +2' lanplus session info active
wait "$shell"

it "has its console there"
expect_answer 'counter: 1$' lanplus sol looptest 2 50
expect_no_text 'payload.*port'

it "is part of a run that is replayed"
lab_stop
expect_clean "$IPMILAB" trace replay "$WORK/run.pcapng"
expect_text 'all the same'
