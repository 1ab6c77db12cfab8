/*
 * ipmb.h - frames on the management bus.
 * Spec: IPMB Communications Protocol v1.0, message format; IPMI v2.0 20.1
 * for the Broadcast Get Device ID.
 *
 *     request    rsSA  netFn|rsLUN  chk1  rqSA  rqSeq|rqLUN  cmd  data...  chk2
 *     response   rqSA  netFn|rqLUN  chk1  rsSA  rqSeq|rsLUN  cmd  cc data... chk2
 *
 * Addresses are 8-bit with bit 0 clear, as the specification prints them. A
 * frame says which way it travels: target and source here are where it goes
 * and where it comes from, whoever asks and whoever answers. A broadcast has
 * a 00h, which no checksum covers, in front.
 *
 * A frame has 7 to 32 octets; the parser takes longer ones, since some
 * controllers are set to send them. Nothing here allocates or keeps pointers.
 */
#ifndef IPMILAB_WIRE_IPMB_H
#define IPMILAB_WIRE_IPMB_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define IPMB_FRAME_MIN 7      /* without data */
#define IPMB_FRAME_MAX 32     /* as the specification grants to everyone */
#define IPMB_BROADCAST 0x00   /* the general call address */
#define IPMB_SEQS 64          /* rqSeq has 6 bits */

struct ipmb_frame {
    uint8_t target, target_lun;
    uint8_t source, source_lun;
    uint8_t netfn;         /* 6 bits; odd in a response */
    uint8_t seq;           /* 6 bits */
    uint8_t cmd;
    bool broadcast;        /* 00h stands in front */
    struct bytes data;     /* of a response: the completion code first */
};

enum ipmb_err { IPMB_OK, IPMB_SHORT, IPMB_BAD_HEADER_SUM, IPMB_BAD_DATA_SUM };

/*
 * Split a frame into its fields.
 *
 * Returns IPMB_OK, IPMB_SHORT, IPMB_BAD_HEADER_SUM or IPMB_BAD_DATA_SUM. On
 * success f->data points into frame; otherwise *f is untouched.
 */
enum ipmb_err ipmb_parse(struct bytes frame, struct ipmb_frame *f);

/* Append f, both checksums included. Fields wider than on the wire lose
 * their upper bits. */
void ipmb_build(struct wr *w, const struct ipmb_frame *f);

/* The answer to request rq, still without data: ways turned round, netfn
 * made odd, no broadcast. */
struct ipmb_frame ipmb_answer_to(const struct ipmb_frame *rq);

/* True for an odd netfn. */
static inline bool
ipmb_is_response(const struct ipmb_frame *f)
{
    return (f->netfn & 1) != 0;
}

/* Why a frame was not understood, in words; "good" for IPMB_OK. */
const char *ipmb_err_text(enum ipmb_err err);

#endif
