#include "sim/wire/serial_basic.h"

/* What is escaped, and what then stands for it. */
static const struct {
    uint8_t octet, as;
} escapes[] = {
    { SERIAL_BASIC_START, 0xb0 },  { SERIAL_BASIC_STOP, 0xb5 }, { SERIAL_BASIC_HANDSHAKE, 0xb6 },
    { SERIAL_BASIC_ESCAPE, 0xba }, { 0x1b, 0x3b },
};

#define ESCAPES (sizeof escapes / sizeof escapes[0])

static void
put(struct serial_basic *b, uint8_t octet)
{
    if (b->len == sizeof b->octets)
        b->bad = true;
    else
        b->octets[b->len++] = octet;
}

static void
put_escaped(struct serial_basic *b, uint8_t as)
{
    b->escaped = false;
    for (size_t i = 0; i < ESCAPES; i++)
        if (escapes[i].as == as) {
            put(b, escapes[i].octet);
            return;
        }
    b->bad = true;
}

static void
begin(struct serial_basic *b)
{
    b->inside = true;
    b->escaped = b->bad = false;
    b->len = 0;
}

static enum serial_basic_event
end(struct serial_basic *b, struct bytes *message)
{
    if (!b->inside)
        return SERIAL_BASIC_MORE;
    b->inside = false;
    if (b->bad || b->escaped)
        return SERIAL_BASIC_BAD;
    *message = bytes_of(b->octets, b->len);
    return SERIAL_BASIC_MESSAGE;
}

enum serial_basic_event
serial_basic_take(struct serial_basic *b, uint8_t octet, struct bytes *message)
{
    if (octet == SERIAL_BASIC_START)
        begin(b);
    else if (octet == SERIAL_BASIC_STOP)
        return end(b, message);
    else if (octet == SERIAL_BASIC_HANDSHAKE || !b->inside)
        return SERIAL_BASIC_MORE;
    else if (b->escaped)
        put_escaped(b, octet);
    else if (octet == SERIAL_BASIC_ESCAPE)
        b->escaped = true;
    else
        put(b, octet);
    return SERIAL_BASIC_MORE;
}

static void
put_out(struct wr *out, uint8_t octet)
{
    for (size_t i = 0; i < ESCAPES; i++)
        if (escapes[i].octet == octet) {
            wr_u8(out, SERIAL_BASIC_ESCAPE);
            wr_u8(out, escapes[i].as);
            return;
        }
    wr_u8(out, octet);
}

void
serial_basic_build(struct wr *out, struct bytes message)
{
    wr_u8(out, SERIAL_BASIC_START);
    for (size_t i = 0; i < message.len; i++)
        put_out(out, message.at[i]);
    wr_u8(out, SERIAL_BASIC_STOP);
}
