#!/bin/sh
# lua_manual.sh - each public name of the scenario library is annotated, and stands
# in ipmilab-lua(3) and in the definitions for editors; the examples hold.
. "$SRCDIR/tests/lib/sh.sh"

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES
api=$BUILDDIR/doc/lua_api.tsv
page=$BUILDDIR/doc/ipmilab-lua.3
defs=$BUILDDIR/doc/ipmilab.d.lua
library=$SRCDIR/lua/ipmilab

it "is made of the library as it is"
"${AWK-awk}" -f "$SRCDIR/doc/lua_api.awk" "$library"/*.lua >"$WORK/api" || fail "lua_api.awk"
sort "$WORK/api" >"$WORK/api.sorted"
sort "$api" >"$WORK/made.sorted"
cmp -s "$WORK/api.sorted" "$WORK/made.sorted" ||
    fail "doc/lua_api.tsv is not up to date, or a file of lua/ipmilab is not in lua_library"

it "annotates each public function"
sed -n 's/^bare	//p' "$api" >"$OUT"
[ ! -s "$OUT" ] || fail "without annotation: $(cat "$OUT")"

it "says of each parameter what it is"
"${AWK-awk}" -F '	' '
    function check(  n, i, names) {
        if (head == "") return
        n = split(args, names, /, */)
        for (i = 1; i <= n; i++)
            if (!(names[i] in told)) print head ": " names[i]
    }
    $1 == "fn" { check(); head = $2 $3 $4; args = $5; split("", told) }
    $1 == "param" { told[$2] = 1 }
    $1 == "class" || $1 == "file" { check(); head = "" }
    END { check() }' "$api" >"$OUT"
[ ! -s "$OUT" ] || fail "parameters without annotation: $(cat "$OUT")"

# What a scenario finds: global names, and methods of objects of each class.
cat >"$WORK/names.lua" <<'END'
local standard = {}
for word in ([[_G _VERSION assert coroutine error getmetatable ipairs load math next os pairs
    pcall print rawequal rawget rawlen rawset select setmetatable string table tonumber
    tostring type utf8 xpcall]]):gmatch "%S+" do standard[word] = true end
for name in pairs(_G) do
  if not standard[name] then print("global", name) end
end

local function methods(class, of)
  for name, value in pairs(of) do
    if type(value) == "function" and name:sub(1, 2) ~= "__" then print(class, name) end
  end
end

local bmc = bmc "twin"
local chassis, console = bmc.chassis, bmc:connect()
local wire = bmc:wire()
local objects = {
  Chassis = chassis, Mc = bmc, Sensor = bmc:sensors()[1], Host = chassis.host,
  Terminal = chassis.host:terminal(), Bus = chassis:bus(), Lan = bmc:lan(), Console = console,
  Fault = chassis:fault "ipmb lose 5%", Reply = bmc:cmd(6, 1), Wire = wire,
  Hook = bmc:command(0x30, 1, function() return 0 end), Node = chassis:controller(0x84),
  Listener = on("sel", function() end), Login15 = wire:login15(), Login20 = wire:login(),
  Session = console:by_hand(), Program = start { "true" }, Result = run { "true" },
  Trace = trace,
}
for class, object in pairs(objects) do methods(class, getmetatable(object)) end
methods("packet", packet)
END

it "finds all names in a scenario"
expect_ok "$IPMILAB" run "$WORK/names.lua"
grep '	' "$OUT" >"$WORK/names"
[ "$(wc -l <"$WORK/names")" -ge 200 ] || fail "$(cat "$OUT")"

it "has each of them in the annotations"
"${AWK-awk}" -F '	' '
    FNR == NR { if ($1 == "fn") has[$2 "	" $4] = has[$4] = 1
                if ($1 == "var") has["	" $2] = 1
                if ($1 == "class") has["	" $2] = 1
                next }
    $1 == "global" && has["	" $2] { next }
    has[$1 "	" $2] || has["Commands	" $2] || has["Client	" $2] { next }
    { print $1, $2 }' "$api" "$WORK/names" >"$OUT"
[ ! -s "$OUT" ] || fail "undocumented: $(cat "$OUT")"

it "has all of the annotations in the manual and in the definitions"
same_count()
{
    [ "$(grep -c "$1" "$2")" -eq "$3" ] || fail "$2: $(grep -c "$1" "$2") $1, expected $3"
}
functions=$(grep -c '^fn	' "$api")
classes=$(grep -c '^class	' "$api")
same_count '^\.It Fn ' "$page" "$functions"
same_count '^function ' "$defs" "$functions"
same_count '^---@class ' "$defs" "$classes"

it "is Lua that can be loaded, and defines what it says"
expect_ok "$IPMILAB" test "$defs"

it "has examples that hold"
mkdir "$WORK/examples"
"${AWK-awk}" -v dir="$WORK/examples" -f "$SRCDIR/doc/lua_examples.awk" "$api"
expect_ok "$IPMILAB" test "$WORK/examples"
[ "$(ls "$WORK/examples" | wc -l)" -ge 50 ] || fail "$(ls "$WORK/examples")"

it "is a manual page without fault"
if command -v mandoc >/dev/null; then
    mandoc -Tlint "$page" 2>/dev/null | grep -v 'referenced manual not found' >"$OUT"
    [ ! -s "$OUT" ] || fail "$(cat "$OUT")"
fi
