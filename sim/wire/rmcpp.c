#include "sim/wire/rmcpp.h"

#include "sim/base/rd.h"
#include "sim/wire/lan15.h"

#define TRAILER_FIXED 2   /* pad length, next header */
#define TRAILER_ALIGN 4

enum rmcpp_err
rmcpp_parse(struct bytes in, struct rmcpp *m)
{
    struct rd r = rd_of(in);
    struct rmcpp got = { 0 };
    uint8_t type;
    uint16_t len;

    rd_skip(&r, 1);
    type = rd_u8(&r);
    got.encrypted = (type & RMCPP_ENCRYPTED) != 0;
    got.authenticated = (type & RMCPP_AUTHENTICATED) != 0;
    got.type = type & PAYLOAD_TYPE_BITS;
    if (got.type == PAYLOAD_OEM_EXPLICIT) {
        got.oem_iana = rd_le32(&r);
        got.oem_payload = rd_le16(&r);
    }
    got.sid = rd_le32(&r);
    got.seq = rd_le32(&r);
    len = rd_le16(&r);
    if (r.bad)
        return RMCPP_SHORT;
    got.header = bytes_of(in.at, in.len - rd_left(&r));
    got.payload = rd_bytes(&r, len);
    got.trailer = rd_rest(&r);
    if (r.bad || (!got.authenticated && got.trailer.len != 0))
        return RMCPP_LENGTH;
    *m = got;
    return RMCPP_OK;
}

void
rmcpp_build_header(struct wr *w, const struct rmcpp *m, size_t len)
{
    wr_u8(w, AUTH_RMCPP);
    wr_u8(w, (m->type & PAYLOAD_TYPE_BITS) | (m->encrypted ? RMCPP_ENCRYPTED : 0u) |
                 (m->authenticated ? RMCPP_AUTHENTICATED : 0u));
    if (m->type == PAYLOAD_OEM_EXPLICIT) {
        wr_le32(w, m->oem_iana);
        wr_le16(w, m->oem_payload);
    }
    wr_le32(w, m->sid);
    wr_le32(w, m->seq);
    wr_le16(w, (unsigned)len);
}

bool
rmcpp_trailer_parse(const struct rmcpp *m, size_t code_len, struct rmcpp_trailer *out)
{
    size_t fixed = TRAILER_FIXED + code_len;
    size_t pads;
    const uint8_t *end;

    if (m->trailer.len < fixed)
        return false;
    pads = m->trailer.len - fixed;
    end = m->trailer.at + pads;
    if (end[0] != pads || end[1] != RMCPP_NEXT_HEADER)
        return false;
    *out = (struct rmcpp_trailer){
        .covered = bytes_of(m->header.at,
                            m->header.len + m->payload.len + pads + TRAILER_FIXED),
        .code = end + TRAILER_FIXED,
        .pads = (uint8_t)pads,
    };
    return true;
}

void
rmcpp_build_trailer(struct wr *w, const uint8_t *start)
{
    size_t len = (size_t)(w->at - start) + TRAILER_FIXED;
    size_t pads = (TRAILER_ALIGN - len % TRAILER_ALIGN) % TRAILER_ALIGN;

    wr_fill(w, RMCPP_PAD, pads);
    wr_u8(w, (unsigned)pads);
    wr_u8(w, RMCPP_NEXT_HEADER);
}
