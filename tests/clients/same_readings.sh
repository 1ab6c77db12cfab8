#!/bin/sh
# same_readings.sh - ipmitool, FreeIPMI and OpenIPMI read the same values from
# each shipped machine: each converts the raw readings by the SDRs for itself.
# So do the two lists of ipmitool, sensor and sdr.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool ipmi-sensors openipmish

# The readings of a list that are numbers: "NAME|VALUE", in order.
numbers()
{
    awk -F '|' '
        function bare(s) { gsub(/^[ \t]+|[ \t]+$/, "", s); return s }
        bare($2) ~ /^-?[0-9]+([.][0-9]+)?(e[-+]?[0-9]+)?$/ { print bare($1) "|" bare($2) }
    ' | sort -t '|' -k 1,1 -k 2,2g
}

ipmitool_numbers()
{
    sed 's/0x[0-9a-f]*/discrete/' "$OUT" | numbers
}

# As sdr elist has them, behind state and entity: "VALUE UNIT".
elist_numbers()
{
    sed -n 's/^\([^|]*\)|[^|]*|[^|]*|[^|]*| *\(-\{0,1\}[0-9][-+.e0-9]*\) .*/\1|\2/p' "$OUT" |
        numbers
}

freeipmi_numbers()
{
    awk -F ',' '{ print $2 "|" $4 }' "$OUT" | numbers
}

openipmi_numbers()
{
    awk '
        /^  Name: / { sub(/^  Name: d\([^)]*\)\./, ""); name = $0 }
        /^  Value: / { print name "|" $2 }
    ' "$OUT" | numbers
}

# compare WHO FILE: with what ipmitool said. ipmitool shows three decimals,
# FreeIPMI two and OpenIPMI seven digits.
compare()
{
    differ=$(paste -d '|' "$WORK/ipmitool" "$2" | awk -F '|' '
        function off(a, b) { return a > b ? a - b : b - a }
        $1 != $3 || off($2, $4) > 0.0061 + off($2, 0) * 1e-6 { print; exit }
    ')
    [ -z "$differ" ] || fail "ipmitool and $1 differ: $differ"
    expect_same "$(wc -l <"$WORK/ipmitool")" "$(wc -l <"$2")"
}

# await N REGEX: until the shell has said it so often, or had time enough.
await()
{
    for _ in $(seq 300); do
        [ "$(grep -Ec -e "$2" "$OUT")" -lt "$1" ] || return 0
        sleep 0.1
    done
}

# Until no more sensors come.
await_sensors()
{
    seen=-1
    while [ "$(grep -c 'Object Type: Sensor' "$OUT")" -ne "$seen" ]; do
        seen=$(grep -c 'Object Type: Sensor' "$OUT")
        sleep 2
    done
}

# A domain with all its sensors; then each is asked for.
converse()
{
    echo "domain open d -wait_til_up lan -U $USER_NAME -P $PASS -p $PORT $HOST"
    await 1 '^Domain Created: d'
    await_sensors
    grep -A 2 'Object Type: Sensor' "$OUT" | sed -n 's/^  Name: \(.*[^.]\)$/\1/p' |
        sort -u >"$WORK/names"
    sed 's/.*/sensor get "&"/' "$WORK/names"
    await "$(wc -l <"$WORK/names")" '^  Initial Update In Progress: |^ *Error: [1-9]|rror:'
    echo exit
    sleep 0.3
}

openipmi()
{
    : >"$OUT"
    converse | timeout "$COMMAND_S" openipmish
}

# Readings that move (as profiles make some) would differ between one client and
# the next.
machine_at_rest()
{
    machine_copy "$1"
    sed "/^sensor_move /d; /^oem_profile /d" "$MACHINES/$1.emu" >"$WORK/$1.emu"
}

# The shipped machines are all linear, and vendors has the sensors of twin.
cp "$SRCDIR/tests/data/emu/curves."* "$WORK" || exit 99

for emu in curves "$MACHINES"/*.emu; do
    machine=$(basename "$emu" .emu)
    [ "$machine" != vendors ] || continue
    [ -e "$WORK/$machine.emu" ] || machine_at_rest "$machine"
    lab_start "$WORK/$machine.emu"

    it "reads the same from $machine with both lists of ipmitool"
    expect_ok lanplus sensor list
    ipmitool_numbers >"$WORK/ipmitool"
    expect_ok lanplus sdr elist
    elist_numbers >"$WORK/elist"
    compare "sdr elist" "$WORK/elist"

    it "reads the same from $machine with ipmitool and FreeIPMI"
    expect_clean free20 ipmi-sensors --quiet-cache --sdr-cache-recreate --bridge-sensors \
        --comma-separated-output --no-header-output
    freeipmi_numbers >"$WORK/freeipmi"
    compare FreeIPMI "$WORK/freeipmi"

    it "reads the same from $machine with OpenIPMI"
    expect_ok openipmi
    openipmi_numbers >"$WORK/openipmi"
    compare OpenIPMI "$WORK/openipmi"
    [ "$(wc -l <"$WORK/ipmitool")" -ge 10 ] || fail "hardly any readings from $machine"
    lab_stop
done
