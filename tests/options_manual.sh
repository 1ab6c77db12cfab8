#!/bin/sh
# options_manual.sh - ipmilab(1) has each option that --help has, under its command,
# with its letter, and no other; and each command.
. "$SRCDIR/tests/lib/sh.sh"

page=$SRCDIR/doc/ipmilab.1

# help_options COMMAND - its options, "l name" or "- name" a line.
help_options()
{
    # shellcheck disable=SC2086
    "$IPMILAB" $1 --help |
        sed -n -e 's/^  -\(.\), --\([a-z0-9-]*\).*/\1 \2/p' -e 's/^      --\([a-z0-9-]*\).*/- \1/p'
}

# page_options COMMAND ENTRY - the same of its section: all that are named, or with
# ".It " those that have an entry.
page_options()
{
    "${AWK-awk}" -v head=".Ss ipmilab $1" -v entry="$2" '
        /^\.S[sh] / { inside = $0 == head; next }
        !inside || index($0, entry "Fl ") == 0 { next }
        {
            letter = "-"
            for (i = 1; i <= NF; i++) {
                if ($(i - 1) !~ /^\.?Fl$/ && $(i - 1) != ",") continue
                if ($i ~ /^[A-Za-z]$/) letter = $i
                else if ($i ~ /^-[a-z]/) { print letter, substr($i, 2); letter = "-" }
            }
        }' "$page" | sort -u
}

for command in serve test run check commands 'fru compile' 'sdr compile' \
        'trace print' 'trace decrypt' 'trace replay' 'trace compare'; do
    it "has the options of $command"
    help_options "$command" | sort -u >"$WORK/help"
    page_options "$command" "" >"$WORK/page"
    while read -r letter name; do
        grep -q "^$letter $name$" "$WORK/page" ||
            fail "--help has -$letter --$name, the page $(grep " $name$" "$WORK/page")"
    done <"$WORK/help"
    page_options "$command" ".It " >"$WORK/page"
    while read -r letter name; do
        grep -q " $name$" "$WORK/help" ||
            fail "the page has --$name, --help does not"
    done <"$WORK/page"
done

it "has each command"
"$IPMILAB" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p' >"$WORK/commands"
[ "$(wc -l <"$WORK/commands")" -ge 8 ] || fail "$("$IPMILAB" --help)"
while read -r command; do
    grep -q "^\\.Ss ipmilab $command" "$page" || fail "no section about $command"
done <"$WORK/commands"

it "is a manual page without fault"
if command -v mandoc >/dev/null; then
    expect_ok mandoc -Tlint -W warning "$page"
fi
