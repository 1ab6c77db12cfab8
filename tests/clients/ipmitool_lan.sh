#!/bin/sh
# ipmitool_lan.sh - ipmitool's lan commands: what is written is read back.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

harmless='Not Available|Invalid password disable'

lab_start "$MACHINES/server-1u.emu"

# keeps WORDS LABEL VALUE COMMAND...: lan set 1 COMMAND, then lan print 1.
keeps()
{
    it "keeps $1"
    label=$2
    value=$3
    shift 3
    expect_clean lanplus lan set 1 "$@"
    fine=$harmless
    expect_answer "^$label +: $value" lanplus lan print 1
}

it "prints its parameters"
fine=$harmless
expect_answer '^Set in Progress +: Set Complete' lanplus lan print 1
expect_text '^IP Address +: 192\.0\.2\.11$'
expect_text '^Subnet Mask +: 255\.255\.255\.0$'
expect_text '^MAC Address +: 02:00:5e:00:11:01$'
expect_text '^Default Gateway IP +: 192\.0\.2\.254$'
expect_text '^RMCP\+ Cipher Suites +: 0,1,2,3,'
expect_text '^Cipher Suite Priv Max +: [XuUoaO]+'
expect_text '^Bad Password Threshold +: [0-9]'
expect_text '^Auth Type Support +: NONE MD2 MD5 PASSWORD'

it "finds the channel by itself"
fine=$harmless
expect_answer '^IP Address +: 192\.0\.2\.11$' lanplus lan print

keeps "a static address source" 'IP Address Source' 'Static Address' ipsrc static
keeps "an address" 'IP Address' '192\.0\.2\.200$' ipaddr 192.0.2.200
keeps "a mask" 'Subnet Mask' '255\.255\.254\.0$' netmask 255.255.254.0
keeps "a MAC address" 'MAC Address' '02:00:5e:00:99:01$' macaddr 02:00:5e:00:99:01
keeps "a gateway" 'Default Gateway IP' '192\.0\.2\.1$' defgw ipaddr 192.0.2.1
keeps "a gateway's MAC address" 'Default Gateway MAC' '52:54:00:11:22:33$' \
    defgw macaddr 52:54:00:11:22:33
keeps "a second gateway" 'Backup Gateway IP' '192\.0\.2\.2$' bakgw ipaddr 192.0.2.2
keeps "an SNMP community" 'SNMP Community String' 'mercury$' snmp mercury
keeps "a VLAN" '802\.1q VLAN ID' '100$' vlan id 100
keeps "no VLAN" '802\.1q VLAN ID' 'Disabled$' vlan id off
keeps "privileges of suites" 'Cipher Suite Priv Max' 'Xuoaaaaaaaaaaaa$' \
    cipher_privs Xuoaaaaaaaaaaaa
keeps "bad passwords' limit" 'Bad Password Threshold' '3$' bad_pass_thresh 3 1 60 60
keeps "an address from DHCP" 'IP Address Source' 'DHCP Address' ipsrc dhcp

it "enforces the privilege of a suite"
expect_fail lanplus -C 1 -L ADMINISTRATOR -R 1 -N 1 mc info
expect_answer '^Device ID' lanplus -C 3 mc info

it "keeps where alerts go"
expect_clean lanplus lan alert set 1 1 ipaddr 192.0.2.55
expect_clean lanplus lan alert set 1 1 retry 2
expect_answer '^Alert IP Address +: 192\.0\.2\.55' lanplus lan alert print 1 1
expect_text '^Number of Retries +: 2'

it "writes nothing into what is read-only"
expect_fail lanplus raw 0x0c 1 1 1 0
expect_text 'rsp=0x82'
