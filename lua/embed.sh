#!/bin/sh
# embed.sh FILE.lua... - print the table of lua/library.h with these files.
set -eu

echo '/* Made by lua/embed.sh from lua/ipmilab. */'
echo '#include "lua/library.h"'
for file; do
    stem=$(basename "$file" .lua)
    printf 'static const unsigned char text_%s[] = {\n' "$stem"
    od -An -v -tu1 "$file" | sed 's/[0-9][0-9]*/&,/g'
    echo '};'
done
echo 'const struct library_file library_files[] = {'
for file; do
    stem=$(basename "$file" .lua)
    printf '    { "%s", text_%s, sizeof text_%s },\n' "$stem" "$stem" "$stem"
done
echo '};'
echo 'const size_t library_count = sizeof library_files / sizeof library_files[0];'
