# clients.sh - on top of sh.sh, for tests of what real clients make of a BMC.
#
#     #!/bin/sh
#     # ipmitool_mc.sh - ipmitool's mc commands.
#     . "$SRCDIR/tests/lib/clients.sh"
#     need ipmitool
#
# A client's exit status proves little: most end with 0 after an error. So a
# claim looks at the words as well, and at what is read back:
#   expect_clean COMMAND...         exit 0, and no word of an error
#   expect_answer REGEX COMMAND...  the same, and the output has REGEX
# Lines that match $fine are not looked at for errors: set it, right before,
# for words that a client uses of something harmless. It holds for one claim.
#
#   machine_copy NAME       put a shipped machine's files into $WORK, to change
#   build_port_623          prepare for the next, or skip without a compiler
#   port_623 COMMAND...     run a client that knows no port but 623, at $PORT

. "$SRCDIR/tests/lib/sh.sh"

# What the clients of the field say when something went wrong.
ERROR_WORDS='[Ii]nvalid|[Uu]nable to|[Ff]ailed|[Ff]ailure|[Ee]rror|ERROR|[Tt]imed out'
ERROR_WORDS="$ERROR_WORDS|(session|connection) timeout|[Ii]nsufficient"
ERROR_WORDS="$ERROR_WORDS|[Uu]nsupported|[Nn]ot supported|[Cc]ould not|[Cc]annot|[Cc]an't"
ERROR_WORDS="$ERROR_WORDS|[Nn]ot available for|Segmentation|Traceback|Assertion"
ERROR_WORDS="$ERROR_WORDS|[Nn]o such|[Nn]o response|[Nn]ot found|out of range"
ERROR_WORDS="$ERROR_WORDS|[Bb]ad (command|completion)|[Uu]nknown (command|option)"
ERROR_WORDS="$ERROR_WORDS|[Rr]ejected|[Bb]usy|FATAL|[Uu]navailable|rsp=0x"

fine=

# Complain of error words in the last output.
judge_words()
{
    error=$(grep -a -Ev -e "${fine:-^\$}" "$OUT" | grep -a -E -m 1 -e "$ERROR_WORDS")
    [ -z "$error" ] || fail_command "an error in the output: $error"
    fine=
}

expect_clean()
{
    expect_ok "$@"
    judge_words
}

expect_answer()
{
    answer=$1
    shift
    expect_clean "$@"
    expect_text "$answer"
}

# The shipped machines come with lan.conf and SDR source beside them.
machine_copy()
{
    cp "$MACHINES/$1"* "$WORK" || exit 99
}

build_port_623()
{
    set -- ${CC:-cc}
    need "$1"
    "$@" -D_GNU_SOURCE -shared -fPIC -o "$WORK/port_623.so" \
        "$SRCDIR/tests/lib/port_623.c" -ldl || exit 99
}

port_623()
{
    IPMI_PORT=$PORT LD_PRELOAD=$WORK/port_623.so timeout "$COMMAND_S" "$@"
}
