# hpm.sh - HPM.1 upgrade images, made by hand; on top of sh.sh.
#
#   octets N...                 print octets given as numbers
#   hpm_firmware MAJOR MINOR TEST [SIZE]
#                               print a firmware for ipmilab (sim/mc/hpm.h)
#                               that says so of itself; TEST is the result of
#                               its self-test, 85 when it passes
#   hpm_image DEVICE MAKER PRODUCT COMPONENT MAJOR MINOR FILE
#                               print an image with the firmware in FILE for
#                               one component; numbers are decimal
#
# Layout: HPM.1 section 4, as its agents read it.

octets()
{
    for octet; do
        # shellcheck disable=SC2059
        printf "\\$(printf %03o "$octet")"
    done
}

# Add the octet that makes all of a file add to zero.
with_sum()
{
    cat "$1"
    octets "$(od -An -v -tu1 "$1" | awk '
        { for (i = 1; i <= NF; i++) sum += $i }
        END { print (256 - sum % 256) % 256 }')"
}

# A number, least significant octet first.
little()
{
    number=$1
    left=$2
    while [ "$left" -gt 0 ]; do
        octets $((number % 256))
        number=$((number / 256))
        left=$((left - 1))
    done
}

zeros()
{
    head -c "$1" /dev/zero
}

hpm_firmware()
{
    {
        printf 'IPMILABF'
        octets "$1" "$2" 0 0 0 1 "$3" 0
        zeros 16
        zeros $((${4:-600} - 33)) | tr '\000' 'x'
    } >"$WORK/firmware.part"
    with_sum "$WORK/firmware.part"
}

hpm_header()
{
    printf 'PICMGFWU'
    octets 0 "$1"
    little "$2" 3
    little "$3" 2
    little 1767225600 4
    octets 224 $((1 << $4)) 2 2 2 0 0 "$5" "$6" 0 0 0 1
    little 0 2
}

# An action: prepare, or upload, whose data follows.
hpm_action()
{
    octets "$1" "$2" >"$WORK/action.part"
    with_sum "$WORK/action.part"
}

hpm_image()
{
    {
        hpm_header "$1" "$2" "$3" "$4" "$5" "$6" >"$WORK/header.part"
        with_sum "$WORK/header.part"
        hpm_action 1 $((1 << $4))
        hpm_action 2 $((1 << $4))
        octets "$5" "$6" 0 0 0 1
        printf 'firmware'
        zeros 13
        little "$(wc -c <"$7")" 4
        cat "$7"
    } >"$WORK/image.part"
    cat "$WORK/image.part"
    # shellcheck disable=SC2046
    octets $(md5sum "$WORK/image.part" | cut -c1-32 | sed 's/../0x& /g')
}
