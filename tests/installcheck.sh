#!/bin/sh
# installcheck.sh - what make install installed serves its users.
#
# Run by make installcheck, with bindir, libdir, machinesdir, man3dir, luadefsdir
# and pkgconfigdir set to where things were installed, and CC and SRCDIR as ever.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$bindir/ipmilab" --version
"$bindir/ipmilab" check "$machinesdir"/*.emu

# The scenario language: its manual, and definitions for editors, which are Lua.
test -s "$man3dir/ipmilab-lua.3"
"$bindir/ipmilab" test "$luadefsdir/ipmilab.d.lua"

# A static libipmilab leaves its needs to us. They come as shared libraries:
# Debian's libpcap.pc names things for --static that Debian does not have.
modules=ipmilab
[ -e "$libdir/libipmilab.so" ] || modules='ipmilab libcrypto libpcap jansson'
PKG_CONFIG_PATH=$pkgconfigdir
LD_LIBRARY_PATH=$libdir
export PKG_CONFIG_PATH LD_LIBRARY_PATH
# shellcheck disable=SC2046,SC2086
$CC $CFLAGS "$SRCDIR/tests/installed.c" -o "$work/installed" \
    $(pkg-config --cflags --libs $modules) -lm
"$work/installed" "$machinesdir/server-1u.emu"
