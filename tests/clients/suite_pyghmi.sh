#!/bin/sh
# suite_pyghmi.sh - the scenarios with pyghmi hold: those that ask little of it,
# for it waits long where a machine is busy. pyghmi.sh does the rest.
. "$SRCDIR/tests/lib/clients.sh"
need python3

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
cd "$SRCDIR" || exit 2

it "holds in all quick scenarios with pyghmi"
expect_ok "$IPMILAB" test --tag quick --jobs 2 --traces "$WORK/traces" scenarios/conformance/pyghmi
