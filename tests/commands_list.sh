#!/bin/sh
# commands_list.sh - every command of the specifications has its row.
#
# ipmilab commands --tsv is held against tests/data/commands.tsv: each row
# there, with that name, privilege and lengths; of vendors' commands those that
# a profile has, with their lengths. Differences that are meant stand in
# tests/data/commands.except with a reason; one that is there for nothing is a
# mistake too. Exit 0 when all is well, 1 when not.

: "${SRCDIR:=$PWD}"
: "${BUILDDIR:=$PWD/build}"
: "${IPMILAB:=$BUILDDIR/ipmilab}"

ours=$(mktemp) || exit 2
trap 'rm -f "$ours"' EXIT
"$IPMILAB" commands --tsv >"$ours" || exit 1

awk -F '\t' '
    function complain(text) {
        print text
        mistakes++
    }

    # One fact of a row: what the specification says, what ours is.
    function compare(key, field, want, have) {
        if ((key, field) in excepted) {
            used[key, field] = 1
            if (excepted[key, field] != have)
                complain(key " " field ": " have ", excepted as " excepted[key, field])
        } else if (want != "-" && want != have) {
            complain(key " " name ": " field " " have ", specified " want)
        }
    }

    FNR == 1 { file++ }
    /^#/ || $1 == "netfn" { next }

    file == 1 {
        if (NF != 5 || $5 == "")
            complain("commands.except: " $0 ": not netfn, cmd, field, ours, reason")
        excepted[$1 " " $2, $3] = $4
        next
    }
    file == 2 {
        key = $1 " " $2 ($8 == "" ? "" : " " $8)
        there[key] = 1
        ours_name[key] = $3
        ours_privilege[key] = $4
        ours_min[key] = $5
        ours_max[key] = $6
        next
    }
    $8 != "" {
        key = $1 " " $2 " " $8
        name = $3
        vendors_rows++
        if (!(key in there))
            next
        vendors_there++
        compare(key, "min", $6, ours_min[key])
        compare(key, "max", $7, ours_max[key])
        next
    }
    {
        key = $1 " " $2
        name = $3
        rows++
        if (!(key in there)) {
            if ((key, "row") in excepted)
                used[key, "row"] = 1
            else
                complain(key " " name ": no row")
            next
        }
        compare(key, "name", $3, ours_name[key])
        compare(key, "privilege", $4, ours_privilege[key])
        compare(key, "min", $6, ours_min[key])
        compare(key, "max", $7, ours_max[key])
    }
    END {
        for (what in excepted)
            if (!(what in used)) {
                split(what, part, SUBSEP)
                complain(part[1] " " part[2] ": excepted, but no difference")
            }
        print rows + 0 " rows compared, " vendors_there + 0 " of " vendors_rows + 0 " of vendors"
        exit mistakes > 0 || rows == 0
    }
' "$SRCDIR/tests/data/commands.except" "$ours" "$SRCDIR/tests/data/commands.tsv"
