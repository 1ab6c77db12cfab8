#!/bin/sh
# machine.sh SENSORS SDRS - print the .emu file of a BMC with so many
# temperature sensors, each with an SDR, thresholds, events and a value, and
# further SDRs (of no sensor) up to SDRS. For ipmilab and ipmi_sim alike.

exec awk -v sensors="${1:-100}" -v sdrs="${2:-0}" '
function sdr(n,    name, i, line) {
    name = sprintf("Temp %03d", n)
    line = sprintf("main_sdr_add 0x20 0 0 0x51 0x01 %d", 43 + length(name))
    line = line sprintf(" 0x20 0 %d 7 %d 0x7f 0x68 0x01 0x01", n % 255, n % 96 + 1)
    line = line " 0x95 0x7a 0x95 0x7a 0x3f 0x3f 0x00 0x01 0x00"
    line = line " 0x00 0x01 0x00 0x00 0x00 0x00 0x00 0x00 0x32 0x50 0x0a 0xff 0x00"
    line = line " 0x5f 0x5a 0x55 0x02 0x05 0x0a 0x02 0x02 0x00 0x00 0x00"
    line = line sprintf(" 0x%02x", 192 + length(name))
    for (i = 1; i <= length(name); i++)
        line = line sprintf(" 0x%02x", code[substr(name, i, 1)])
    print line
}
function sensor(n) {
    printf "sensor_add 0x20 0 %d 0x01 0x01\n", n
    printf "sensor_set_threshold 0x20 0 %d settable 111111 95 90 85 2 5 10\n", n
    printf "sensor_set_hysteresis 0x20 0 %d settable 2 2\n", n
    printf "sensor_set_event_support 0x20 0 %d enable scanning per-state", n
    print " 000101010010101 000101010010101 000101010010101 000101010010101"
    printf "sensor_set_value 0x20 0 %d %d 0\n", n, 40 + n % 20
}
BEGIN {
    for (i = 32; i < 127; i++)
        code[sprintf("%c", i)] = i
    print "mc_setbmc 0x20"
    print "mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02"
    print "sel_enable 0x20 1000 0x0a"
    for (n = 1; n <= sensors || n <= sdrs; n++)
        sdr(n)
    for (n = 1; n <= sensors; n++)
        sensor(n)
    print "mc_enable 0x20"
}'
