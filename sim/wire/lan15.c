#include "sim/wire/lan15.h"

#include "sim/base/rd.h"

#define AUTH_TYPE_BITS 0x0f

uint8_t
lan15_auth_type(struct bytes in)
{
    return in.len ? in.at[0] & AUTH_TYPE_BITS : AUTH_NONE;
}

enum lan15_err
lan15_parse(struct bytes in, struct lan15 *m)
{
    struct rd r = rd_of(in);
    struct lan15 got = { 0 };
    uint8_t len;

    got.auth_type = rd_u8(&r) & AUTH_TYPE_BITS;
    got.seq = rd_le32(&r);
    got.sid = rd_le32(&r);
    if (got.auth_type != AUTH_NONE)
        got.code = rd_bytes(&r, AUTH_CODE_LEN).at;
    len = rd_u8(&r);
    if (r.bad)
        return LAN15_SHORT;
    got.msg = rd_bytes(&r, len);
    if (r.bad || rd_left(&r) > LAN15_LEGACY_PAD_MAX)
        return LAN15_LENGTH;
    *m = got;
    return LAN15_OK;
}

void
lan15_build(struct wr *w, const struct lan15 *m)
{
    wr_u8(w, m->auth_type);
    wr_le32(w, m->seq);
    wr_le32(w, m->sid);
    if (m->auth_type != AUTH_NONE)
        wr_bytes(w, m->code, AUTH_CODE_LEN);
    if (m->msg.len > LAN15_MSG_MAX)
        w->bad = true;
    wr_u8(w, (unsigned)m->msg.len);
    wr_span(w, m->msg);
}
