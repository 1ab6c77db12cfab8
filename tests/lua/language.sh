#!/bin/sh
# language.sh - the scenario language itself: scenarios about it hold, and
# those in wrong/ fail with the line and the words that their first line says.
. "$SRCDIR/tests/lib/sh.sh"

here=$SRCDIR/tests/lua
IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES

it "holds in scenarios about itself"
expect_ok "$IPMILAB" test --verbose --traces "$WORK/traces" "$here"/*.lua

it "says the same whatever the order and the number of processes"
"$IPMILAB" test --tap --jobs 1 "$here"/*.lua >"$WORK/one" 2>&1
"$IPMILAB" test --tap --jobs 3 "$here"/*.lua >"$WORK/three" 2>&1
expect_ok cmp "$WORK/one" "$WORK/three"

# The first line of a wrong scenario: -- FILE:LINE: WORDS
for wrong in "$here"/wrong/*.lua; do
    first=$(sed -n '1s/^-- //p' "$wrong")
    it "blames $first"
    expect_exit 1 "$IPMILAB" test --traces "$WORK/traces" "$wrong"
    grep -F "wrong/${first%%: *}: " "$OUT" | grep -qF -- "${first#*: }" ||
        fail "$(printf 'expected %s in:\n' "$first"; cat "$OUT")"
done

it "shows tables by their fields, the same in each run"
expect_ok "$IPMILAB" run "$here/print.lua"
expect_text '^\{ 1, 2, name = "x", own = \{\.\.\.\}, and 1 with other keys \}'
expect_text '	nil	true	1\.5	text	\{ 00 01 \(octets\) \}	\{\}	\{ \{ \{\} \} \}$'
expect_no_text '0x[0-9a-f]{6}'

it "takes no file without a test for one that holds"
printf -- '-- To be written.\n--[[ test("later", function() end) ]]\n' >"$WORK/blank.lua"
expect_exit 2 "$IPMILAB" test "$WORK/blank.lua"
expect_text 'blank\.lua:1: found no test'

it "skips all tests of a file that says so at its top"
expect_ok "$IPMILAB" test --tap "$here/skip_all.lua"
expect_text '^ok 1 .* # SKIP there is nothing to do'
expect_text '^ok 2 .* # SKIP there is nothing to do'
