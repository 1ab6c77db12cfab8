#!/bin/sh
# ipmiutil_serial.sh - the serial channel, as ipmiutil and ipmi-config see it.
. "$SRCDIR/tests/lib/clients.sh"
need ipmiutil ipmi-config ipmitool
build_port_623

lab_start "$MACHINES/server-1u.emu"

serial()
{
    port_623 ipmiutil serial "$@" -N "$HOST" -U "$USER_NAME" -P "$PASS" -V 4 -F lan2
}

it "is a channel"
expect_answer 'Serial/Modem' lanplus channel info 4

it "has its parameters"
fine='error -1$'
expect_ok serial
expect_text '^Serial Param\(0\) Set in progress: 00'
expect_text '^Serial Param\(23\) Dest IP Address: 04'
expect_text '^Serial Param\(29\) Terminal Mode Config'
expect_text '^Channel Access Mode\(4=Ser\): .* Shared'

it "is configured, and stays so"
expect_clean free20 ipmi-config -g core -o -S Serial_Conf -n "$WORK/was"
sed -i 's/^\(\tPage_Blackout_Interval\).*/\1 7/; s/^\(\tBit_Rate\).*/\1 19200/' "$WORK/was"
expect_clean free20 ipmi-config -g core --commit -n "$WORK/was"
expect_answer 'Bit_Rate +19200' free20 ipmi-config -g core -o -S Serial_Conf
expect_text 'Page_Blackout_Interval +7'
expect_answer '07' lanplus raw 0x0c 0x11 4 14 0 0

it "has a mux"
expect_answer '^ 00' lanplus raw 0x0c 0x12 4 0
expect_answer '^ 03' lanplus raw 0x0c 0x12 4 2

it "is not there when nobody describes it"
lab_stop
machine_copy server-1u
sed -i '/^serial/d' "$WORK/server-1u.conf"
lab_start "$WORK/server-1u.emu"
expect_fail lanplus raw 0x0c 0x11 4 0 0 0
expect_text 'rsp=0xc1'
