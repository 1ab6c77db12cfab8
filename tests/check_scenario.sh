#!/bin/sh
# check_scenario.sh - ipmilab check says what is wrong with a scenario, and where.
. "$SRCDIR/tests/lib/sh.sh"

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES

# wrong LUA PLACE-AND-WORDS: what is said of a scenario
wrong()
{
    printf '%b' "$1" >"$WORK/x.lua"
    expect_exit 2 "$IPMILAB" check "$WORK/x.lua"
    grep -qxF -- "$WORK/x.lua:$2" "$OUT" || fail "$(printf 'expected %s in:\n' "$2"; cat "$OUT")"
}

it "has nothing against what is shipped"
find "$SRCDIR/scenarios" "$SRCDIR/tests/lua/outside" -name '*.lua' >"$WORK/files"
# shellcheck disable=SC2046
expect_ok "$IPMILAB" check --quiet $(cat "$WORK/files")

it "reports grammar"
wrong 'test("x", function()\n  local y = = 3\nend)\n' \
    "2:13: found '='; unexpected symbol"
wrong 'test("x", function()\n' "2:1: found the end of the file; expected 'end' (to close 'function' at line 1)"
wrong 'local a = "open\n' "1:11: found '\"open'; unfinished string"

it "reports names that nothing has made"
wrong 'test("x", function()\n  slep(3)\nend)\n' '2:3: found "slep"; expected "sleep"?'
wrong 'test("x", function() xyzzy:plugh() end)\n' \
    '1:22: found "xyzzy"; expected a name of this file, or one of ipmilab-lua(3)'

it "leaves names alone that the file makes, and what only looks like one"
cat >"$WORK/x.lua" <<'EOF'
local one <const>, two = 1, 2
three = 3
local function four(five, ...) return five, select("#", ...) end
local t = { six = 6, ["seven"] = 7 }
function t.eight() return t.nine end
function t:ten() return self end
for i, v in ipairs(t) do goto eleven; ::eleven:: four(i, v) end
-- twelve() [[ thirteen()
local s = "fourteen() \" fifteen()" .. [==[ sixteen() ]] ]==]
test(s, function() four(one, two, three, t:ten().six) end)
EOF
expect_ok "$IPMILAB" check "$WORK/x.lua"

it "reports what the outermost lines do wrong"
wrong 'local t = nil\ntest(t.name, function() end)\n' \
    "2:1: attempt to index a nil value (local 't')"

it "reports all files, and what is no scenario"
printf 'sleep(\n' >"$WORK/y.lua"
expect_exit 2 "$IPMILAB" check "$WORK/x.lua" "$WORK/y.lua" "$WORK/none.lua" "$MACHINES/twin.emu"
expect_text 'y\.lua:2:1: found the end of the file'
expect_text 'none\.lua: cannot be read'

it "survives what is no Lua"
head -c 20000 /dev/urandom >"$WORK/x.lua"
expect_exit 2 "$IPMILAB" check "$WORK/x.lua"
