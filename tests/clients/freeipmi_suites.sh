#!/bin/sh
# freeipmi_suites.sh - FreeIPMI's sessions, which check all that may be
# checked: every cipher suite and authentication type it has, no workaround.
. "$SRCDIR/tests/lib/clients.sh"
need bmc-info

who='^Device ID +: [0-9]+'

# expect_who free20|free15 OPTION...: bmc-info gets an answer. What a device
# has not, it calls unsupported.
expect_who()
{
    how=$1
    shift
    fine='Device SDRs +: unsupported|Bridge +: unsupported'
    expect_answer "$who" "$how" bmc-info --get-device-id "$@"
}

lab_start "$MACHINES/server-1u.emu"

it "answers with the suite of the client's choice"
expect_who free20

for suite in 1 2 3 6 7 8 11 12 15 16 17; do
    it "answers with suite $suite"
    expect_who free20 -I "$suite"
done

it "keeps suite 0 to itself"
expect_fail free20 bmc-info -I 0 --get-device-id
expect_text 'cipher suite id unavailable'

for privilege in USER OPERATOR ADMIN; do
    it "opens a session at $privilege"
    expect_who free20 -l "$privilege"
    expect_who free15 -l "$privilege"
done

for type in NONE STRAIGHT_PASSWORD_KEY MD2 MD5; do
    it "answers with IPMI 1.5 and $type"
    expect_who free15 -a "$type"
done

right=$PASS
PASS=wrong
it "refuses a wrong password, and says so"
expect_fail free20 bmc-info --get-device-id
expect_text 'password invalid'
expect_fail free15 bmc-info --session-timeout=2000 --get-device-id
expect_text 'password'
PASS=$right

USER_NAME=nobody
it "refuses an unknown user, and says so"
expect_fail free20 bmc-info --get-device-id
expect_text 'username invalid'
expect_fail free15 bmc-info --get-device-id
expect_text 'username invalid'
lab_stop

it "answers with suite 0 where the description allows it"
machine_copy server-1u
sed -i 's/^startlan .*/&\n  cipher_suite_0 true/' "$WORK/server-1u.conf"
lab_start "$WORK/server-1u.emu"
expect_who free20 -I 0
