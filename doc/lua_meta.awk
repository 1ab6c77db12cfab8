# lua_meta.awk - the annotations as definitions for editors, which complete and
# check scenarios by them: LuaCATS, as lua-language-server reads it.
#
#     awk -f lua_meta.awk RECORDS     (of lua_api.awk)

BEGIN {
    FS = "\t"
    print "---@meta"
    print "-- The names that scenarios of ipmilab have; made from the library, and never loaded by it."
}

$1 == "class"  { begin("class", $2); parents = $3; next }
$1 == "fn"     { begin("fn", ($2 == "" ? "" : $2 $3) $4 "(" $5 ")"); next }
$1 == "var"    { begin("var", $2); tags = "---@type " $3 "\n"; next }
$1 == "file"   { begin("", ""); next }
$1 == "text"   { take_text($2); next }
$1 == "code"   { take_code($2); next }
$1 == "field"  { tags = tags "---@field " $2 " " $3 behind($4) "\n"; next }
$1 == "param"  { tags = tags "---@param " $2 $3 " " $4 behind($5) "\n"; next }
$1 == "return" { tags = tags "---@return " $2 returned($3) "\n"; next }

# Methods stand behind all classes, whichever file has them.
END {
    begin("", "")
    printf "%s%s", classes, functions
}

function begin(next_kind, next_what) {
    end_code()
    if (kind == "class") classes = classes "\n" words class_tag() tags name_of(what) " = {}\n"
    if (kind == "fn") functions = functions "\n" words tags "function " what " end\n"
    if (kind == "var") functions = functions "\n" words tags what " = {}\n"
    kind = next_kind
    what = next_what
    words = tags = ""
}

function class_tag(    names, n, i, list) {
    n = split(parents, names, /, */)
    for (i = 1; i <= n; i++) list = list (i > 1 ? ", " : ": ") "ipmilab." names[i]
    return "---@class ipmilab." what list "\n"
}

# A class in small letters is a value that scenarios have.
function name_of(class) { return (class ~ /^[a-z]/ ? "" : "local ") class }

function behind(text) { return text == "" ? "" : " " text }

# One word behind a type is the value's name; several are about it.
function returned(text) {
    return text == "" || text ~ /^[a-z]+$/ ? behind(text) : " # " text
}

function take_text(line) {
    end_code()
    if (words == "") line = toupper(substr(line, 1, 1)) substr(line, 2)
    words = words "---" behind(line) "\n"
}

function take_code(line) {
    if (!in_code) words = words "--- ```lua\n"
    words = words "---" behind(line) "\n"
    in_code = 1
}

function end_code() {
    if (in_code) words = words "--- ```\n"
    in_code = 0
}
