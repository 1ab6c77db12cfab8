#include "capture/pcapng.h"

#include <stdlib.h>
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

/* Room for a section header with comments; 0: it would be too long. */
static size_t
section_size(const struct bytes *comments, size_t count)
{
    size_t size = 256;

    for (size_t i = 0; i < count; i++) {
        if (comments[i].len > PCAPNG_SECTION_COMMENT_MAX || size > PCAPNG_SECTION_MAX)
            return 0;
        size += comments[i].len + 8;
    }
    return size > PCAPNG_SECTION_MAX ? 0 : size;
}

enum status
pcapng_section(FILE *file, const char *application, const struct bytes *comments, size_t count)
{
    size_t size = section_size(comments, count);
    uint8_t *buf = size ? malloc(size) : NULL;
    struct block b;
    enum status st;

    if (buf == NULL)
        return size ? ST_NOMEM : ST_FULL;
    block_begin(&b, buf, size, BLOCK_SHB);
    wr_le32(&b.w, BYTE_ORDER_MAGIC);
    wr_le16(&b.w, 1);
    wr_le16(&b.w, 0);
    wr_fill(&b.w, 0xff, 8);     /* section length: not known */
    put_text(&b.w, SHB_USERAPPL, application, 100);
    for (size_t i = 0; i < count; i++)
        put_option(&b.w, OPT_COMMENT, comments[i].at, comments[i].len);
    wr_le32(&b.w, OPT_END);
    st = block_end(&b, file);
    free(buf);
    return st;
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

/* ---- a file as struct pcapng_out ---- */

static enum status
file_interface(void *ctx, uint16_t link_type, const char *name, const char *description)
{
    return pcapng_interface(ctx, link_type, name, description);
}

static enum status
file_packet(void *ctx, const struct pcapng_packet *p)
{
    return pcapng_packet(ctx, p);
}

static enum status
file_flush(void *ctx)
{
    return fflush(ctx) == 0 ? ST_OK : ST_IO;
}

static enum status
file_close(void *ctx)
{
    return fclose(ctx) == 0 ? ST_OK : ST_IO;
}

enum status
pcapng_create(const char *path, const char *application, const struct bytes *comments,
              size_t count, struct pcapng_out *out)
{
    FILE *file = fopen(path, "wb");
    enum status st;

    if (file == NULL)
        return ST_IO;
    st = pcapng_section(file, application, comments, count);
    if (st != ST_OK) {
        fclose(file);
        return st;
    }
    *out = (struct pcapng_out){ file, file_interface, file_packet, file_flush, file_close };
    return ST_OK;
}
