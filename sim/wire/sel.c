#include "sim/wire/sel.h"

#include <assert.h>

#include "sim/base/rd.h"
#include "sim/base/wr.h"

bool
sel_type_timed(uint8_t type)
{
    return type < SEL_TYPE_OEM;
}

static void
parse_event(struct rd *r, struct sel_record *out)
{
    rd_copy(r, out->u.event.generator, sizeof out->u.event.generator);
    out->u.event.evm_rev = rd_u8(r);
    out->u.event.sensor_type = rd_u8(r);
    out->u.event.sensor_number = rd_u8(r);
    out->u.event.type_dir = rd_u8(r);
    rd_copy(r, out->u.event.data, sizeof out->u.event.data);
}

bool
sel_parse(struct bytes in, struct sel_record *out)
{
    struct rd r = rd_of(in);

    if (in.len != SEL_RECORD)
        return false;
    *out = (struct sel_record){ .id = rd_le16(&r), 0 };
    out->type = rd_u8(&r);
    if (sel_type_timed(out->type))
        out->timestamp = rd_le32(&r);
    if (out->type < SEL_TYPE_OEM_TIMED) {
        parse_event(&r, out);
    } else if (out->type < SEL_TYPE_OEM) {
        out->u.oem_timed.manufacturer = rd_le24(&r);
        rd_copy(&r, out->u.oem_timed.data, sizeof out->u.oem_timed.data);
    } else {
        rd_copy(&r, out->u.oem, sizeof out->u.oem);
    }
    return rd_done(&r);
}

static void
build_event(struct wr *w, const struct sel_record *record)
{
    wr_bytes(w, record->u.event.generator, sizeof record->u.event.generator);
    wr_u8(w, record->u.event.evm_rev);
    wr_u8(w, record->u.event.sensor_type);
    wr_u8(w, record->u.event.sensor_number);
    wr_u8(w, record->u.event.type_dir);
    wr_bytes(w, record->u.event.data, sizeof record->u.event.data);
}

void
sel_build(const struct sel_record *record, uint8_t to[SEL_RECORD])
{
    struct wr w = wr_of(to, SEL_RECORD);

    wr_le16(&w, record->id);
    wr_u8(&w, record->type);
    if (sel_type_timed(record->type))
        wr_le32(&w, record->timestamp);
    if (record->type < SEL_TYPE_OEM_TIMED) {
        build_event(&w, record);
    } else if (record->type < SEL_TYPE_OEM) {
        wr_le24(&w, record->u.oem_timed.manufacturer);
        wr_bytes(&w, record->u.oem_timed.data, sizeof record->u.oem_timed.data);
    } else {
        wr_bytes(&w, record->u.oem, sizeof record->u.oem);
    }
    assert(wr_len(&w) == SEL_RECORD);
}
