/* The parser of platform event traps: what it takes, built anew, is taken for
 * the same trap. */
#include <stdlib.h>
#include <string.h>

#include "sim/wire/pet.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static bool
same(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    uint8_t room[PET_MESSAGE_MAX], again_room[PET_MESSAGE_MAX];
    struct wr w = wr_of(room, sizeof room), again = wr_of(again_room, sizeof again_room);
    struct pet pet, second;

    if (!pet_parse(bytes_of(at, len), &pet))
        return 0;
    pet_build(&w, &pet);
    if (w.bad || !pet_parse(wr_bytes_of(&w), &second))
        abort();
    if (!same(pet.community, second.community) || !same(pet.oem, second.oem) ||
        pet.sequence != second.sequence || pet.uptime_cs != second.uptime_cs)
        abort();
    pet_build(&again, &second);
    if (!same(wr_bytes_of(&w), wr_bytes_of(&again)))
        abort();
    return 0;
}
