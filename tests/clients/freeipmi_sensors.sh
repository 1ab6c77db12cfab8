#!/bin/sh
# freeipmi_sensors.sh - ipmi-sensors, also across the IPMB.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-sensors

head='^ID +\| Name +\| Type +\| Reading +\| Units +\| Event'

lab_start "$MACHINES/server-1u.emu" "$MACHINES/twin.emu" "$MACHINES/shelf.emu"

it "lists sensors with readings"
expect_answer "$head" free20 ipmi-sensors --quiet-cache
expect_text '\| Inlet Temp +\| Temperature +\| [0-9]+\.00 +\| C +\| .OK'
expect_text '\| Fan 1A +\| Fan +\| [0-9]+\.00 +\| RPM '
expect_text '\| CPU1 Status +\| Processor +\| N/A +\| N/A +\| .Processor Presence detected'

it "uses the cache again, for nothing has changed"
expect_answer "$head" free20 ipmi-sensors
expect_no_text 'Caching'

it "tells thresholds"
expect_answer 'Upper C' free20 ipmi-sensors --output-sensor-thresholds
expect_text '\| Inlet Temp .*\| [0-9]+\.00 +\| .*\| 43\.00'

it "tells states"
expect_answer '\| Inlet Temp .*\| Nominal ' free20 ipmi-sensors --output-sensor-state

it "tells all of a sensor"
fine='No Error'
expect_answer '^ID String: Inlet Temp' free20 ipmi-sensors -v
expect_text '^Sensor Reading: [0-9.]+ C'
expect_text '^Upper Critical Threshold: 43\.0'
expect_text "^Sensor Event: 'OK'"

it "tells of its repository"
fine='could not be written due to lack of space +: No'
expect_answer '^SDR record count +: [1-9]' free20 ipmi-sensors --sdr-info

it "lists by type"
expect_answer 'Fan 1A' free20 ipmi-sensors -t fan
expect_no_text 'Inlet Temp'

it "is read over IPMI 1.5 as well"
expect_answer "$head" free15 ipmi-sensors
expect_text '\| Inlet Temp '

# Adding a record moves the repository's time, on which the cache depends.
it "tells when its records have changed"
expect_clean free20 ipmi-raw 0 0x0a 0x22
set -- $(sed -n 's/^rcvd: 22 00 //p' "$OUT")
expect_clean free20 ipmi-raw 0 0x0a 0x24 0 0 0x51 0x12 0x0b \
    0xee 0 0 0 0 0 0x2e 1 0 0 0xc0
expect_fail free20 ipmi-sensors
expect_text 'out of date'
expect_answer "$head" free20 ipmi-sensors --sdr-cache-recreate --quiet-cache

PORT=$(lab_port twin)
it "reaches the nodes of a twin, when told to cross the bus"
expect_answer "$head" free20 ipmi-sensors --quiet-cache
near=$(grep -c "'OK'" "$OUT")
expect_answer "$head" free20 ipmi-sensors --bridge-sensors
far=$(grep -c "'OK'" "$OUT")
[ "$far" -ge $((near + 16)) ] || fail "$near sensors in order without, $far with bridging"

PORT=$(lab_port shelf)
it "reaches the boards of a shelf"
expect_answer "$head" free20 ipmi-sensors --quiet-cache --bridge-sensors
expect_text '\| RPM +\| .OK'
expect_no_text '\| N/A +\| (C|V|RPM) +\|'
