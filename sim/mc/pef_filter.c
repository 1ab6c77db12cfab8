#include "sim/mc/pef_filter.h"

#include "sim/base/planted.h"
#include "sim/base/rd.h"

#define ANY 0xff
#define OFFSET_BITS 0x0f
#define DATA_OCTETS 3
#define MASK_OCTETS 3

/* Bits with a 1 in compare 1 must all be as in compare 2; of those with a 0,
 * if there are any, one at least. */
bool
pef_data_matches(uint8_t data, const uint8_t mask[3])
{
    uint8_t exact = mask[1];
    uint8_t same = (uint8_t)~((data & mask[0]) ^ mask[2]);
    uint8_t loose = (uint8_t)~exact;

    if ((same & exact) != exact)
        return false;
    return loose == 0 || (same & loose) != 0;
}

static bool
same_or_any(uint8_t wanted, uint8_t found)
{
    return wanted == ANY || wanted == found;
}

static bool
data_match(struct rd *r, const uint8_t data[DATA_OCTETS])
{
    uint8_t mask[MASK_OCTETS];
    bool match = true;

    for (unsigned i = 0; i < DATA_OCTETS; i++) {
        rd_copy(r, mask, sizeof mask);
        match &= pef_data_matches(data[i], mask);
    }
    return match;
}

bool
pef_filter_matches(const uint8_t filter[PEF_FILTER], const struct sel_record *record)
{
    struct rd r = rd_of(bytes_of(filter, PEF_FILTER));
    uint16_t offsets;
    bool match = (rd_u8(&r) & PEF_FILTER_ENABLED) || PLANTED(PEF_DISABLED_FILTER);

    rd_skip(&r, 3);   /* actions, policy, severity */
    match &= same_or_any(rd_u8(&r), record->u.event.generator[0]);
    match &= same_or_any(rd_u8(&r), record->u.event.generator[1]);
    match &= same_or_any(rd_u8(&r), record->u.event.sensor_type);
    match &= same_or_any(rd_u8(&r), record->u.event.sensor_number);
    match &= same_or_any(rd_u8(&r), record->u.event.type_dir);
    offsets = rd_le16(&r);
    match &= (offsets >> (record->u.event.data[0] & OFFSET_BITS) & 1) != 0;
    return match && data_match(&r, record->u.event.data);
}

struct pef_filter_wish
pef_filter_wish(const uint8_t filter[PEF_FILTER])
{
    struct rd r = rd_of(bytes_of(filter, PEF_FILTER));
    struct pef_filter_wish wish;

    rd_skip(&r, 1);
    wish.actions = rd_u8(&r) & PEF_ACTIONS;
    wish.policy = rd_u8(&r) & PEF_POLICY_NUMBER;
    wish.severity = rd_u8(&r);
    return wish;
}
