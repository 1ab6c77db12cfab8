#!/bin/sh
# sdrcomp.sh - SDR source comes to the octets that OpenIPMI's sdrcomp makes.
. "$SRCDIR/tests/lib/sh.sh"
need sdrcomp

# Compile a file both ways, packed and in 8 bits; octets must be the same.
same_octets()
{
    cd "$(dirname "$1")" || exit 99
    expect_ok sdrcomp -r -o "$WORK/theirs" "$1"
    expect_ok "$IPMILAB" sdr compile "$1" --packed -o "$WORK/ours"
    expect_ok cmp "$WORK/theirs" "$WORK/ours"
    expect_ok sdrcomp -8 -r -o "$WORK/theirs" "$1"
    expect_ok "$IPMILAB" sdr compile "$1" -o "$WORK/ours"
    expect_ok cmp "$WORK/theirs" "$WORK/ours"
    cd "$OLDPWD" || exit 99
}

# Print records as source, compile that, and come to the same octets.
same_again()
{
    expect_ok "$IPMILAB" sdr compile "$1" -o "$WORK/once"
    expect_ok "$IPMILAB" sdr print "$WORK/once"
    cp "$OUT" "$WORK/printed.sdrs"
    expect_ok "$IPMILAB" sdr compile "$WORK/printed.sdrs" -o "$WORK/twice"
    expect_ok cmp "$WORK/once" "$WORK/twice"
    # What sdrcomp knows of it, it takes as well.
    if sdrcomp -8 -r -o "$WORK/theirs" "$WORK/printed.sdrs" >"$OUT" 2>&1; then
        expect_ok cmp "$WORK/once" "$WORK/theirs"
    fi
}

it "compiles every record type as sdrcomp does"
same_octets "$SRCDIR/tests/data/emu/every.sdrs"

it "compiles a small machine as sdrcomp does"
same_octets "$SRCDIR/tests/data/emu/shed.sdrs"

it "compiles its own prints to the same"
same_again "$SRCDIR/tests/data/emu/every.sdrs"
for machine in "$MACHINES"/*.sdrs; do
    same_again "$machine"
done
