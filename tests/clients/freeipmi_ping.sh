#!/bin/sh
# freeipmi_ping.sh - ipmiping and rmcpping, who know no port but 623.
. "$SRCDIR/tests/lib/clients.sh"
need ipmiping rmcpping
build_port_623

lab_start "$MACHINES/server-1u.emu"

it "answers ipmiping, IPMI 1.5"
expect_answer '0\.0% packet loss' port_623 ipmiping -c 2 "$HOST"
expect_text 'response received'

it "answers ipmiping, IPMI 2.0"
expect_answer '0\.0% packet loss' port_623 ipmiping -v -r 2.0 -c 2 "$HOST"
expect_text 'ipmi_v2\.0'

it "answers rmcpping"
expect_answer '0\.0% packet loss' port_623 rmcpping -c 2 "$HOST"
expect_text 'pong received'
