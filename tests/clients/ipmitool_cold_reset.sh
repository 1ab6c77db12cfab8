#!/bin/sh
# ipmitool_cold_reset.sh - what clients write is read back; after a cold reset
# what is nonvolatile still is there, and all else is as it was at the start.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

# raw BYTES COMMAND...: a command's answer.
raw()
{
    answer=$1
    shift
    expect_answer "^ $answer *$" lanplus raw "$@"
}

# Login as the user made here; what it may say is its own.
carol()
{
    timeout "$COMMAND_S" ipmitool -I lanplus -H "$HOST" -p "$PORT" -U carol \
        -P twenty-characters-ok -L OPERATOR "$@"
}

# ---- nonvolatile ----

write_users()
{
    expect_clean lanplus user set name 7 carol
    expect_clean lanplus user set password 7 twenty-characters-ok 20
    expect_clean lanplus channel setaccess 1 7 callin=off ipmi=on link=on privilege=3
    expect_clean lanplus user enable 7
    expect_clean lanplus sol payload enable 1 7
}

kept_users()
{
    expect_answer '^7 +carol +true +true +true +OPERATOR' lanplus user list 1
    expect_answer '^System Power' carol chassis status
    expect_answer 'User 7 on channel 1 is enabled' lanplus sol payload status 1 7
}

write_lan()
{
    expect_clean lanplus lan set 1 ipsrc static
    expect_clean lanplus lan set 1 ipaddr 192.0.2.77
    expect_clean lanplus lan set 1 netmask 255.255.254.0
    expect_clean lanplus lan set 1 defgw ipaddr 192.0.2.1
    expect_clean lanplus lan set 1 defgw macaddr 52:54:00:11:22:33
    expect_clean lanplus lan set 1 bakgw ipaddr 192.0.2.2
    expect_clean lanplus lan set 1 macaddr 02:00:5e:00:99:01
    expect_clean lanplus lan set 1 snmp mercury
    expect_clean lanplus lan set 1 vlan id 100
    expect_clean lanplus lan set 1 vlan priority 5
    expect_clean lanplus lan set 1 auth USER MD5
    expect_clean lanplus lan set 1 arp respond off
    expect_clean lanplus lan set 1 cipher_privs Xuaaaaaaaaaaaaa
    expect_clean lanplus lan set 1 bad_pass_thresh 4 1 60 60
    expect_clean lanplus lan alert set 1 2 ipaddr 192.0.2.55
    expect_clean lanplus lan alert set 1 2 retry 3
    expect_clean lanplus lan6 set 1 nolock static_addr 0 enable 2001:db8::7 64
}

kept_lan()
{
    fine='^Invalid password disable'
    expect_answer '^IP Address Source +: Static' lanplus lan print 1
    expect_text '^IP Address +: 192\.0\.2\.77$'
    expect_text '^Subnet Mask +: 255\.255\.254\.0$'
    expect_text '^Default Gateway IP +: 192\.0\.2\.1$'
    expect_text '^Default Gateway MAC +: 52:54:00:11:22:33$'
    expect_text '^Backup Gateway IP +: 192\.0\.2\.2$'
    expect_text '^MAC Address +: 02:00:5e:00:99:01$'
    expect_text '^SNMP Community String +: mercury$'
    expect_text '^802\.1q VLAN ID +: 100$'
    expect_text '^802\.1q VLAN Priority +: 5$'
    expect_text '^ +: User +: MD5 *$'
    expect_text '^BMC ARP Control +: ARP Responses Disabled'
    expect_text '^Cipher Suite Priv Max +: Xuaaaaaaaaaaaaa$'
    expect_text '^Bad Password Threshold +: 4$'
    expect_answer '^Alert IP Address +: 192\.0\.2\.55' lanplus lan alert print 1 2
    expect_text '^Number of Retries +: 3'
    expect_answer '^ +Address: +2001:db8::7/64' lanplus lan6 print 1
}

write_sol()
{
    expect_clean lanplus sol set privilege-level user 1
    expect_clean lanplus sol set character-accumulate-level 2 1
    expect_clean lanplus sol set character-send-threshold 50 1
    expect_clean lanplus sol set retry-count 5 1
    expect_clean lanplus sol set non-volatile-bit-rate 38.4 1
    expect_clean lanplus sol set force-encryption true 1
    expect_clean lanplus sol set force-authentication true 1
}

kept_sol()
{
    expect_answer '^Privilege Level +: USER' lanplus sol info 1
    expect_text '^Character Accumulate Level \(ms\) +: 10'
    expect_text '^Character Send Threshold +: 50'
    expect_text '^Retry Count +: 5'
    expect_text '^Non-Volatile Bit Rate \(kbps\) +: 38\.4'
    expect_text '^Force Encryption +: true'
    expect_text '^Force Authentication +: true'
}

write_pef()
{
    expect_clean lanplus pef policy enable 2
    expect_clean lanplus pef filter disable 1
    expect_clean lanplus raw 4 0x12 1 0x0d
    expect_clean lanplus raw 4 0x12 2 0x0f
    expect_clean lanplus raw 4 0x12 3 30
    expect_clean lanplus raw 4 0x12 4 40
    expect_clean lanplus pef filter disable 5
    expect_clean lanplus raw 4 0x12 9 4 0x28 0x12 1
    expect_clean lanplus raw 4 0x12 10 1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
    expect_clean lanplus raw 4 0x12 12 2 1 2
    expect_clean lanplus raw 4 0x12 13 2 1 0x68 0x6f 0x74 0
    expect_clean lanplus raw 4 0x14 0 7 0
}

kept_pef()
{
    expect_answer '^ +2 \| 1 \| enabled' lanplus pef policy list
    fine='redundancy lost|POST error'
    expect_answer '^ +1 \| disabled' lanplus pef filter list
    expect_text '^ +5 \| disabled'
    raw '11 0d' 4 0x13 1 0 0
    raw '11 0f' 4 0x13 2 0 0
    raw '11 1e' 4 0x13 3 0 0
    raw '11 28' 4 0x13 4 0 0
    raw '11 04 28 12 01' 4 0x13 9 4 0
    raw '11 01 01 02 03 04 05 06 07 .*' 4 0x13 10 0 0
    raw '11 02 01 02' 4 0x13 12 2 0
    expect_answer '^ 11 02 01 68 6f 74' lanplus raw 4 0x13 13 2 1
    expect_answer ' 07 00 .. .. *$' lanplus raw 4 0x15
}

write_serial()
{
    expect_clean lanplus raw 0x0c 0x10 4 3 0x87
    expect_clean lanplus raw 0x0c 0x10 4 4 10
    expect_clean lanplus raw 0x0c 0x10 4 7 0x60 8
}

kept_serial()
{
    raw '11 87' 0x0c 0x11 4 3 0 0
    raw '11 0a' 0x0c 0x11 4 4 0 0
    raw '11 60 08' 0x0c 0x11 4 7 0 0
}

write_logs()
{
    echo '0x04 0x0c 0x08 0x6f 0x00 0xff 0x03' >"$WORK/event"
    expect_clean lanplus sel clear
    expect_clean lanplus sel add "$WORK/event"
    expect_clean lanplus sel time set '06/01/27 12:00:00'
    expect_clean lanplus raw 0x0a 0x5d 60 0
    expect_clean lanplus raw 0x0a 0x24 0 0 0x51 0xc0 5 0x39 0x30 0 0x61 0x62
    fine='Read Only'
    expect_clean lanplus fru edit 0 field p 5 TAG0001
}

kept_logs()
{
    expect_answer 'Memory #0x08 \| Correctable ECC \| Asserted' lanplus sel list
    expect_answer '^06/01/27 1' lanplus sel time get
    raw '3c 00' 0x0a 0x5c
    expect_answer "^Record Count +: $((records + 1))$" lanplus sdr info
    expect_answer '^ Product Asset Tag +: TAG0001' lanplus fru print 0
}

write_names()
{
    expect_clean lanplus mc setsysinfo system_name lamp
    expect_clean lanplus mc setsysinfo primary_os_name 'first OS'
    expect_clean lanplus mc setsysinfo system_fw_version 7.11
    expect_clean lanplus raw 6 0x58 6 0 0 5 0x68 0x74 0x74 0x70 0x3a
    expect_clean lanplus raw 6 0x58 7 0 0 4 0x68 0x79 0x70 0x3a
    expect_clean lanplus dcmi set_asset_tag TAG0001
    expect_clean lanplus dcmi set_mc_id_string mc-seven
    expect_clean lanplus dcmi power set_limit limit 180
    expect_clean lanplus dcmi power activate
    expect_clean lanplus dcmi set_conf_param dhcp_config 2
    expect_clean lanplus dcmi thermalpolicy set 0x40 1 nonvolatile nopoweroff sel 6 2 0
    expect_clean lanplus chassis policy always-on
    expect_clean lanplus raw 0 5 2 0x24 0x26 0x28 0x20
}

kept_names()
{
    expect_answer 'lamp' lanplus mc getsysinfo system_name
    expect_answer 'first OS' lanplus mc getsysinfo primary_os_name
    expect_answer '7\.11' lanplus mc getsysinfo system_fw_version
    expect_answer '^ 11 00 00 05 68 74 74 70 3a' lanplus raw 6 0x59 0 6 0 0
    expect_answer '^ 11 00 00 04 68 79 70 3a' lanplus raw 6 0x59 0 7 0 0
    expect_answer 'TAG0001' lanplus dcmi asset_tag
    expect_answer 'mc-seven' lanplus dcmi get_mc_id_string
    expect_answer 'Power Limit: +180 Watts' lanplus dcmi power get_limit
    expect_text 'Power Limit Active'
    expect_answer 'DHCP' lanplus dcmi get_conf_param
    expect_answer 'Temperature Limit +6 degrees' lanplus dcmi thermalpolicy get 0x40 1
    expect_answer '^Power Restore Policy +: always-on' lanplus chassis status
    raw '06 24 26 28 20 20' 0 0
}

# Get System GUID is made unavailable.
write_gates()
{
    expect_clean lanplus raw 6 0x40 1 0x52 0x44
    expect_clean lanplus firewall disable channel 1 lun 0 netfn 6 command 0x37
}

kept_gates()
{
    raw '12 04' 6 0x41 1 0x40
    expect_fail lanplus raw 6 0x37
    expect_text 'rsp=0x'
}

nonvolatile="logs users lan sol pef serial names gates"

# ---- volatile ----

# What a sensor says of itself before anything is written to it.
sensor_at_start()
{
    expect_ok lanplus raw 4 0x27 1
    thresholds=$(sed 's/^ *//; s/ *$//' "$OUT")
    expect_ok lanplus raw 4 0x25 1 0xff
    hysteresis=$(sed 's/^ *//; s/ *$//' "$OUT")
    expect_ok lanplus raw 4 0x29 1
    enables=$(sed 's/^ *//; s/ *$//' "$OUT")
}

write_volatile()
{
    expect_clean lanplus raw 6 0x40 1 0x8a 0x84
    expect_clean lanplus sol set volatile-bit-rate 57.6 1
    expect_clean lanplus raw 0x0c 1 1 0 1
    expect_clean lanplus raw 0x0c 1 1 18 0 0 9 2
    expect_clean lanplus mc setsysinfo os_name 'this OS'
    expect_clean lanplus raw 6 0x58 5 0 0 3 0x39 0x2e 0x31
    expect_clean lanplus sensor thresh 'Inlet Temp' unc 37
    expect_clean lanplus raw 4 0x24 1 0xff 7 7
    expect_clean lanplus raw 4 0x28 1 0x00
    expect_clean lanplus raw 4 0 0x72 0
    expect_clean lanplus raw 4 0x11 200
    expect_clean lanplus raw 6 0x24 4 0 0 0 0x88 0x13
    expect_clean lanplus raw 6 0x22
    expect_clean lanplus chassis bootdev pxe options=persistent
    expect_clean lanplus raw 0 8 1 2
    expect_clean lanplus raw 0 8 3 1
    expect_clean lanplus chassis identify force
    expect_clean lanplus raw 0 0x0a 0x0a
    expect_clean lanplus raw 6 6 0x83 0x83
    expect_clean lanplus raw 4 0x12 13 0 1 0x68 0
    raw '.. ..' 0x0a 0x42
    selected=$(octets "$OUT")
    raw '.. ..' 0x0a 0x22
    described=$(octets "$OUT")
}

# The octets of an answer, to be sent.
octets()
{
    sed 's/ \([0-9a-f][0-9a-f]\)/ 0x\1/g' "$1"
}

# A part of a record, under a reservation that a reset ends.
look_reserved()
{
    if [ "$reset" = no ]; then
        expect_clean lanplus raw "$@"
    else
        expect_fail lanplus raw "$@"
        expect_text 'rsp=0xc5'
    fi
}

# is NEW OLD: what to expect, by whether the reset has been.
is()
{
    if [ "$reset" = no ]; then echo "$1"; else echo "$2"; fi
}

look_volatile()
{
    it "$(is 'reads back what is' 'has forgotten what was') volatile"
    # shellcheck disable=SC2086 # octets, each a word
    look_reserved 0x0a 0x43 $selected 0 0 2 4
    # shellcheck disable=SC2086
    look_reserved 0x0a 0x23 $described 0 0 2 4
    raw "$(is '0a 04' '12 04')" 6 0x41 1 0x80
    expect_answer "^Volatile Bit Rate \(kbps\) +: $(is '57\.6' '38\.4')" lanplus sol info 1
    raw "$(is '11 01' '11 00')" 0x0c 2 1 0 0 0
    raw "$(is '11 00 00 09 02' '11 00 00 02 00')" 0x0c 2 1 18 0 0
    expect_answer "$(is 'this OS' '^ *[^a-z]*$')" lanplus mc getsysinfo os_name
    expect_answer "$(is '\| 37\.000 +\|' '\| 38\.000 +\|')" lanplus sensor list
    [ "$reset" = no ] || raw "$thresholds" 4 0x27 1
    raw "$(is '07 07' "$hysteresis")" 4 0x25 1 0xff
    raw "$(is '00 .*' "$enables")" 4 0x29 1
    raw "$(is '72 00' '20 00')" 4 1
    raw "$(is 'c[0-9a-f]' '00')" 4 0x11 0xff
    fine='.*'
    expect_answer "Timer Is: +$(is 'Started' 'Stopped')" lanplus mc watchdog get
    expect_text "Initial Countdown: +$(is '500\.0' '0\.0')"
    fine='Boot Flag Invalid'
    expect_answer "$(is 'Force PXE' 'No override')" lanplus chassis bootparam get 5
    raw ".. .. $(is '60 fa' '40 f0')" 0 1
    raw "01 01 $(is 02 00)" 0 9 1 0 0
    raw "01 03 $(is 01 00)" 0 9 3 0 0
    expect_answer "^ 11 00 00 $(is '03 39 2e 31' '00 00 00 00')" lanplus raw 6 0x59 0 5 0 0
    raw "$(is '03 03' '00 00')" 6 7
    expect_answer "^ 11 00 01 $(is 68 00) 00" lanplus raw 4 0x13 13 0 1
}

lab_start "$MACHINES/server-1u.emu"
expect_ok lanplus sdr info
records=$(sed -n 's/^Record Count *: //p' "$OUT")
sensor_at_start

for what in $nonvolatile; do
    it "reads back what is written: $what"
    write_"$what"
    kept_"$what"
done
reset=no
write_volatile
look_volatile

# A session that is there before the reset; it is asked again after it, and
# given up some time later.
mkfifo "$WORK/keys"
COMMAND_S=6 lanplus -N 1 -R 1 shell <"$WORK/keys" >"$WORK/shell" 2>&1 &
session=$!
exec 9>"$WORK/keys"
echo 'raw 6 1' >&9
sleep 0.5

it "ends all sessions with a cold reset"
expect_answer 'active sessions +: 2' lanplus session info active
expect_clean lanplus mc reset cold
sleep 0.5
expect_answer 'active sessions +: 1' lanplus session info active
echo 'raw 6 1' >&9
exec 9>&-

for what in $nonvolatile; do
    it "keeps it across the reset: $what"
    kept_"$what"
done
reset=yes
look_volatile

it "has ended that session"
wait "$session"
expect_same "$(grep -c '^ 20 ' "$WORK/shell")" 1

# The last claim: from here on nobody gets in without it.
it "keeps the channel's key across the reset"
KG=6b67736563726574206f662074776e7479206f63
# shellcheck disable=SC2046 # octets, each a word
expect_clean lanplus raw 6 0x56 1 1 1 $(echo "$KG" | sed 's/../ 0x&/g')
expect_answer '^ 20 ' lanplus -y "$KG" raw 6 1
expect_clean lanplus -y "$KG" mc reset cold
sleep 0.5
expect_answer '^ 20 ' lanplus -y "$KG" raw 6 1
expect_fail lanplus -N 1 -R 1 raw 6 1
