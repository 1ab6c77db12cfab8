#!/bin/sh
# ipmitool_i2c.sh - Master Write-Read: private buses, and the IPMB.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

lab_start "$MACHINES/server-1u.emu"

it "reads the EEPROM behind a FRU"
expect_answer '^ 01 00 01 05 0d' lanplus i2c bus=0 0xa0 8 0x00
expect_answer '^ 43 48 53 2d 31 55' lanplus i2c bus=0 0xa0 6 0x0c

it "writes to it what the FRU then reads"
expect_clean lanplus i2c bus=0 0xa0 0 0x0c 0x58
expect_answer 'Chassis Part Number +: XHS-1U-08|[Cc]hecksum' lanplus fru print 0
expect_answer '^ 58 48' lanplus i2c bus=0 0xa0 2 0x0c
expect_clean lanplus i2c bus=0 0xa0 0 0x0c 0x43
expect_answer 'Chassis Part Number +: CHS-1U-08' lanplus fru print 0

it "writes and reads registers"
expect_answer '^ 42 5d 00 80' lanplus i2c bus=1 0x5c 4 0x00
expect_clean lanplus i2c bus=1 0x5c 0 0x03 0x40
expect_answer '^ 00 40' lanplus i2c bus=1 0x5c 2 0x02

it "learns that nobody is there, or no bus"
expect_fail lanplus i2c bus=0 0xa8 1 0x00
expect_text 'NAK on Write'
expect_fail lanplus i2c bus=5 0xa0 1 0x00
expect_fail lanplus i2c bus=public 0x72 0 0x18 0x76 0x20 0x06 0x01 0xd9

lab_stop
lab_start "$MACHINES/twin.emu"

it "sends a frame on the IPMB"
expect_ok lanplus i2c bus=public 0x72 0 0x18 0x76 0x20 0x06 0x01 0xd9
expect_text 'Wrote 6 bytes to I2C device 72h'
