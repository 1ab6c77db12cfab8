# lua_man.awk - the annotations as sections of a manual page, in mdoc.
#
#     awk -f lua_man.awk ipmilab-lua.3.in RECORDS     (of lua_api.awk)
#
# A line @LIBRARY@ of the first file is replaced by the sections: for each file
# of the library its global functions, then for each of its classes the fields
# and methods, whichever file has those.

BEGIN { FS = "\t" }

FNR == NR { page[++page_lines] = $0; next }

$1 == "file"   { begin("", ""); section("file " $2, $3); file = "file " $2; next }
$1 == "class"  { begin("class", $2); parents = $3; next }
$1 == "fn"     { begin("fn", $2); head = ".It Fn " receiver($2, $3) $4 arguments($5); next }
$1 == "var"    { begin("fn", ""); head = ".It Va " $2 " Pq " quoted($3); next }
$1 == "text"   { words = words mdoc($2) " "; next }
$1 == "code"   { code = code mdoc_line($2) "\n"; next }
$1 == "field"  { list = list item($2, $3, $4); next }
$1 == "param"  { optional[$2] = $3; list = list item($2, $4, $5); next }
$1 == "return" { take_return($2, $3); next }

END {
    begin("", "")
    for (i = 1; i <= page_lines; i++)
        if (page[i] == "@LIBRARY@") sections()
        else print page[i]
}

# ---- what a record begins and ends ----

function begin(next_kind, next_owner,    key) {
    key = owner == "" ? file : "class " owner
    if (kind == "fn") body[key] = body[key] with_options(head) "\n" sentences(words) nested(list) result example()
    if (kind == "class") {
        section(key, owner ": " words)
        fields[key] = kin(parents) nested(list)
    }
    kind = next_kind
    owner = next_owner
    words = list = result = code = ""
    split("", optional)
}

function section(key, words) {
    if (key in title) return
    gsub(/\n/, " ", words)
    sub(/ +$/, "", words)
    title[key] = words
    order[++sections_count] = key
}

function kin(parents) {
    if (parents == "") return ""
    gsub(/, */, ", and of ", parents)
    return "It has the methods of " parents ", too.\n"
}

function nested(list) {
    return list == "" ? "" : ".Bl -tag -width Ds -compact\n" list ".El\n"
}

function example() {
    return code == "" ? "" : ".Bd -literal -offset indent\n" code ".Ed\n"
}

function sections(    i, key, words) {
    for (i = 1; i <= sections_count; i++) {
        key = order[i]
        if (fields[key] body[key] == "" && key ~ /^file/) continue
        words = title[key]
        if (key ~ /^class/) {
            print ".Ss " class_title(words)
            printf "%s", class_words(words)
        } else
            print ".Ss " toupper(substr(words, 1, 1)) substr(words, 2)
        printf "%s", fields[key]
        if (body[key] != "") printf ".Bl -tag -width Ds\n%s.El\n", body[key]
    }
}

# A class' first words are its title, if they are few.
function class_title(words) {
    sub(/[.;]( .*)?$/, "", words)
    sub(/: *$/, "", words)
    return words
}

function class_words(words) {
    return match(words, /[.;]( |$)/) ? sentences(sentence_case(substr(words, RSTART + RLENGTH))) : ""
}

function sentence_case(s) { return toupper(substr(s, 1, 1)) substr(s, 2) }

# ---- heads ----

# What a method is called of, as scenarios usually name it.
function receiver(class, separator) {
    if (class == "") return ""
    if (class == "Mc" || class == "Commands" || class == "Client") return "bmc" separator
    return tolower(class) separator
}

function arguments(list,    names, n, i, made) {
    n = split(list, names, /, */)
    for (i = 1; i <= n; i++) made = made " @" names[i]
    return made
}

# Optional parameters stand in brackets; which they are is known at the end.
function with_options(head,    words, n, i, name, made) {
    n = split(head, words, " @")
    made = words[1]
    for (i = 2; i <= n; i++) {
        name = words[i]
        made = made (optional[name] == "?" ? " \"[" name "]\"" : " \"" name "\"")
    }
    return made
}

function plain_type(type) {
    gsub(/ipmilab\./, "", type)
    while (match(type, /[A-Za-z0-9\])]\?/))
        type = substr(type, 1, RSTART) "|nil" substr(type, RSTART + 2)
    return mdoc(type)
}

function quoted(type) {
    type = plain_type(type)
    gsub(/"/, "\\(dq", type)
    return "\"" type "\""
}

function item(name, type, words) {
    sub(/\?$/, ", if said", name)
    if (sub(/, if said$/, "", name)) type = type ", optional"
    else if (optional[name] == "?") type = type ", optional"
    return ".It Fa " quoted(name) " Pq " quoted(type) "\n" sentences(mdoc(words))
}

function take_return(type, words) {
    result = result ".Pp\n" sentences("Gives " plain_type(type) (words == "" ? "" : ": " mdoc(words)) ".")
}

# ---- text ----

function mdoc(s) {
    gsub(/\\/, "\\e", s)
    gsub(/\(\)/, "(\\:)", s)      # else it is taken for a name that lacks its macro
    gsub(/--/, "\\-\\-", s)
    return s
}

function mdoc_line(s) {
    gsub(/\\/, "\\e", s)
    return s ~ /^[.']/ ? "\\&" s : s
}

# Each sentence begins a line, as mdoc wants it, and none is long.
function sentences(s,    made) {
    while (match(s, /[A-Za-z0-9)"][.!?] +[A-Z"(]/)) {
        made = made folded(substr(s, 1, RSTART + 1))
        s = substr(s, RSTART + 2)
        sub(/^ +/, "", s)
    }
    return made folded(s)
}

function folded(s,    words, n, i, line, made) {
    n = split(s, words, / +/)
    for (i = 1; i <= n; i++) {
        if (words[i] == "") continue
        if (line != "" && length(line words[i]) > 76) {
            made = made line "\n"
            line = ""
        }
        line = line (line == "" ? (words[i] ~ /^[.']/ ? "\\&" : "") : " ") words[i]
    }
    return line == "" ? made : made line "\n"
}
