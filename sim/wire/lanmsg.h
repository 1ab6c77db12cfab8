/*
 * lanmsg.h - the IPMI message inside a LAN session, request or response.
 * Spec: IPMI v2.0 13.8, table 13-8; checksums as on the IPMB.
 *
 *     to, netFn/LUN, checksum 1, from, seq/LUN, cmd, data, checksum 2
 *
 * A request goes to the responder (rsSA) from the requester (rqSA), a
 * response the other way round; rq_seq is the requester's in both. The data
 * of a response begins with its completion code. Addresses are 8-bit, as the
 * specification prints them: slave addresses even, software ids odd.
 * Nothing here allocates or keeps pointers.
 */
#ifndef IPMILAB_WIRE_LANMSG_H
#define IPMILAB_WIRE_LANMSG_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define LANMSG_LEN_MIN 7
#define LANMSG_SWID_CONSOLE 0x81   /* what remote consoles call themselves */

struct lanmsg {
    uint8_t to, to_lun;
    uint8_t netfn;
    uint8_t from, from_lun;
    uint8_t rq_seq;
    uint8_t cmd;
    struct bytes data;
};

enum lanmsg_err { LANMSG_OK, LANMSG_SHORT, LANMSG_BAD_HEADER_SUM, LANMSG_BAD_DATA_SUM };

/* Split a message into its fields; on failure *m is untouched. */
enum lanmsg_err lanmsg_parse(struct bytes in, struct lanmsg *m);

/* True for the odd network functions. */
static inline bool
lanmsg_is_response(const struct lanmsg *m)
{
    return (m->netfn & 1) != 0;
}

/* Write m, checksums included. */
void lanmsg_build(struct wr *w, const struct lanmsg *m);

/* Write m as a response: cc, then m->data. */
void lanmsg_build_response(struct wr *w, const struct lanmsg *m, uint8_t cc);

#endif
