#!/bin/sh
# freeipmi_dcmi.sh - ipmi-dcmi, all of its options. (ipmi-config's DCMI
# category is in freeipmi_config.sh.)
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-dcmi ipmi-sel

dcmi()
{
    free20 ipmi-dcmi -l ADMIN "$@"
}

lab_start "$MACHINES/server-1u.emu"

it "tells its capabilities"
fine='Not supported'
expect_answer '^DCMI Specification Conformance +: 1\.5' dcmi --get-dcmi-capability-info
expect_text '^Power Management / Monitoring Support +: Available'
expect_text '^Number of SEL entries +: 1105'
expect_text '^Available Rolling Average Time Period +: 1 Hours'

it "keeps an asset tag"
expect_clean dcmi --set-asset-tag="tag 0123456789abcdef"
expect_answer '^tag 0123456789abcdef$' dcmi --get-asset-tag

it "keeps an identifier string"
expect_clean dcmi --set-management-controller-identifier-string=node-12345678901234567890
expect_answer '^node-12345678901234567890$' dcmi --get-management-controller-identifier-string

it "lists its temperature sensors"
expect_answer 'Inlet Temperature SDR Record IDs' dcmi --get-dcmi-sensor-info
expect_text '^4$'

it "measures power"
expect_answer '^Current Power +: [0-9]+ Watts' dcmi --get-system-power-statistics
expect_text '^Power Measurement +: Active'
expect_answer 'Rolling Average Time Period 30 Minutes' \
    dcmi --get-enhanced-system-power-statistics

it "keeps a power limit"
expect_clean dcmi --set-power-limit --exception-actions=0x11 --power-limit-requested=50 \
    --correction-time-limit=500 --statistics-sampling-period=30
expect_clean dcmi --activate-deactivate-power-limit=ACTIVATE
expect_answer '^Power Limit Requested +: 50 watts' dcmi --get-power-limit
expect_text '^Correction time limit +: 500 milliseconds'
expect_text '^Management application Statistics Sampling period : 30 seconds'

it "logs a limit that the host cannot keep"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    attempt free20 ipmi-sel
    ! grep -q 'Limit Exceeded' "$OUT" || break
    sleep 0.5
done
expect_text 'System Power.*Limit Exceeded'
expect_clean dcmi --activate-deactivate-power-limit=DEACTIVATE
