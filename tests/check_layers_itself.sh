#!/bin/sh
# check_layers_itself.sh - check_layers.sh finds what it is there to find.
#
# Builds a small tree that is right, then puts one wrong line after the other
# into it.

check=${SRCDIR:-.}/tests/check_layers.sh
tree=$(mktemp -d) || exit 2
trap 'rm -rf "$tree"' EXIT
failures=0

mkdir -p "$tree/sim/base" "$tree/sim/wire" "$tree/sim/engine" "$tree/sim/lan" "$tree/capture"
: >"$tree/sim/base/rd.h"
: >"$tree/sim/wire/ipmb.h"
: >"$tree/sim/engine/rng.h"
: >"$tree/sim/lan/lan.h"

fail()
{
    echo "FAIL: $1"
    failures=$((failures + 1))
}

# accepts FILE LINE - the tree is right with LINE in FILE.
accepts()
{
    printf '%s\n' "$2" >"$tree/$1"
    sh "$check" "$tree" >"$tree/out" || fail "$1 may have: $2"
    rm "$tree/$1"
}

# refuses FILE LINE WORDS - with LINE in FILE it is wrong, and told in WORDS.
refuses()
{
    printf '\n%s\n' "$2" >"$tree/$1"
    if sh "$check" "$tree" >"$tree/out"; then
        fail "$1 must not have: $2"
    elif ! grep -q "^$1:2: .*$3" "$tree/out"; then
        fail "$1 with $2: the place and \"$3\" are not in:"
        cat "$tree/out"
    fi
    rm "$tree/$1"
}

accepts sim/wire/a.c '#include "sim/wire/ipmb.h"'
accepts sim/wire/a.c '#include "sim/base/rd.h"'
accepts sim/lan/a.c '#include <openssl/evp.h>'
accepts sim/wire/a.c '/* sim/lan/lan.h includes this */'
refuses sim/base/a.c '#include "sim/wire/ipmb.h"' 'rank 1'
refuses sim/wire/a.h '#include "sim/lan/lan.h"' 'rank 3'
refuses sim/wire/a.c '#include "sim/engine/rng.h"' 'strangers'
refuses sim/wire/a.c '  #  include "sim/engine/rng.h"' 'strangers'
refuses sim/wire/a.c '#include "ipmb.h"' 'path from the top'
refuses sim/wire/a.c '#include "../base/rd.h"' 'path from the top'
refuses sim/wire/a.c '#include "tests/lib/run.h"' 'path from the top'
refuses sim/wire/a.c '#include "sim/base/none.h"' 'not there'
refuses sim/lan/a.c '#include <uv.h>' 'sim/io'
refuses capture/a.c '#include <sys/socket.h>' 'sim/io'
refuses sim/base/a.c '#include <openssl/evp.h>' 'sim/lan'

mkdir "$tree/sim/misc"
echo >"$tree/sim/misc/a.c"
sh "$check" "$tree" >"$tree/out" && fail "sim/misc has no rank"

[ "$failures" -eq 0 ]
