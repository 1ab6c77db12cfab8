# sh.sh - what client tests share. A test reads like this:
#
#     #!/bin/sh
#     # ipmitool_mc.sh - ipmitool's mc commands.
#     . "$SRCDIR/tests/lib/sh.sh"
#     need ipmitool
#
#     lab_start "$MACHINES/server-1u.emu"
#
#     it "tells who it is"
#     expect_ok lanplus mc info
#     expect_text '^IPMI Version +: 2\.0'
#     expect_no_text 'Error|failed|Invalid'
#
#     it "refuses a wrong password"
#     expect_fail ipmitool -I lanplus -H "$HOST" -p "$PORT" -U "$USER_NAME" -P wrong mc info
#
# That is all of it: the lab is stopped, the files are removed and the verdict
# is given when the script ends, however it ends. A failed expectation is
# told with the command and its output, and the test goes on. Only loopback
# addresses and free ports are used, so tests run side by side.
#
# Set by make check (or, run by hand from the top of the tree, by default):
#   SRCDIR, BUILDDIR  the tree, and the place where it was built
#   IPMILAB           the program
#   MACHINES          the folder of the shipped machines
#
# Set by lab_start, for the lab's first BMC:
#   HOST PORT         its address
#   USER_NAME PASS    who may log in: admin, secret, unless --user says else
# Always there:
#   WORK              a folder of the test's own, removed at the end
#   OUT               the file with the last command's output, both streams
#
# Skipping and starting
#   need PROGRAM...         skip the test (77) when one is not installed
#   lab_start ARG... FILE...  ipmilab serve on free ports; waits until ready
#   lab_port NAME|NUMBER    print the port of a BMC, by name or from 1
#   lab_stop                end it; it must exit 0 and complain of nothing
#
# Claims
#   it "WORDS"              name what the next expectations are about
#   expect_ok COMMAND...    exit status 0
#   expect_fail COMMAND...  any other
#   expect_exit N COMMAND...
#   expect_text REGEX [COMMAND...]     the output, or the last one, has it
#   expect_no_text REGEX [COMMAND...]  and this not; both as in grep -E
#   expect_same A B         two words are equal
#   fail "WORDS"            an expectation of your own has failed
#
# Asking the lab's first BMC, with the program's default options
#   lanplus ARG...          ipmitool, IPMI 2.0
#   lan15 ARG...            ipmitool, IPMI 1.5
#   free20 TOOL ARG...      a FreeIPMI tool, IPMI 2.0
#   free15 TOOL ARG...      a FreeIPMI tool, IPMI 1.5
# For another BMC, set PORT first: PORT=$(lab_port shelf)

: "${SRCDIR:=$PWD}"
: "${BUILDDIR:=$PWD/build}"
: "${IPMILAB:=$BUILDDIR/ipmilab}"
: "${MACHINES:=$SRCDIR/emu/machines}"

READY_S=30      # a lab that is not ready by then never will be
COMMAND_S=60    # nor will a client's command end

WORK=$(mktemp -d "${TMPDIR:-/tmp}/ipmilab-test.XXXXXX") || exit 99
OUT=$WORK/out
lab_pid=
claim=
failures=0

: >"$OUT"
trap 'test_end $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Give the verdict: what the script exits with, or 1 if a claim failed.
test_end()
{
    trap - EXIT
    [ -z "$lab_pid" ] || lab_stop
    rm -rf "$WORK"
    [ "$1" -ne 0 ] || [ "$failures" -eq 0 ] || exit 1
    exit "$1"
}

need()
{
    if [ "${IPMILAB_CLIENTS-yes}" = no ]; then
        echo "SKIP: client tests are switched off by IPMILAB_CLIENTS=no"
        exit 77
    fi
    for program; do
        command -v "$program" >/dev/null && continue
        echo "SKIP: $program is not installed"
        exit 77
    done
}

# The lab ------------------------------------------------------------------

# How many BMCs these arguments of serve make: files times --count.
lab_expected()
{
    files=0
    count=1
    while [ $# -gt 0 ]; do
        case $1 in
        -n | --count) count=$2; shift ;;
        --count=*) count=${1#*=} ;;
        -[pausft] | --port | --address | --user | --seed | --entropy | --fault) shift ;;
        --trace | --trace-ports | --state) shift ;;
        -*) ;;
        *) files=$((files + 1)) ;;
        esac
        shift
    done
    echo $((files * count))
}

# Print the last user given to serve, as NAME:PASSWORD.
lab_user()
{
    user=
    while [ $# -gt 0 ]; do
        case $1 in
        -u | --user) user=$2; shift ;;
        --user=*) user=${1#*=} ;;
        esac
        shift
    done
    echo "$user"
}

lab_start()
{
    user=$(lab_user "$@")
    if [ -z "$user" ]; then
        user=admin:secret
        set -- --user "$user" "$@"
    fi
    case " $* " in
    *" --port"* | *" -p "*) ;;
    *) set -- --port 0 "$@" ;;
    esac
    : >"$WORK/ready"
    "$IPMILAB" serve "$@" >>"$WORK/ready" 2>"$WORK/stderr" &
    lab_pid=$!
    lab_wait "$(lab_expected "$@")"
    HOST=$(awk '/^ready / { print $3; exit }' "$WORK/ready")
    PORT=$(lab_port 1)
    USER_NAME=${user%%:*}
    PASS=${user#*:}
}

# Wait for so many ready lines; a lab that does not get there ends the test.
lab_wait()
{
    left=$((READY_S * 20))
    while [ "$(grep -c '^ready ' "$WORK/ready")" -lt "$1" ]; do
        left=$((left - 1))
        if [ "$left" -eq 0 ] || ! kill -0 "$lab_pid" 2>/dev/null; then
            echo "FAIL: the lab did not get ready: $IPMILAB serve said"
            cat "$WORK/ready" "$WORK/stderr"
            exit 1
        fi
        sleep 0.05
    done
}

lab_port()
{
    awk -v which="$1" '
        $1 == "ready" { n++ }
        $1 == "ready" && ($2 == which || n == which) { print $4; exit }
    ' "$WORK/ready"
}

lab_stop()
{
    kill -TERM "$lab_pid" 2>/dev/null
    wait "$lab_pid"
    status=$?
    lab_pid=
    [ "$status" -eq 0 ] || fail "serve ended with status $status"
    if grep -Eq 'ERROR: .*Sanitizer|runtime error:' "$WORK/stderr"; then
        fail "serve ran into a sanitizer:"
        cat "$WORK/stderr"
    fi
}

# Claims -------------------------------------------------------------------

it()
{
    claim="it $1"
    echo "$claim"
}

fail()
{
    failures=$((failures + 1))
    echo "FAIL: ${claim:+$claim: }$1"
}

# Run a command into $OUT and leave its status in $status.
attempt()
{
    said=$*
    "$@" >"$OUT" 2>&1 </dev/null
    status=$?
}

# Tell that the last command did not do as expected.
fail_command()
{
    fail "$1"
    echo "  \$ $said"
    sed 's/^/  | /' "$OUT"
}

expect_exit()
{
    want=$1
    shift
    attempt "$@"
    [ "$status" -eq "$want" ] || fail_command "exit status $status, expected $want"
}

expect_ok()
{
    expect_exit 0 "$@"
}

expect_fail()
{
    attempt "$@"
    [ "$status" -ne 0 ] || fail_command "exit status 0, expected another"
}

expect_text()
{
    regex=$1
    shift
    [ $# -eq 0 ] || attempt "$@"
    grep -aEq -e "$regex" "$OUT" || fail_command "expected in the output: $regex"
}

expect_no_text()
{
    regex=$1
    shift
    [ $# -eq 0 ] || attempt "$@"
    ! grep -aEq -e "$regex" "$OUT" || fail_command "not expected in the output: $regex"
}

expect_same()
{
    [ "$1" = "$2" ] || fail "\"$1\", expected \"$2\""
}

# Clients ------------------------------------------------------------------

lanplus()
{
    timeout "$COMMAND_S" ipmitool -I lanplus -H "$HOST" -p "$PORT" \
        -U "$USER_NAME" -P "$PASS" "$@"
}

lan15()
{
    timeout "$COMMAND_S" ipmitool -I lan -H "$HOST" -p "$PORT" \
        -U "$USER_NAME" -P "$PASS" "$@"
}

# FreeIPMI keeps the SDRs it has read in a folder, by host name; each BMC of a
# test has the same one, so each gets a folder of its own.
free_as()
{
    driver=$1
    tool=$2
    shift 2
    case $tool in
    ipmi-sensors | ipmi-sel | ipmi-fru | *-config)
        mkdir -p "$WORK/sdr.$PORT"
        set -- --sdr-cache-directory="$WORK/sdr.$PORT" "$@"
        ;;
    esac
    timeout "$COMMAND_S" "$tool" -D "$driver" -h "$HOST:$PORT" \
        -u "$USER_NAME" -p "$PASS" "$@"
}

free20()
{
    free_as LAN_2_0 "$@"
}

free15()
{
    free_as LAN "$@"
}
