#include "sim/base/wr.h"

#include <string.h>

struct wr
wr_of(void *buf, size_t size)
{
    uint8_t *at = buf;

    return (struct wr){ .start = at, .at = at, .end = size ? at + size : at };
}

size_t
wr_len(const struct wr *w)
{
    return w->at == w->start ? 0 : (size_t)(w->at - w->start);
}

size_t
wr_room(const struct wr *w)
{
    return w->bad || w->at == w->end ? 0 : (size_t)(w->end - w->at);
}

struct bytes
wr_bytes_of(const struct wr *w)
{
    return bytes_of(w->start, wr_len(w));
}

uint8_t *
wr_hole(struct wr *w, size_t len)
{
    uint8_t *hole = w->at;

    if (len > wr_room(w)) {
        w->bad = true;
        return NULL;
    }
    if (len) {
        memset(hole, 0, len);
        w->at += len;
    }
    return hole;
}

void
wr_bytes(struct wr *w, const void *from, size_t len)
{
    if (len > wr_room(w)) {
        w->bad = true;
        return;
    }
    if (len) {
        memcpy(w->at, from, len);
        w->at += len;
    }
}

void
wr_span(struct wr *w, struct bytes from)
{
    wr_bytes(w, from.at, from.len);
}

void
wr_fill(struct wr *w, uint8_t v, size_t len)
{
    uint8_t *hole = wr_hole(w, len);

    if (hole != NULL && len)
        memset(hole, v, len);
}

void
wr_u8(struct wr *w, unsigned v)
{
    if (wr_room(w) == 0) {
        w->bad = true;
        return;
    }
    *w->at++ = (uint8_t)v;
}

void
wr_le16(struct wr *w, unsigned v)
{
    uint8_t b[2] = { (uint8_t)v, (uint8_t)(v >> 8) };

    wr_bytes(w, b, sizeof b);
}

void
wr_le24(struct wr *w, uint32_t v)
{
    uint8_t b[3] = { (uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16) };

    wr_bytes(w, b, sizeof b);
}

void
wr_le32(struct wr *w, uint32_t v)
{
    uint8_t b[4] = { (uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24) };

    wr_bytes(w, b, sizeof b);
}

void
wr_be16(struct wr *w, unsigned v)
{
    uint8_t b[2] = { (uint8_t)(v >> 8), (uint8_t)v };

    wr_bytes(w, b, sizeof b);
}

void
wr_be32(struct wr *w, uint32_t v)
{
    uint8_t b[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v };

    wr_bytes(w, b, sizeof b);
}
