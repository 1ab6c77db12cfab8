#!/bin/sh
# autogen.sh - from a fresh clone to configure, to a demonstration, to tests.
#
#   ./autogen.sh                     generate configure, and nothing more
#   ./autogen.sh demo  [OPTION...]   install what is missing, build, show it
#   ./autogen.sh check [OPTION...]   install what is missing, build, test it
#
# An OPTION is one of configure's (./configure --help). The build is made in
# build/. Packages are installed on Debian and Ubuntu only; elsewhere the list
# is printed. Exit 0 when all went well, 1 when the build or a test failed, 2
# when something is missing.

set -eu

# What building takes; all of it must be there.
build_packages='gcc libc6-dev make autoconf automake libtool pkg-config
  libuv1-dev libssl-dev libpcap-dev libjansson-dev liblua5.4-dev check'
# What the demonstration asks with.
demo_packages='ipmitool freeipmi-tools'
# What the tests ask with. A test that misses one is skipped, and says so.
check_packages='ipmitool freeipmi-tools freeipmi-ipmidetect openipmi ipmiutil
  freeipmi-ipmiseld python3-pyghmi python3-pyipmi tshark snmptrapd socat procps'

say()
{
    printf '%s\n' "$*"
}

fail()
{
    say "autogen.sh: $*" >&2
    exit 2
}

usage()
{
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

# Packages -----------------------------------------------------------------

on_debian()
{
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null &&
        grep -Eiq '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# Print those of the packages that are not installed.
missing_of()
{
    for package; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null |
            grep -q ' installed$' || say "$package"
    done
}

as_root()
{
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

apt_install()
{
    as_root apt-get install -y -q --no-install-recommends "$@" </dev/null
}

# Install clients; one that the archive lacks does not keep out the others.
install_clients()
{
    apt_install "$@" && return
    for package; do
        apt_install "$package" ||
            say "autogen.sh: warning: $package could not be installed; tests that need it are skipped" >&2
    done
}

# install_missing CLIENT... - the build packages, and these.
install_missing()
{
    if ! on_debian; then
        say "This is neither Debian nor Ubuntu, so nothing is installed for you. By their Debian" \
            "names, these packages are needed to build:"
        say "  $build_packages"
        say "and these for what you asked for:"
        printf '  %s' "$@"
        say ""
        say "With them: ./autogen.sh && mkdir -p build && cd build && ../configure && make check"
        exit 2
    fi
    # Lists of words, here and below; they are split on purpose.
    # shellcheck disable=SC2086
    need_build=$(missing_of $build_packages)
    need_clients=$(missing_of "$@")
    [ -n "$need_build$need_clients" ] || return 0

    say "Installing the packages that are missing:" $need_build $need_clients
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        fail "that takes root, and sudo is missing; as root: apt-get install" $need_build $need_clients
    fi
    as_root apt-get update -q || say "autogen.sh: warning: apt-get update failed; going on with the lists that are there" >&2
    # shellcheck disable=SC2086
    [ -z "$need_build" ] || apt_install $need_build ||
        fail "apt-get could not install:" $need_build
    # shellcheck disable=SC2086
    [ -z "$need_clients" ] || install_clients $need_clients
}

# Steps --------------------------------------------------------------------

generate()
{
    for pair in autoconf:autoreconf automake:automake libtool:libtoolize pkg-config:pkg-config; do
        command -v "${pair#*:}" >/dev/null ||
            fail "${pair#*:} is missing; on Debian and Ubuntu: apt install ${pair%:*}, or ./autogen.sh check, which installs all that is needed"
    done
    mkdir -p .aux/m4
    if ! autoreconf --install --force >.aux/autogen.log 2>&1; then
        cat .aux/autogen.log >&2
        fail "autoreconf failed"
    fi
    # Anything but what is being installed is a mistake in configure.ac or a local.mk.
    grep -E 'warning|error' .aux/autogen.log >&2 || :
}

# build [OPTION...] - configure with these options, and make.
build()
{
    if [ -e config.status ]; then
        fail "the tree itself is configured, which keeps it from being built in build/; make distclean first"
    fi
    mkdir -p build
    (
        cd build
        # Programs and tests need the archives only once: no libipmilab.a.
        ../configure --quiet --disable-static "$@" >configure.log || exit 1
        make -j "$jobs"
    ) || {
        say "autogen.sh: the build failed" >&2
        exit 1
    }
}

cd "$(dirname "$0")"
jobs=$(nproc 2>/dev/null || echo 1)
task=${1-}
[ $# -eq 0 ] || shift

case $task in
'')
    generate
    ;;
demo)
    # shellcheck disable=SC2086
    install_missing $demo_packages
    say "Generating, configuring and building, in build/"
    generate
    build "$@"
    exec sh tests/demo/demo.sh build/ipmilab emu/machines
    ;;
check)
    # shellcheck disable=SC2086
    install_missing $check_packages
    say "Generating, configuring and building, in build/"
    generate
    build "$@"
    # Most tests wait for clients most of the time.
    make -C build -j "$((2 * jobs))" check
    ;;
-h | --help | help)
    usage
    ;;
*)
    usage >&2
    exit 2
    ;;
esac
