/*
 * wr.h - a bounded writing cursor with a sticky error.
 *
 * A message is written field by field into memory of the caller's; a write
 * past the end is dropped whole and sets bad, and so is every later one. A
 * length or checksum that precedes its data is reserved first (wr_hole) and
 * filled in after. Integers are little-endian unless the name says be.
 */
#ifndef IPMILAB_BASE_WR_H
#define IPMILAB_BASE_WR_H

#include <stdbool.h>

#include "sim/base/bytes.h"

struct wr {
    uint8_t *start;
    uint8_t *at;
    uint8_t *end;
    bool bad;
};

/* Start writing into size octets at buf. */
struct wr wr_of(void *buf, size_t size);

/* Octets written so far, and room left (0 once bad). */
size_t wr_len(const struct wr *w);
size_t wr_room(const struct wr *w);

/* What was written, as a span. */
struct bytes wr_bytes_of(const struct wr *w);

void wr_u8(struct wr *w, unsigned v);
void wr_le16(struct wr *w, unsigned v);
void wr_le24(struct wr *w, uint32_t v);
void wr_le32(struct wr *w, uint32_t v);
void wr_be16(struct wr *w, unsigned v);
void wr_be32(struct wr *w, uint32_t v);

/* Append len octets from from. */
void wr_bytes(struct wr *w, const void *from, size_t len);
void wr_span(struct wr *w, struct bytes from);

/* Append len octets of value v. */
void wr_fill(struct wr *w, uint8_t v, size_t len);

/*
 * Reserve len octets and return where they are, to be filled in later. They
 * are zero until then. NULL, and bad, when there is no room.
 */
uint8_t *wr_hole(struct wr *w, size_t len);

#endif
