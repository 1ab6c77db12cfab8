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

it "does not read a controller"
expect_fail lanplus i2c bus=public 0x72 4 0x00
expect_text 'NAK on Write'

lab_stop
machine_copy twin
emu=$WORK/ipmb.emu
sed '/^sel_enable 0x20/a\
i2c_eeprom 0x20 ipmb 0xa8 512 data 0x11 0x22 0x33 0x44\
i2c_registers 0x72 ipmb 0x90 8 data 0x42 0x5d' "$WORK/twin.emu" >"$emu"
cp "$WORK/twin.conf" "$WORK/ipmb.conf"
lab_start "$emu"

it "reads and writes an EEPROM on the IPMB"
expect_answer '^ 22 33 44 ff' lanplus i2c bus=public 0xa8 4 0x01
expect_clean lanplus i2c bus=public 0xaa 0 0x10 0x77 0x78
expect_answer '^ 77 78 ff' lanplus i2c bus=public 0xaa 3 0x10

it "reads and writes registers there"
expect_answer '^ 42 5d 00' lanplus i2c bus=public 0x90 3 0x00
expect_clean lanplus i2c bus=public 0x90 0 0x02 0x99
expect_answer '^ 99' lanplus i2c bus=public 0x90 1 0x02

it "does so through a controller on the bus as well"
expect_answer '^ 22 33' lanplus -t 0x72 i2c bus=public 0xa8 2 0x01

lab_stop

it "refuses a device at a controller's address"
sed 's/ipmb 0x90/ipmb 0x74/' "$emu" >"$WORK/taken.emu"
cp "$WORK/twin.conf" "$WORK/taken.conf"
expect_exit 3 timeout "$COMMAND_S" "$IPMILAB" serve --port 0 "$WORK/taken.emu"
expect_no_text '^ready'
