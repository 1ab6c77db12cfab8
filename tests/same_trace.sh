#!/bin/sh
# same_trace.sh - one seed and the same inputs give the same trace, octet for
# octet: twice with this build, and with another compiler's build of the same
# source when OTHER_BUILDDIR names one.
#
# TRACE_RUN is the program (trace_run.c says what it plays).

: "${SRCDIR:=$PWD}"
: "${BUILDDIR:=$PWD/build}"
: "${MACHINES:=$SRCDIR/emu/machines}"
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# play TRACE SEED BUILDDIR
play()
{
    "$3/tests/trace_run" "$work/$1" "$2" "$MACHINES"/*.emu >"$work/$1.txt" || {
        echo "FAIL: trace_run of $3 ended with $?"
        cat "$work/$1.txt"
        exit 1
    }
}

# same A B WHY
same()
{
    cmp "$work/$1" "$work/$2" && cmp "$work/$1.txt" "$work/$2.txt" && return
    echo "FAIL: $3"
    exit 1
}

for kind in pcap pcapng; do
    play "first.$kind" 7 "$BUILDDIR"
    play "second.$kind" 7 "$BUILDDIR"
    same "first.$kind" "second.$kind" "two runs of one seed differ"
    play "other-seed.$kind" 8 "$BUILDDIR"
    if cmp -s "$work/first.$kind" "$work/other-seed.$kind"; then
        echo "FAIL: another seed made no difference"
        exit 1
    fi
    if [ -n "$OTHER_BUILDDIR" ]; then
        play "other-build.$kind" 7 "$OTHER_BUILDDIR"
        same "first.$kind" "other-build.$kind" "the build in $OTHER_BUILDDIR differs"
    fi
done
grep -c ' 0 timed out, state 4$' "$work/first.pcap.txt" | {
    read -r good
    all=$(grep -c . "$work/first.pcap.txt")
    [ "$good" = "$all" ] || { echo "FAIL: a console did not get through"; exit 1; }
    echo "$good consoles, $(wc -c <"$work/first.pcapng") octets of trace, all the same"
}
