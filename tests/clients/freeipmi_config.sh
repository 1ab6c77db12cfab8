#!/bin/sh
# freeipmi_config.sh - ipmi-config: what it checks out can be committed, and
# changes nothing; what is changed is read back.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-config ipmi-raw ipmi-chassis

# The exit status is 0, or 1 for a BMC that lacks a part which might be there:
# a serial channel, OEM authentication, a sixteenth cipher suite.
config()
{
    free20 ipmi-config "$@"
    [ $? -le 1 ]
}

# Those that it knows: its comments and the file are full of them.
harmless='^[[:space:]]*#|^Section|^[[:space:]][A-Z]'

checkout()
{
    fine=$harmless
    expect_clean config -g "$1" -o -n "$2"
    grep -q '^Section' "$2" || fail "there is no section in what was checked out"
}

lab_start "$MACHINES/server-1u.emu"

it "is checked out"
checkout core "$WORK/core"
expect_text '^Section User2$' cat "$WORK/core"
expect_text '^Section Lan_Channel$'
expect_text '^Section Lan_Conf$'
expect_text '^Section Lan_Conf_Auth$'
expect_text 'IP_Address +192\.0\.2\.11$'
expect_text 'Username +ADMIN$'
expect_text 'Maximum_Privilege_Cipher_Suite_Id_3 +Administrator$'

it "is checked out over IPMI 1.5 as well"
attempt free15 ipmi-config -o -S Lan_Conf
expect_text 'IP_Address +192\.0\.2\.11$'

# PEF and DCMI where the BMC has them: Get PEF Capabilities, Get DCMI
# Capabilities.
categories="core chassis sensors"
attempt free20 ipmi-raw 0 4 0x10
! grep -q '^rcvd: 10 00' "$OUT" || categories="$categories pef"
attempt free20 ipmi-raw 0 0x2c 1 0xdc 1
! grep -q '^rcvd: 01 00' "$OUT" || categories="$categories dcmi"

for category in $categories; do
    it "takes $category back, and has changed nothing"
    checkout "$category" "$WORK/$category"
    fine=$harmless
    expect_clean config -g "$category" -c -n "$WORK/$category"
    checkout "$category" "$WORK/after"
    expect_ok diff "$WORK/$category" "$WORK/after"
    fine=$harmless
    expect_clean config -g "$category" -d -n "$WORK/$category"
    expect_no_text .
done

it "keeps a user"
expect_clean free20 ipmi-config -c -e User8:Username=mallory \
    -e User8:Password=sixteen-letters1 -e User8:Enable_User=Yes \
    -e User8:Lan_Enable_IPMI_Msgs=Yes -e User8:Lan_Privilege_Limit=Operator
expect_text 'Username +mallory' free20 ipmi-config -o -S User8
expect_text 'Enable_User +Yes'
expect_text 'Lan_Privilege_Limit +Operator'
fine='unsupported'
expect_answer '^System Power' timeout 20 ipmi-chassis -D LAN_2_0 -h "$HOST:$PORT" \
    -u mallory -p sixteen-letters1 -l OPERATOR --get-chassis-status

it "keeps an address"
expect_clean free20 ipmi-config -c -e Lan_Conf:IP_Address_Source=Static \
    -e Lan_Conf:IP_Address=192.0.2.77
expect_text 'IP_Address +192\.0\.2\.77$' free20 ipmi-config -o -S Lan_Conf

it "keeps what the chassis is to do"
expect_clean free20 ipmi-config -g chassis -c \
    -e Chassis_Power_Conf:Power_Restore_Policy=On_State_AC_Apply \
    -e Chassis_Boot_Flags:Boot_Device=PXE
attempt free20 ipmi-config -g chassis -o
expect_text 'Power_Restore_Policy +On_State_AC_Apply'
expect_text 'Boot_Device +PXE'

it "keeps a threshold"
sensor=$(sed -n 's/^Section \(.*Inlet_Temp\)$/\1/p' "$WORK/sensors")
expect_clean free20 ipmi-config -g sensors -c \
    -e "$sensor:Upper_Critical_Threshold=45.000000"
expect_text 'Upper_Critical_Threshold +45\.0' free20 ipmi-config -g sensors -o -S "$sensor"
