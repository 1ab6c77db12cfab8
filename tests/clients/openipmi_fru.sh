#!/bin/sh
# openipmi_fru.sh - OpenIPMI's library reads inventories, by octets and by words.
. "$SRCDIR/tests/lib/clients.sh"
need openipmish

cp "$MACHINES/server-1u.fru" "$WORK/f.fru"
cat >"$WORK/m.emu" <<'END'
mc_add 0x20 0x20 no-device-sdrs 1 1 0 0x9f 1 1
sel_enable 0x20 64 0x0a
fru_source 0x20 1 512 "f.fru"
fru_source 0x20 2 512 "f.fru"
fru_access 0x20 2 words
mc_enable 0x20
END

# Read one FRU; wait for the domain, then for the inventory.
read_fru()
{
    {
        echo "domain open d -noall -wait_til_up lan -U $USER_NAME -P $PASS -p $PORT $HOST"
        await 'Domain Created: d'
        echo "domain fru d 1 0x20 $1 0 0 0"
        await 'multi_record_length|error'
        echo exit
        sleep 0.2
    } | timeout "$COMMAND_S" openipmish
}

await()
{
    for _ in $(seq 100); do
        ! grep -Eq -e "$1" "$OUT" || return 0
        sleep 0.1
    done
}

lab_start "$WORK/m.emu"

for id in 1 2; do
    [ "$id" = 1 ] && it "reads by octets" || it "reads by words"
    expect_text 'Data: CHS-1U-08' read_fru "$id"
    expect_text 'Data: S1U-MB1-R02'
    expect_text 'Data: SN1U000417'
done
