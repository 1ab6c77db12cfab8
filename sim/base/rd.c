#include "sim/base/rd.h"

#include <string.h>

struct rd
rd_of(struct bytes in)
{
    return (struct rd){ .at = in.at, .end = in.len ? in.at + in.len : in.at };
}

size_t
rd_left(const struct rd *r)
{
    return r->bad || r->at == r->end ? 0 : (size_t)(r->end - r->at);
}

bool
rd_done(const struct rd *r)
{
    return !r->bad && r->at == r->end;
}

struct bytes
rd_rest(const struct rd *r)
{
    return bytes_of(r->at, rd_left(r));
}

struct bytes
rd_bytes(struct rd *r, size_t len)
{
    struct bytes out = { 0 };

    if (len > rd_left(r)) {
        r->bad = true;
        return out;
    }
    out = bytes_of(r->at, len);
    if (len)
        r->at += len;
    return out;
}

void
rd_copy(struct rd *r, void *to, size_t len)
{
    struct bytes in = rd_bytes(r, len);

    if (in.len != len)
        memset(to, 0, len);
    else if (len)
        memcpy(to, in.at, len);
}

void
rd_skip(struct rd *r, size_t len)
{
    (void)rd_bytes(r, len);
}

uint8_t
rd_u8(struct rd *r)
{
    if (rd_left(r) == 0) {
        r->bad = true;
        return 0;
    }
    return *r->at++;
}

uint16_t
rd_le16(struct rd *r)
{
    uint8_t b[2];

    rd_copy(r, b, sizeof b);
    return (uint16_t)(b[1] << 8 | b[0]);
}

uint32_t
rd_le24(struct rd *r)
{
    uint8_t b[3];

    rd_copy(r, b, sizeof b);
    return (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

uint32_t
rd_le32(struct rd *r)
{
    uint8_t b[4];

    rd_copy(r, b, sizeof b);
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

uint16_t
rd_be16(struct rd *r)
{
    uint8_t b[2];

    rd_copy(r, b, sizeof b);
    return (uint16_t)(b[0] << 8 | b[1]);
}

uint32_t
rd_be32(struct rd *r)
{
    uint8_t b[4];

    rd_copy(r, b, sizeof b);
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}
