#!/bin/sh
# fru_compile.sh - FRU text comes to octets that clients read as it says.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-fru cmp

it "compiles the shipped machines' inventories, and prints them to the same"
for source in "$MACHINES"/*.fru; do
    expect_ok "$IPMILAB" fru compile "$source" --size 512 -o "$WORK/once"
    expect_ok "$IPMILAB" fru print "$WORK/once"
    cp "$OUT" "$WORK/printed.fru"
    expect_ok "$IPMILAB" fru compile "$WORK/printed.fru" -o "$WORK/twice"
    expect_ok cmp "$WORK/once" "$WORK/twice"
done

cat >"$WORK/all.fru" <<'END'
# Something of everything that both clients can tell.
internal
    data 1 2 3
end
chassis
    type rack_mount
    part "CHS-1"
    serial bcd "2026-01.31"
    custom 6bit "SIX BITS"
end
board
    date 2026-01-31T12:34
    manufacturer "Soci\303\251t\303\251"
    product "Board \"quoted\""
    serial "BS-1"
    part binary 0xde 0xad
end
product
    name "Product"
    custom "first"
    custom "second"
end
record power_supply
    capacity 750 W
    peak_va 900 VA
    inrush_current 40 A
    low_voltage_1 90.00 V
    high_voltage_1 264 V
    low_frequency 47 Hz
    high_frequency 63 Hz
    hot_swap true
    peak_capacity 800 W
    hold_up 2 s
    combined_voltage_1 5V
    combined_voltage_2 3.3V
    combined_wattage 100 W
end
record dc_output
    output 2
    standby true
    nominal_voltage -12.00 V
    max_negative_deviation -12.60 V
    max_positive_deviation -11.40 V
    ripple 120 mV
    max_current 2.5 A
end
record dc_load
    output 3
    nominal_voltage 5.00 V
    min_voltage 4.75 V
    max_voltage 5.25 V
    max_current 10 A
end
record extended_dc_output
    output 1
    current_unit 100mA
    nominal_voltage 12 V
    max_current 100 A
end
record management_access
    system_name "host-1"
end
record base_compatibility
    manufacturer 32473
    entity 10
    base 1
    code_start 2
    data 0xff
end
record module_current
    current 3.5 A
end
END
# In a here-document there are no octal escapes, and strings have none.
sed -e 's/\\303\\251/'"$(printf '\303\251')"'/g' -e "s/\"Board .*/'Board \"quoted\"'/" \
    "$WORK/all.fru" >"$WORK/f.fru"
cat >"$WORK/m.emu" <<'END'
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x9f 1 1
sel_enable 0x20 64 0x0a
fru_source 0x20 0 512 "f.fru"
fru_source 0x20 1 512 "f.fru"
fru_access 0x20 1 words guard=0,8
main_sdr_add 0x20 0 0 0x51 0x11 0x0e 0x20 1 0x80 0 0 0x10 0 10 1 0 0xc3 'P 'S '1
mc_enable 0x20
END

lab_start "$WORK/m.emu"

it "serves what was compiled"
expect_ok "$IPMILAB" fru compile "$WORK/f.fru" --size 512 -o "$WORK/compiled"
expect_clean lanplus fru read 0 "$WORK/read"
expect_ok cmp "$WORK/compiled" "$WORK/read"
expect_ok "$IPMILAB" fru print "$WORK/read"
cp "$OUT" "$WORK/printed.fru"
expect_ok "$IPMILAB" fru compile "$WORK/printed.fru" -o "$WORK/again"
expect_ok cmp "$WORK/read" "$WORK/again"

it "is read by ipmitool as it says"
expect_answer '^ Chassis Type +: Rack Mount Chassis' lanplus fru print 0
expect_text '^ Chassis Part Number +: CHS-1$'
expect_text '^ Chassis Serial +: 2026-01.31$'
expect_text '^ Chassis Extra +: SIX BITS$'
expect_text '^ Board Mfg Date +: Sat Jan 31 12:34:00 2026'
expect_text '^ Board Product +: Board "quoted"'
expect_text '^ Board Part Number +: dead'
expect_text '^ Product Name +: Product'
expect_text '^ Product Extra +: second'

it "is read by ipmitool as its records say"
# ipmitool asks which OEM's machine it talks to, and tells of refusals.
fine='Invalid completion code received'
expect_answer 'Capacity +: 750 W' lanplus -v fru print 0
expect_text 'Peak VA +: 900 VA'
expect_text 'Input Voltage Range 1 +: 90-264 V'
expect_text 'Peak capacity holdup +: 2 s'
expect_text 'Combined capacity +: 100 W \(5 ?V and 3\.3 ?V\)'
expect_text 'Nominal voltage +: -12\.00 V'
expect_text 'Standby power +: Yes'
expect_text 'Maximum current draw +: 2\.500 A'
expect_text 'Max voltage allowed +: 5\.25 V'
expect_text 'Current draw\(@12V\): 3\.50 A'

it "is read by ipmi-fru as it says"
# FreeIPMI takes a digit of BCD plus to have an octet of its own.
fine='invalid BCD encoding'
expect_answer 'FRU Chassis Custom Info: SIX BITS' free20 ipmi-fru -e 0
expect_text 'FRU Board Manufacturing Date/Time: 01/31/26 - 12:34:00'
expect_text 'FRU Product Custom Info: second'
expect_text 'FRU Power Supply Overall Capacity: 750 Watts'
expect_text 'FRU Power Supply Total Combined Wattage: 100 Watts'
expect_text 'FRU DC Output Nominal Voltage: -12000 mV'
expect_text 'FRU DC Output Maximum Current Draw: 100000 mA'
expect_text 'FRU DC Load Maximum Current Load: 10000 mA'
expect_text 'FRU Management Access System Name: host-1'

it "has words where it is accessed by words"
expect_text '^ 00 02 01$' lanplus raw 0x0a 0x10 1
expect_ok lanplus raw 0x0a 0x11 0 8 0 4
cp "$OUT" "$WORK/octets"
expect_ok lanplus raw 0x0a 0x11 1 4 0 2
expect_same "$(sed 's/^ 02/ 04/' "$OUT")" "$(cat "$WORK/octets")"

it "guards what is to be guarded"
expect_text 'rsp=0x80' lanplus raw 0x0a 0x12 1 3 0 1 2
expect_text '^ 01$' lanplus raw 0x0a 0x12 1 4 0 1 2

it "tells mistakes with their places"
printf 'chassis\n  part "AB\nend\n' >"$WORK/bad.fru"
expect_exit 2 "$IPMILAB" fru compile "$WORK/bad.fru" -o "$WORK/none"
expect_text 'bad\.fru:2:8: found .*; expected a closing "'
[ ! -e "$WORK/none" ] || fail "the output is there all the same"

it "tells what is damaged"
printf 'X' | dd of="$WORK/compiled" bs=1 seek=30 conv=notrunc 2>/dev/null
expect_exit 2 "$IPMILAB" fru print "$WORK/compiled"
expect_text 'compiled: found checksum 0x[0-9a-f]{2} of the chassis area at 16; expected 0x'
expect_text 'product +.Board "quoted".$'
