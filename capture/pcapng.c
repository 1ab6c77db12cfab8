#include "capture/pcapng.h"

#include <string.h>

#include "sim/base/wr.h"

#define BLOCK_SHB 0x0a0d0d0au
#define BLOCK_IDB 1u
#define BLOCK_EPB 6u
#define BYTE_ORDER_MAGIC 0x1a2b3c4du

#define OPT_END 0
#define OPT_COMMENT 1
#define SHB_USERAPPL 4
#define IF_NAME 2
#define IF_DESCRIPTION 3
#define IF_TSRESOL 9
#define EPB_FLAGS 2
#define TSRESOL_NS 9

#define BLOCK_MAX (PCAPNG_PACKET_MAX + PCAPNG_COMMENT_MAX + 96)

/* A block under construction; its length is filled in at both ends. */
struct block {
    struct wr w;
    uint8_t *length;
};

static void
block_begin(struct block *b, uint8_t *buf, size_t size, uint32_t type)
{
    b->w = wr_of(buf, size);
    wr_le32(&b->w, type);
    b->length = wr_hole(&b->w, 4);
}

static enum status
block_end(struct block *b, FILE *file)
{
    uint32_t total = (uint32_t)wr_len(&b->w) + 4;
    struct wr length = wr_of(b->length, 4);

    wr_le32(&b->w, total);
    wr_le32(&length, total);
    if (b->w.bad)
        return ST_FULL;
    return fwrite(b->w.start, 1, wr_len(&b->w), file) == wr_len(&b->w) ? ST_OK : ST_IO;
}

static void
pad4(struct wr *w)
{
    wr_fill(w, 0, (4 - wr_len(w) % 4) % 4);
}

static void
put_option(struct wr *w, unsigned code, const void *value, size_t len)
{
    wr_le16(w, code);
    wr_le16(w, (unsigned)len);
    wr_bytes(w, value, len);
    pad4(w);
}

static void
put_text(struct wr *w, unsigned code, const char *text, size_t max)
{
    size_t len = text == NULL ? 0 : strlen(text);

    if (len)
        put_option(w, code, text, len < max ? len : max);
}

enum status
pcapng_section(FILE *file, const char *application)
{
    uint8_t buf[256];
    struct block b;

    block_begin(&b, buf, sizeof buf, BLOCK_SHB);
    wr_le32(&b.w, BYTE_ORDER_MAGIC);
    wr_le16(&b.w, 1);
    wr_le16(&b.w, 0);
    wr_fill(&b.w, 0xff, 8);     /* section length: not known */
    put_text(&b.w, SHB_USERAPPL, application, 100);
    wr_le32(&b.w, OPT_END);
    return block_end(&b, file);
}

enum status
pcapng_interface(FILE *file, uint16_t link_type, const char *name, const char *description)
{
    uint8_t buf[512], resolution = TSRESOL_NS;
    struct block b;

    block_begin(&b, buf, sizeof buf, BLOCK_IDB);
    wr_le16(&b.w, link_type);
    wr_le16(&b.w, 0);
    wr_le32(&b.w, PCAPNG_PACKET_MAX);
    put_text(&b.w, IF_NAME, name, 100);
    put_text(&b.w, IF_DESCRIPTION, description, 200);
    put_option(&b.w, IF_TSRESOL, &resolution, 1);
    wr_le32(&b.w, OPT_END);
    return block_end(&b, file);
}

enum status
pcapng_packet(FILE *file, const struct pcapng_packet *p)
{
    uint8_t buf[BLOCK_MAX];
    uint8_t flags[4] = { (uint8_t)p->dir, 0, 0, 0 };
    size_t kept = p->bytes.len < PCAPNG_PACKET_MAX ? p->bytes.len : PCAPNG_PACKET_MAX;
    struct block b;

    block_begin(&b, buf, sizeof buf, BLOCK_EPB);
    wr_le32(&b.w, p->interface);
    wr_le32(&b.w, (uint32_t)(p->time_ns >> 32));
    wr_le32(&b.w, (uint32_t)p->time_ns);
    wr_le32(&b.w, (uint32_t)kept);
    wr_le32(&b.w, (uint32_t)p->bytes.len);
    wr_bytes(&b.w, p->bytes.at, kept);
    pad4(&b.w);
    put_text(&b.w, OPT_COMMENT, p->comment, PCAPNG_COMMENT_MAX);
    put_option(&b.w, EPB_FLAGS, flags, sizeof flags);
    wr_le32(&b.w, OPT_END);
    return block_end(&b, file);
}
