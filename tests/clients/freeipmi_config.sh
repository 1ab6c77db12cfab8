#!/bin/sh
# freeipmi_config.sh - ipmi-config: what it checks out can be committed, and
# changes nothing; what is changed is read back.
. "$SRCDIR/tests/lib/clients.sh"
need ipmi-config ipmi-raw ipmi-chassis bmc-config ipmi-chassis-config ipmi-pef-config \
    pef-config ipmi-sensors-config

# Those error words that it knows: its comments and the file are full of them.
harmless='^[[:space:]]*#|^Section|^[[:space:]][A-Z]'

# checkout STATUS CATEGORY FILE. It ends with 1 when a key cannot be had.
checkout()
{
    fine=$harmless
    attempt free20 ipmi-config -g "$2" -o -n "$3"
    judge_words
    [ "$status" -eq "$1" ] || fail_command "exit status $status, expected $1"
    grep -q '^Section' "$3" || fail "there is no section in what was checked out"
}

# round MACHINE STATUS CATEGORY OLD-NAME...: what is checked out, by any of its
# names, can be committed and is there again.
round()
{
    it "takes $3 of $1 back, and has changed nothing"
    ends=$2
    category=$3
    checkout "$ends" "$category" "$WORK/$category"
    shift 3
    for old; do
        fine=$harmless
        attempt free20 "$old" -o -n "$WORK/old"
        judge_words
        expect_ok diff "$WORK/$category" "$WORK/old"
        fine=$harmless
        expect_clean free20 "$old" -c -n "$WORK/old"
    done
    fine=$harmless
    expect_clean free20 ipmi-config -g "$category" -c -n "$WORK/$category"
    checkout "$ends" "$category" "$WORK/after"
    expect_ok diff "$WORK/$category" "$WORK/after"
    fine=$harmless
    attempt free20 ipmi-config -g "$category" -d -n "$WORK/$category"
    expect_no_text .
}

# It ends with 1 for each key that it asks for and is not given. Of the core those
# are six, which an honest BMC cannot give: *_Enable_Auth_Type_OEM_Proprietary of
# the five privilege levels, an authentication type that only a vendor could tell
# of (with -v -v it does not mind), and Maximum_Privilege_Cipher_Suite_Id_15:
# there is an entry for it, but ipmitool, which has letters for fifteen, would
# switch the suite off whenever it sets the others' levels. Of the sensors it
# asks the BMC itself for those of other controllers, which has none of their
# numbers, or one of another kind. vendors is twin in all of this.
for emu in "$MACHINES"/*.emu; do
    machine=$(basename "$emu" .emu)
    [ "$machine" != vendors ] || continue
    sensors=0 no_serial=0
    grep -q '^serial' "${emu%.emu}.conf" || no_serial=1
    ! grep -q '^sdr_source 0x20.*-\(node\|board\)-' "$emu" || sensors=1
    lab_start "$emu"
    round "$machine" 1 core bmc-config
    round "$machine" 0 chassis ipmi-chassis-config
    round "$machine" "$sensors" sensors ipmi-sensors-config
    round "$machine" 0 pef ipmi-pef-config pef-config
    round "$machine" 0 dcmi

    it "finds all it asks for of $machine but what there cannot be"
    for section in $(free20 ipmi-config -g core -L); do
        case $section in
        Lan_Conf_Auth | Rmcpplus_Conf_Privilege) ends=1 ;;
        Serial_*) ends=$no_serial ;;
        *) ends=0 ;;
        esac
        expect_exit "$ends" free20 ipmi-config -o -S "$section"
    done
    attempt free20 ipmi-config -g core -o -v -v
    grep 'Unable to checkout' "$OUT" >"$WORK/missing"
    [ "$no_serial" -eq 0 ] || sed -i '/[ :]Serial_/d' "$WORK/missing"
    expect_same "$(sed 's/.*://' "$WORK/missing")" Maximum_Privilege_Cipher_Suite_Id_15
    attempt free20 ipmi-config -o -S Lan_Conf_Auth
    expect_same "$(grep -c '^[[:space:]].*_Auth_Type' "$OUT")" 20
    expect_same "$(grep -c '_OEM_Proprietary' "$OUT")" 0
    if [ "$sensors" -eq 0 ]; then
        expect_exit 0 free20 ipmi-config -g sensors -o -v -v
        expect_no_text 'Unable to checkout'
    fi
    lab_stop
done

lab_start "$MACHINES/server-1u.emu"
checkout 1 core "$WORK/core"
checkout 0 sensors "$WORK/sensors"

it "is checked out"
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
