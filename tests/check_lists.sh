#!/bin/sh
# check_lists.sh [TREE] - every file of the tree stands in a local.mk, once.
#
# Sources, headers, machines and test scripts that no list names would be
# missing in a release; a source that stands in two would be linked twice. A
# test or fuzz program is named without its .c. What lies under a folder that
# is distributed whole (tests/data) is not looked at. Exit 0 when all is
# well, 1 when not.

tree=${1:-${SRCDIR:-.}}
cd "$tree" || exit 2

words=$(mktemp) || exit 2
trap 'rm -f "$words"' EXIT
find Makefile.am sim capture emu lua tests scenarios -name Makefile.am -o -name local.mk 2>/dev/null |
    xargs sed 's/#.*//' | tr -s ' \t' '[\n*]' | sort >"$words"
mistakes=0

complain()
{
    echo "$1"
    mistakes=$((mistakes + 1))
}

for file in $(uniq -d "$words" | grep '\.[ch]$'); do
    complain "$file: listed twice"
done

for file in $(find sim capture emu lua tests scenarios -type f \
    \( -name '*.[ch]' -o -name '*.lua' -o -name '*.sh' -o -path 'emu/machines/*' \) \
    ! -name '.*' ! -name '*~' ! -path 'tests/data/*' ! -path 'tests/fuzz/seeds/*' 2>/dev/null |
    sort); do
    grep -Fqx -e "$file" -e "${file%.c}" "$words" ||
        complain "$file: no local.mk lists it"
done

[ "$mistakes" -eq 0 ]
