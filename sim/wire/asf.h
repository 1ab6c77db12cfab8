/*
 * asf.h - ASF messages: the presence ping and its pong.
 * Spec: ASF 2.0 3.2.4; IPMI v2.0 13.2.3; DCMI 1.5 for its IANA number.
 *
 * Numbers are big-endian. Nothing here allocates or keeps pointers.
 */
#ifndef IPMILAB_WIRE_ASF_H
#define IPMILAB_WIRE_ASF_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define ASF_IANA 4542u
#define ASF_IANA_DCMI 36465u
#define ASF_PONG_DATA_LEN 16

enum asf_type {
    ASF_PONG = 0x40,
    ASF_PING = 0x80,
};

#define ASF_ENTITY_IPMI 0x80   /* IPMI supported */
#define ASF_ENTITY_ASF_10 0x01 /* supports ASF 1.0 */

struct asf {
    uint8_t type, tag;
    struct bytes data;
};

/* Presence pong data. */
struct asf_pong {
    uint32_t iana, oem;
    uint8_t entities, interactions;
};

/* Read an RMCP message of class ASF. False, and *m untouched, when it is
 * short, longer than it says, or not under ASF's IANA number. */
bool asf_parse(struct bytes in, struct asf *m);

/* Write the ASF header and m->data. */
void asf_build(struct wr *w, const struct asf *m);

/* The data of a pong, both ways. */
bool asf_pong_parse(struct bytes data, struct asf_pong *p);
void asf_pong_build(struct wr *w, const struct asf_pong *p);

#endif
