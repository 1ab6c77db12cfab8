#!/bin/sh
# ipmitool_lan15.sh - ipmitool's IPMI 1.5 sessions: every authentication type.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

who='^Device ID +: [0-9]+'

lab_start "$MACHINES/server-1u.emu"

it "is asked with MD5 when the client may choose"
expect_text 'Proceeding with AuthType MD5' lan15 -vv mc info
expect_text "$who"

for type in NONE MD5 PASSWORD; do
    it "answers with -A $type"
    expect_answer "$who" lan15 -A "$type" mc info
done

# Debian's ipmitool is built without MD2 and sends an AuthCode of zeros.
it "refuses the AuthCode of a client that has no MD2, and outlives it"
expect_fail lan15 -A MD2 -R 1 -N 1 mc info
expect_no_text "$who"
expect_answer "$who" lan15 mc info

for privilege in USER OPERATOR ADMINISTRATOR; do
    it "opens a session at $privilege"
    expect_answer '^Chassis Power is (on|off)' lan15 -L "$privilege" power status
done

it "lets a USER look, and change nothing"
expect_fail lan15 -L USER power cycle
expect_text '[Ii]nsufficient privilege'

it "refuses a wrong password"
right=$PASS
PASS=wrong
expect_fail lan15 -R 1 -N 1 mc info
expect_no_text "$who"
PASS=$right

it "refuses an unknown user"
known=$USER_NAME
USER_NAME=nobody
expect_fail lan15 -R 1 -N 1 mc info
expect_no_text "$who"
USER_NAME=$known

it "is read whole: SDRs, SEL, FRU"
expect_answer '^.{16} \| [0-9A-F]{2}h \| ok ' lan15 sdr elist
expect_answer '^ +[0-9a-f]+ \| ' lan15 sel elist
expect_answer 'Product Serial' lan15 fru print 0
