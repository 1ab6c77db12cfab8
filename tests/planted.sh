#!/bin/sh
# planted.sh [--update] - the scenarios notice a BMC that is wrong.
#
# A build that was configured with --enable-planted-bugs has bugs that can be
# woken by name (sim/base/planted.h). Under each of them at least one claim of
# the conformance scenarios must fail. tests/data/planted.tsv lists the bugs
# and scenario files that catch them; the list is held to be true: each file
# holds without a bug, and does not under the bugs that name it. Where the list
# is wrong, or lacks a bug, all scenarios are played to tell what is right.
#
# --update plays everything and writes the list anew: of the files that catch
# a bug up to three, first those that catch the fewest others.
#
# Exit 0 when all is well, 1 when not, 77 in a build without planted bugs.

: "${SRCDIR:=$PWD}"
: "${BUILDDIR:=$PWD/build}"
: "${IPMILAB:=$BUILDDIR/ipmilab}"
: "${MACHINES:=$SRCDIR/emu/machines}"
IPMILAB_MACHINES=$MACHINES
export SRCDIR IPMILAB MACHINES IPMILAB_MACHINES

scenarios=scenarios/conformance/bmc
list=$SRCDIR/tests/data/planted.tsv
tab=$(printf '\t')

# play FILE... - the files in which a claim does not hold. An error is no
# failed claim: any half-written scenario has one.
play()
{
    (cd "$SRCDIR" && "$IPMILAB" test --tap --jobs 1 --timeout 20 "$@" 2>&1) |
        awk '/^not ok / { sub(/^not ok [0-9]+ - /, ""); sub(/: .*/, ""); file = $0 }
             /^  outcome: fail$/ && !(file in told) { print file; told[file] = 1 }'
}

# Files that the list names for a bug.
listed()
{
    sed -n "s/^$1$tab//p" "$list" 2>/dev/null
}

# one BUG - play what the list names for it, or everything; what fails goes to
# $work/BUG, and if that is not as listed, "wrong" stands in $work/BUG.wrong.
one()
{
    files=$(listed "$1")
    export IPMILAB_PLANT="$1"
    if [ -n "$files" ] && [ -z "$update" ]; then
        # shellcheck disable=SC2086
        play $files >"$work/$1"
        [ "$(sort "$work/$1")" = "$(echo "$files" | tr ' ' '\n' | sort)" ] && return
    fi
    play "$scenarios" >"$work/$1"
    echo wrong >"$work/$1.wrong"
}

if [ "$1" = --one ]; then
    one "$2"
    exit
fi

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
update=
[ "$1" = --update ] && update=yes
export work update

[ -x "$IPMILAB" ] || { echo "FAIL: $IPMILAB: there is no such program"; exit 1; }
IPMILAB_PLANT=list "$IPMILAB" 2>/dev/null | cut -f 1 >"$work/bugs"
if [ ! -s "$work/bugs" ]; then
    # Nor has it anything of them.
    for program in "$IPMILAB" "$BUILDDIR/.libs/ipmilab"; do
        if [ -f "$program" ] && grep -q planted_ "$program"; then
            echo "FAIL: $program has symbols of planted bugs"
            exit 1
        fi
    done
    echo "SKIP: this build has no planted bugs; configure with --enable-planted-bugs"
    exit 77
fi

mistakes=0
complain()
{
    echo "FAIL: $*"
    mistakes=$((mistakes + 1))
}

# Without a bug everything holds, or a failure under one would mean nothing.
if [ -n "$update" ]; then
    echo "$scenarios"
else
    sed "/^#/d; s/^[^$tab]*$tab//" "$list" | tr ' ' '\n' | sort -u
fi >"$work/files"
# shellcheck disable=SC2046
(cd "$SRCDIR" && "$IPMILAB" test --tap $(cat "$work/files")) >"$work/sound" 2>&1 ||
    complain "without a bug, too, something does not hold:" "$(grep -v '^ok ' "$work/sound")"
[ "$mistakes" -eq 0 ] || [ -n "$update" ] || exit 1
sed -n 's/^not ok [0-9]* - //p' "$work/sound" | sed 's/: .*//' | sort -u >"$work/unsound"

xargs -n 1 -P "$(nproc 2>/dev/null || echo 1)" sh "$0" --one <"$work/bugs"

# Up to three files a bug, those that catch the fewest bugs first.
while read -r bug; do
    grep -vxF -f "$work/unsound" "$work/$bug" | sed "s/^/$bug$tab/"
done <"$work/bugs" | awk -F '\t' '
    { catches[$2]++; bug[NR] = $1; file[NR] = $2 }
    END { for (i = 1; i <= NR; i++) print bug[i] "\t" catches[file[i]] "\t" file[i] }' |
    sort -t "$tab" -k 1,1 -k 2,2n -k 3,3 >"$work/caught"

while read -r bug; do
    files=$(awk -F '\t' -v bug="$bug" '$1 == bug && n++ < 3 { printf "%s%s", s, $3; s = " " }' \
        "$work/caught")
    printf '%s\t%s\n' "$bug" "$files"
    [ -n "$files" ] || complain "$bug is caught by nothing"
    [ ! -e "$work/$bug.wrong" ] || [ -n "$update" ] ||
        complain "$bug: the list names $(listed "$bug" | grep . || echo nothing)"
done <"$work/bugs" >"$work/list"

for bug in $(sed "/^#/d; s/$tab.*//" "$list" 2>/dev/null); do
    [ -n "$update" ] || grep -qx "$bug" "$work/bugs" || complain "the list has $bug, which is no bug"
done

cat "$work/list"
if [ -n "$update" ]; then
    {
        echo '# Planted bugs (sim/base/planted.h), and scenario files that catch each:'
        echo '# written by tests/planted.sh --update, held to be true by tests/planted.sh.'
        grep "$tab." "$work/list"
    } >"$list"
elif [ "$mistakes" -gt 0 ]; then
    echo "when the scenarios are right and the list is not: tests/planted.sh --update"
fi
[ "$mistakes" -eq 0 ]
