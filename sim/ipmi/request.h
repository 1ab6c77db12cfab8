/*
 * request.h - one request to a management controller, whatever channel it
 * came by, and the way its answer goes back.
 *
 * A channel fills in a request and hands it to the controller's
 * ipmi_request_fn. The answer comes through origin.answer, once: during that
 * call in the plain case, or later when the handler kept a copy of origin and
 * returned CC_LATER. Nothing else of a request outlives the call.
 */
#ifndef IPMILAB_IPMI_REQUEST_H
#define IPMILAB_IPMI_REQUEST_H

#include "sim/base/rd.h"
#include "sim/base/wr.h"
#include "sim/engine/peer.h"
#include "sim/wire/codes.h"

struct ipmi_origin;
struct command;

/* Send cc and data to where origin came from. data is borrowed for the call. */
typedef void ipmi_answer_fn(void *ctx, const struct ipmi_origin *origin, uint8_t cc,
                            struct bytes data);

/* Who asked, and all that an answer needs. A plain value; copy it to keep it. */
struct ipmi_origin {
    ipmi_answer_fn *answer;
    void *ctx;             /* the channel (struct lan, struct ipmb_port, ...) */
    uint32_t session;      /* the BMC's session id; 0 = none */
    uint8_t channel;       /* number, 0 .. Fh */
    uint8_t user;          /* user id of the session; 0 = none */
    uint8_t rs_addr, rs_lun;   /* the responder: us */
    uint8_t rq_addr, rq_lun, rq_seq;
    uint8_t netfn, cmd;    /* of the request */
    uint8_t format;        /* the channel's own: how to wrap the answer */
    bool reads;            /* doing it again changes nothing; the gate fills it in from the
                            * row, and a handler that knows better of this request */
    struct peer peer, local;   /* LAN: where from, where to */
    uint32_t mark[2];      /* the channel's own */
};

struct ipmi_req {
    struct ipmi_origin from;
    uint8_t privilege;     /* the asker's: PRIV_NONE outside a session */
    uint8_t netfn, lun, cmd;
    struct rd data;        /* after cmd */
    const struct command *row;   /* that answers it; the gate fills it in */
    uint32_t id;           /* as command_find() has it; likewise */
    bool open;             /* rows passed on to ask for no privilege; likewise */
    bool silent;           /* not answered, nor will it be; likewise */
};

/* What a channel delivers requests to. */
typedef void ipmi_request_fn(void *ctx, struct ipmi_req *rq);

/* Answer rq now. */
static inline void
ipmi_answer(const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    origin->answer(origin->ctx, origin, cc, data);
}

#endif
