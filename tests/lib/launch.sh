#!/bin/sh
# launch.sh PROGRAM - run a test program the way make check wants it.
#
# A fuzz target gets its seeds: with libFuzzer inside, -runs=0 makes it run
# them once and stop; the replay main passes over the option. Everything else
# runs as it is. $IPMILAB_WRAP, if set, comes before it (valgrind, strace).

program=$1
shift
name=${program##*/}
case $name in
fuzz_*)
    seeds=$SRCDIR/tests/fuzz/seeds/${name#fuzz_}
    if [ ! -d "$seeds" ]; then
        echo "$name: it has no seeds: $seeds is not there" >&2
        exit 1
    fi
    set -- -runs=0 "$seeds"
    ;;
esac
exec $IPMILAB_WRAP "$program" "$@"
