# lua_examples.awk - write each example of the annotations to a file of its own.
#
#     awk -v dir=DIR -f lua_examples.awk RECORDS     (of lua_api.awk)

BEGIN { FS = "\t" }

$1 == "fn"    { name = ($3 == "" ? "" : $2 ".") $4; n = 0 }
$1 == "class" { name = $2; n = 0 }

$1 == "code" {
    if (last != "code") file = dir "/" name (n++ ? "-" n : "") ".lua"
    print $2 >file
}

{ last = $1 }
