#include "capture/pcapng_block.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "capture/pcapng_source.h"

#define MAGIC 0x1a2b3c4du
#define MAGIC_SWAPPED 0x4d3c2b1au
#define HEAD 8
#define BLOCK_LEAST 12
#define READ_STEP 65536
#define OPT_END 0

enum packet_result
pcapng_fail(struct pcapng_blocks *s, uint64_t at, const char *format, ...)
{
    va_list args;
    int n = snprintf(s->error, sizeof s->error, "at octet %" PRIu64 ": ", at);

    va_start(args, format);
    vsnprintf(s->error + n, sizeof s->error - (size_t)n, format, args);
    va_end(args);
    s->bad = true;
    return PACKET_BAD;
}

uint64_t
pcapng_place(const struct pcapng_body *b)
{
    return b->s->block_at + HEAD + (uint64_t)(b->r.at - b->s->block);
}

/* ---- numbers of either order ---- */

static uint32_t
swap32(uint32_t v)
{
    return v >> 24 | (v >> 8 & 0xff00u) | (v << 8 & 0xff0000u) | v << 24;
}

uint32_t
pcapng_u32(struct pcapng_body *b)
{
    uint32_t v = rd_le32(&b->r);

    return b->s->swapped ? swap32(v) : v;
}

uint16_t
pcapng_u16(struct pcapng_body *b)
{
    return b->s->swapped ? rd_be16(&b->r) : rd_le16(&b->r);
}

uint64_t
pcapng_u64(struct pcapng_body *b)
{
    uint64_t first = pcapng_u32(b), second = pcapng_u32(b);

    return b->s->swapped ? first << 32 | second : second << 32 | first;
}

/* ---- blocks ---- */

/* Fill len octets of the block in hand from the file, taking memory only for
 * what is there. */
static enum packet_result
read_body(struct pcapng_blocks *s, size_t len)
{
    size_t got = 0;

    while (got < len) {
        size_t step = len - got < READ_STEP ? len - got : READ_STEP, n;

        if (s->room < got + step) {
            uint8_t *more = realloc(s->block, got + step);

            if (more == NULL)
                return pcapng_fail(s, s->block_at, "out of memory");
            s->block = more;
            s->room = got + step;
        }
        n = fread(s->block + got, 1, step, s->file);
        got += n;
        s->at += n;
        if (n < step)
            return pcapng_fail(s, s->at, "found the end of the file; expected %zu more octets "
                               "of the block at %" PRIu64, len - got, s->block_at);
    }
    return PACKET_NEXT;
}

/* The byte order of a section is that of its magic number, which follows the
 * length. */
static enum packet_result
read_order(struct pcapng_blocks *s)
{
    uint8_t octets[4];
    size_t n = fread(octets, 1, sizeof octets, s->file);
    struct rd r = rd_of(bytes_of(octets, n));
    uint32_t magic = rd_le32(&r);

    if (r.bad)
        return pcapng_fail(s, s->at + n,
                           "found the end of the file; expected a byte-order magic");
    if (magic != MAGIC && magic != MAGIC_SWAPPED)
        return pcapng_fail(s, s->at, "found %08" PRIx32 "; expected the byte-order magic %08x",
                           magic, MAGIC);
    s->swapped = magic == MAGIC_SWAPPED;
    s->begun = true;
    if (fseek(s->file, -(long)sizeof octets, SEEK_CUR) != 0)
        return pcapng_fail(s, s->at, "cannot go back in the file");
    return PACKET_NEXT;
}

/* Type and length of the next block. */
static enum packet_result
read_head(struct pcapng_blocks *s, uint32_t *type, uint32_t *len)
{
    uint8_t head[HEAD];
    size_t n = fread(head, 1, sizeof head, s->file);
    struct rd r = rd_of(bytes_of(head, n));

    s->block_at = s->at;
    s->at += n;
    *type = rd_le32(&r);
    *len = rd_le32(&r);
    if (n == 0 && !ferror(s->file) && s->begun)
        return PACKET_END;
    if (r.bad)
        return pcapng_fail(s, s->at, "found the end of the file; expected the head of a block");
    if (!s->begun && *type != PCAPNG_SHB)
        return pcapng_fail(s, s->block_at, "found %08" PRIx32 "; expected a section header",
                           *type);
    if (*type == PCAPNG_SHB && read_order(s) != PACKET_NEXT)
        return PACKET_BAD;
    if (s->swapped) {
        *type = swap32(*type);
        *len = swap32(*len);
    }
    if (*len >= BLOCK_LEAST && *len % 4 == 0 && *len <= PCAPNG_BLOCK_MAX)
        return PACKET_NEXT;
    return pcapng_fail(s, s->block_at + 4, "found a block length of %" PRIu32 "; expected a "
                       "multiple of 4 from %d to %u", *len, BLOCK_LEAST, PCAPNG_BLOCK_MAX);
}

enum packet_result
pcapng_read(struct pcapng_blocks *s, uint32_t *type, struct pcapng_body *b)
{
    uint32_t len, again;
    enum packet_result result = read_head(s, type, &len);
    struct pcapng_body trailer;

    if (result == PACKET_NEXT)
        result = read_body(s, len - HEAD);
    if (result != PACKET_NEXT)
        return result;
    trailer = (struct pcapng_body){ s, rd_of(bytes_of(s->block + len - BLOCK_LEAST, 4)) };
    again = pcapng_u32(&trailer);
    if (again != len)
        return pcapng_fail(s, s->at - 4, "found %" PRIu32 " as the length at the block's end; "
                           "expected %" PRIu32 " as at its beginning", again, len);
    *b = (struct pcapng_body){ s, rd_of(bytes_of(s->block, len - BLOCK_LEAST)) };
    return PACKET_NEXT;
}

/* ---- options ---- */

enum packet_result
pcapng_option(struct pcapng_body *b, struct pcapng_option *o)
{
    uint64_t at = pcapng_place(b);
    uint16_t len;

    if (rd_left(&b->r) == 0)
        return PACKET_END;
    o->code = pcapng_u16(b);
    len = pcapng_u16(b);
    if (o->code == OPT_END && !b->r.bad)
        return PACKET_END;
    o->value = rd_bytes(&b->r, len);
    rd_skip(&b->r, (4 - len % 4u) % 4u);
    if (b->r.bad)
        return pcapng_fail(b->s, at, "found an option of %u octets; expected one that ends in "
                           "its block", (unsigned)len);
    return PACKET_NEXT;
}

enum packet_result
pcapng_bad_option(struct pcapng_body *b, const struct pcapng_option *o, const char *expected)
{
    return pcapng_fail(b->s, b->s->block_at + HEAD + (uint64_t)(o->value.at - b->s->block),
                       "found option %u of %zu octets; expected %s", o->code, o->value.len, expected);
}

void
pcapng_blocks_free(struct pcapng_blocks *s)
{
    free(s->block);
}
