#!/bin/sh
# ipmitool_suites.sh - ipmitool's RMCP+ sessions: every cipher suite it has.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool

who='^Device ID +: [0-9]+'

lab_start "$MACHINES/server-1u.emu"

it "is asked with suite 17 when the client may choose"
expect_text 'best available cipher suite 17' lanplus -v mc info
expect_text "$who"

for suite in 1 2 3 6 7 8 15 16 17; do
    it "answers with suite $suite"
    expect_answer "$who" lanplus -C "$suite" mc info
done

it "keeps suite 0 to itself"
expect_fail lanplus -C 0 -R 1 -N 1 mc info
expect_no_text "$who"

# ipmitool prints no more than twelve, whatever it is given.
it "offers the suites that clients have first, and not 0"
expect_clean lanplus channel getciphers ipmi 1
offered=$(awk '$1 ~ /^[0-9]+$/ { print $1 }' "$OUT" | tr '\n' ' ')
expect_same "$offered" "1 2 3 6 7 8 11 12 15 16 17 4 "

# ipmitool has no RC4, and its own assertion fails on MD5-128 integrity.
for suite in 4 5 9 10 11 12 13 14; do
    it "outlives a client that lacks suite $suite"
    expect_fail lanplus -C "$suite" -R 1 -N 1 mc info
    expect_no_text "$who"
done
expect_answer "$who" lanplus mc info

it "refuses a suite that does not exist"
expect_fail lanplus -C 18 -R 1 -N 1 mc info
expect_no_text "$who"
lab_stop

it "has a key of its own where the description gives it one"
machine_copy server-1u
sed -i 's/^startlan .*/&\n  bmc_key "a-key-of-its-own"/' "$WORK/server-1u.conf"
lab_start "$WORK/server-1u.emu"
for suite in 3 17; do
    expect_answer "$who" lanplus -C "$suite" -k a-key-of-its-own mc info
    expect_fail lanplus -C "$suite" -k another-key -R 1 -N 1 mc info
    expect_fail lanplus -C "$suite" -R 1 -N 1 mc info
done
lab_stop

it "answers with suite 0 where the description allows it"
machine_copy server-1u
sed -i 's/^startlan .*/&\n  cipher_suite_0 true/' "$WORK/server-1u.conf"
lab_start "$WORK/server-1u.emu"
expect_answer "$who" lanplus -C 0 mc info
expect_answer '^0 +N/A +none +none +none' lanplus channel getciphers ipmi 1
