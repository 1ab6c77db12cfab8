#!/bin/sh
# check_layers.sh [TREE] - a file includes its own folder and lower ranks only.
#
# Looks at every #include of every .c and .h outside tests/ and prints what is
# wrong with it: a rank that is not lower, an equal rank's folder, a path that
# does not begin at the top, a header that is not there, or a library in a
# folder that must not know it. Exit 0 when all is well, 1 when not.

tree=${1:-${SRCDIR:-.}}
cd "$tree" || exit 2

find sim capture emu lua -name '*.[ch]' 2>/dev/null | sort | xargs awk '
BEGIN {
    rank["sim/base"] = 0
    rank["sim/wire"] = rank["sim/engine"] = 1
    rank["sim/ipmi"] = 2
    rank["sim/lan"] = rank["sim/bus"] = rank["sim/host"] = rank["sim/serial"] = 3
    rank["sim/mc"] = 4
    rank["sim/oem"] = 4.5
    rank["sim/lab"] = rank["capture"] = 5
    rank["emu"] = 6
    rank["lua"] = 7
    rank["sim/io"] = rank["sim/store"] = rank["sim/ctl"] = 8
    rank["sim/cmd"] = 9

    # A library, and the only folders that know it.
    home["uv.h"] = "sim/io sim/cmd"
    home["sys/socket.h"] = "sim/io sim/cmd"
    home["netinet/in.h"] = "sim/io sim/cmd"
    home["arpa/inet.h"] = "sim/io sim/cmd"
    home["pcap.h"] = home["pcap/pcap.h"] = "capture"
    home["lua.h"] = home["lauxlib.h"] = home["lualib.h"] = "lua"
    home["sqlite3.h"] = "sim/store"
    home["microhttpd.h"] = "sim/ctl"
    home["openssl/"] = "sim/lan capture"
}

function folder_of(path)
{
    sub(/\/[^\/]*$/, "", path)
    return path
}

function wrong(what)
{
    printf "%s:%d: %s\n", FILENAME, FNR, what
    mistakes++
}

function there(path,    line, found)
{
    if (!(path in seen)) {
        found = (getline line < path) >= 0
        close(path)
        seen[path] = found
    }
    return seen[path]
}

function own(path,    from, to)
{
    from = folder_of(FILENAME)
    to = folder_of(path)
    if (!(to in rank))
        wrong("\"" path "\": expected a path from the top, as in \"sim/base/rd.h\"")
    else if (!there(path))
        wrong("\"" path "\" is not there")
    else if (from != to && rank[to] == rank[from])
        wrong(from " and " to " are of rank " rank[to] " both, and strangers")
    else if (rank[to] > rank[from])
        wrong(from " (rank " rank[from] ") includes " to " (rank " rank[to] ")")
}

function library(name,    key)
{
    key = name
    if (!(key in home))
        sub(/\/.*/, "/", key)
    if (key in home && index(" " home[key] " ", " " folder_of(FILENAME) " ") == 0)
        wrong("<" name "> belongs to " home[key] " alone")
}

FNR == 1 {
    files++
    if (!(folder_of(FILENAME) in rank))
        wrong(folder_of(FILENAME) " has no rank")
}
/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); own(part[2]) }
/^[ \t]*#[ \t]*include[ \t]*</ { split($0, part, /[<>]/); library(part[2]) }

END {
    if (files == 0)
        mistakes++
    printf "%d files, %d mistakes\n", files, mistakes
    exit mistakes ? 1 : 0
}
' || exit 1
