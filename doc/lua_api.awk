# lua_api.awk - what the scenario library's annotations say, a record a line.
#
#     awk -f lua_api.awk lua/ipmilab/*.lua
#
# Fields are divided by tabs. A record is one of
#
#     file   STEM PURPOSE           a file of the library begins
#     class  NAME PARENTS           text, code and fields follow
#     field  NAME TYPE TEXT
#     var    NAME                   a value that scenarios have; text, type
#     fn     OWNER SEPARATOR NAME ARGUMENTS    OWNER empty: a global one;
#                                   text, code, params, returns follow
#     text   LINE                   empty: between paragraphs
#     code   LINE                   of an example
#     param  NAME OPTIONAL TYPE TEXT           OPTIONAL is ? or empty
#     return TYPE TEXT
#     bare   FILE LINE NAME         a public function without annotation
#
# Names of classes are those of their local variables, without "ipmilab.".
# Only methods of classes, and functions of the tables api and packet, are
# public. A block of annotations ends at the first line that is none. A file
# that is named twice is read once.

BEGIN { OFS = "\t" }

FNR == 1 { skipped = FILENAME in seen; seen[FILENAME] = 1 }
skipped  { next }

FNR == 1 {
    flush_file()
    stem = FILENAME
    sub(/.*\//, "", stem)
    sub(/\.lua$/, "", stem)
    purpose = $0
    sub(/^-- [^ ]* - /, "", purpose)
    heading = purpose !~ /[.;:]( |$)/
    forget()
    next_is_purpose = 1
    next
}

next_is_purpose && /^-- / && heading {
    line = $0
    sub(/^-- /, "", line)
    purpose = purpose " " line
    heading = purpose !~ /[.;:]( |$)/
    next
}

{ next_is_purpose = 0 }

/^ *---/ {
    sub(/^ *---/, "")
    note($0)
    next
}

{
    if (lines || params || returns || is_class || type != "")
        publish($0)
    else
        bare($0)
    forget()
}

END { flush_file() }

function forget() {
    lines = params = returns = fields = is_class = in_code = 0
    last = type = ""
}

# A file's heading is printed before the first of its records alone.
function flush_file() {
    headed = 0
}

function out(record) {
    if (!headed) {
        sub(/[.;:]( .*)?$/, "", purpose)
        print "file", stem, purpose
        headed = 1
    }
    print record
}

# One line of a block of annotations, without its dashes.
function note(s) {
    if (in_code) {
        sub(/^ /, "", s)
        if (s ~ /^```/) { in_code = 0; return }
        keep_line("code" OFS s)
    } else if (s ~ /^ *```/) {
        in_code = 1
    } else if (s ~ /^@class /) {
        sub(/^@class +/, "", s)
        take_class(s)
    } else if (s ~ /^@type /) {
        sub(/^@type +/, "", s)
        type = s
    } else if (s ~ /^@param /) {
        sub(/^@param +/, "", s)
        take_param(s)
    } else if (s ~ /^@return /) {
        sub(/^@return +/, "", s)
        cut_type(s)
        returns++
        return_type[returns] = cut
        return_text[returns] = rest
        last = "return"
    } else if (s ~ /^@field /) {
        sub(/^@field +/, "", s)
        take_field(s)
    } else if (s !~ /^@/) {
        more(s)
    }
}

# Words: the block's own, or of the last @param, @return or @field.
function more(s) {
    sub(/^ */, "", s)
    if (last == "param") param_text[params] = join_words(param_text[params], s)
    else if (last == "return") return_text[returns] = join_words(return_text[returns], s)
    else if (last == "field") field_text[fields] = join_words(field_text[fields], s)
    else keep_line("text" OFS s)
}

function join_words(a, b) { return a == "" ? b : a " " b }

function keep_line(s) { block[++lines] = s }

function take_class(s) {
    is_class = 1
    class_name = s
    sub(/[: ].*/, "", class_name)
    s = substr(s, length(class_name) + 1)
    sub(/^ipmilab\./, "", class_name)
    parents = ""
    if (sub(/^: */, "", s))
        while (match(s, /^[A-Za-z0-9_.]+(, *)?/)) {
            parents = parents substr(s, RSTART, RLENGTH)
            s = substr(s, RLENGTH + 1)
            if (parents !~ /, *$/) break
        }
    gsub(/ipmilab\./, "", parents)
    sub(/^ +/, "", s)
    if (s != "") keep_line("text" OFS s)
}

function take_param(s) {
    match(s, /^[A-Za-z0-9_.]+\??/)
    params++
    param_name[params] = substr(s, 1, RLENGTH)
    param_optional[params] = sub(/\?$/, "", param_name[params]) ? "?" : ""
    s = substr(s, RLENGTH + 1)
    sub(/^ +/, "", s)
    cut_type(s)
    param_type[params] = cut
    param_text[params] = rest
    last = "param"
}

function take_field(s) {
    match(s, /^(\[[^]]*\]|[A-Za-z0-9_]+)\??/)
    fields++
    field_name[fields] = substr(s, 1, RLENGTH)
    s = substr(s, RLENGTH + 1)
    sub(/^ +/, "", s)
    cut_type(s)
    field_type[fields] = cut
    field_text[fields] = rest
    last = "field"
}

# Divide s into cut, a type, and rest, the words behind it. A type may hold
# blanks in brackets, and behind a comma, a colon or a bar.
function cut_type(s,    i, c, depth, before, quoted) {
    depth = quoted = 0
    before = ""
    for (i = 1; i <= length(s); i++) {
        c = substr(s, i, 1)
        if (c == "\"") quoted = !quoted
        if (quoted) continue
        if (c ~ /[(<{]/) depth++
        else if (c ~ /[)>}]/) depth--
        else if (c == " " && depth == 0 && before !~ /[,:|]/) break
        if (c != " ") before = c
    }
    cut = substr(s, 1, i - 1)
    rest = substr(s, i + 1)
    sub(/^ +/, "", rest)
}

# What stands behind a block, as owner, separator, name and arguments.
function head_of(s,    name) {
    owner = sep = fn_name = args = ""
    if (s ~ /^function [A-Za-z]/) {
        sub(/^function /, "", s)
        args = s
        sub(/^[^(]*\(/, "", args)
        sub(/\).*/, "", args)
        sub(/\(.*/, "", s)
    } else if (s ~ /^api\.[a-z_]+ = /) {
        sub(/ = .*/, "", s)
        args = ""
        for (i = 1; i <= params; i++) args = args (i > 1 ? ", " : "") param_name[i]
    } else return 0
    if (!match(s, /[.:][a-z0-9_]+$/)) return 0
    fn_name = substr(s, RSTART + 1)
    sep = substr(s, RSTART, 1)
    owner = substr(s, 1, RSTART - 1)
    sub(/.*\./, "", owner)
    if (owner == "api") { owner = sep = "" ; return 1 }
    return owner == "packet" || owner ~ /^[A-Z][A-Za-z0-9]+$/
}

function publish(s) {
    if (is_class) publish_class()
    else if (type != "") publish_var(s)
    else if (head_of(s)) publish_fn()
}

function publish_lines() { for (i = 1; i <= lines; i++) out(block[i]) }

function publish_class() {
    out("class" OFS class_name OFS parents)
    publish_lines()
    for (i = 1; i <= fields; i++)
        out("field" OFS field_name[i] OFS field_type[i] OFS field_text[i])
}

function publish_var(s) {
    sub(/^ *(local |env\.)?/, "", s)
    sub(/ *=.*/, "", s)
    out("var" OFS s OFS type)
    publish_lines()
}

function publish_fn() {
    out("fn" OFS owner OFS sep OFS fn_name OFS args)
    publish_lines()
    for (i = 1; i <= params; i++)
        out("param" OFS param_name[i] OFS param_optional[i] OFS param_type[i] OFS param_text[i])
    for (i = 1; i <= returns; i++)
        out("return" OFS return_type[i] OFS return_text[i])
}

function bare(s) {
    if (s ~ /^function / && head_of(s))
        out("bare" OFS FILENAME OFS FNR OFS owner sep fn_name)
}
