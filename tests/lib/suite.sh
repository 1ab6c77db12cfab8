# suite.sh - scenarios with real clients, as one test; on top of clients.sh.
#
# IPMILAB_SUITES=no skips these: they take minutes.
. "$SRCDIR/tests/lib/clients.sh"

if [ "${IPMILAB_SUITES-yes}" = no ]; then
    echo "SKIP: suites of scenarios are switched off by IPMILAB_SUITES=no"
    exit 77
fi

IPMILAB_MACHINES=$MACHINES
export IPMILAB_MACHINES

# suite FOLDER COUNT [TAG]: play what has the tag, "client" unless said; it holds,
# and is so many tests or more.
suite()
{
    it "holds in the scenarios of $1"
    cd "$SRCDIR" || exit 2
    expect_ok "$IPMILAB" test --tag "${3:-client}" --jobs 2 --traces "$WORK/traces" "scenarios/$1"
    it "plays $2 tests and more"
    tests=$(sed -n 's/^\([0-9]*\) tests, .*/\1/p' "$OUT")
    [ "${tests:-0}" -ge "$2" ] || fail "$(tail -n 5 "$OUT")"
}
