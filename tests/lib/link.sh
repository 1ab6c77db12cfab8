#!/bin/sh
# link.sh OUTPUT LIBTOOL... -- COMPILER ARG... - link by libtool; but a test
# program without it, with the plain archive in place of each libtool archive:
# libtool itself takes four times as long, and test programs are many.
output=$1
shift
case $output in
tests/*) ;;
*)
    for arg; do
        shift
        [ "$arg" = -- ] || set -- "$@" "$arg"
    done
    exec "$@"
    ;;
esac

while [ "$1" != -- ]; do
    shift
done
shift
for arg; do
    shift
    case $arg in
    *.la)
        base=${arg##*/}
        arg=${arg%"$base"}.libs/${base%.la}.a
        ;;
    esac
    set -- "$@" "$arg"
done
exec "$@"
