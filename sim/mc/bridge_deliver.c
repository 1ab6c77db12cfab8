#include "sim/base/planted.h"
#include "sim/mc/bridge_parts.h"
#include "sim/wire/lanmsg.h"

void
bridge_answer(struct entry *e, uint8_t cc, struct bytes data)
{
    if (e->answered)
        return;
    e->answered = true;
    ipmi_answer(&e->origin, cc, data);
}

/* The target's answer as the asker would have seen it on the wire. */
static void
write_answer(struct wr *w, const struct entry *e, uint8_t to, uint8_t from, uint8_t cc,
             struct bytes data)
{
    struct lanmsg msg = {
        .to = to,
        .to_lun = e->rq.source_lun,
        .netfn = e->rq.netfn | 1,
        .from = from,
        .from_lun = e->rq.target_lun,
        .rq_seq = PLANTED(BRIDGE_SEQ_WRONG) ? 0 : e->rq.seq,
        .cmd = e->rq.cmd,
        .data = data,
    };

    lanmsg_build_response(w, &msg, cc);
}

/* A message of its own into the session: from us, to the software that sent
 * Send Message. */
static void
send_packet(struct bridge *b, const struct entry *e, uint8_t cc, struct bytes data)
{
    struct lan *lan = mc_lan_of(b->mc, e->origin.channel);
    uint8_t octets[MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    write_answer(&w, e, e->origin.rq_addr, e->origin.rs_addr, cc, data);
    if (lan != NULL && !w.bad)
        (void)lan_session_send(lan, e->origin.session, wr_bytes_of(&w));
}

static void
answer_inside(struct entry *e, uint8_t cc, struct bytes data)
{
    uint8_t octets[MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    write_answer(&w, e, e->rq.source, e->rq.target, cc, data);
    bridge_answer(e, w.bad ? CC_CANNOT_RETURN : CC_OK,
                  w.bad ? bytes_of(NULL, 0) : wr_bytes_of(&w));
}

/* The entry is free before anybody is told: who is may ask again at once. */
void
bridge_finish(struct bridge *b, struct entry *e, uint8_t cc, struct bytes data)
{
    struct entry done = *e;

    b->stats.answered++;
    bridge_release(b, e);
    if (done.style == BRIDGE_ENCAPSULATED) {
        answer_inside(&done, cc, data);
        return;
    }
    bridge_answer(&done, CC_OK, bytes_of(NULL, 0));
    send_packet(b, &done, cc, data);
}

void
bridge_give_up(struct bridge *b, struct entry *e, uint8_t cc)
{
    struct entry done = *e;

    b->stats.expired++;
    bridge_end(b, e);
    bridge_answer(&done, cc, bytes_of(NULL, 0));
}
