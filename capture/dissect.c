#include "capture/dissect.h"

#include <stdio.h>
#include <string.h>

#include "capture/dissect_parts.h"
#include "capture/input_record.h"
#include "capture/netframe.h"
#include "capture/packet.h"
#include "capture/peer_text.h"
#include "sim/base/rd.h"

/* HPM.2 records, as pcapng_sink.c writes them. */
#define RECORD_KIND 0xf0
#define RECORD_WORDS 0x20
enum { TRACED_NOTHING, TRACED_IPMB, TRACED_ICMB, TRACED_KCS = 5 };

static void
begin(struct dissection *d)
{
    d->kind = DISSECT_OTHER;
    d->from[0] = d->to[0] = d->summary[0] = '\0';
    d->bad = d->response = d->encrypted = d->authenticated = d->cut = false;
    d->netfn = d->cmd = d->lun = d->seq = d->cc = DISSECT_NONE;
    d->auth_type = d->payload_type = d->status = DISSECT_NONE;
    d->id = d->session_id = d->session_seq = DISSECT_NONE;
    d->command = NULL;
    d->data = (struct bytes){ 0 };
    d->answers = d->repeats = 0;
    d->took = 0;
    d->session = 0;
    d->line_count = 0;
    d->text_len = 0;
}

/* Words are a string, or the frame's octets. */
static void
dissect_note(struct dissector *x)
{
    struct bytes text = x->f->bytes;

    x->d->kind = DISSECT_NOTE;
    if (x->f->words != NULL)
        text = bytes_of(x->f->words, strlen(x->f->words));
    for (size_t i = 0; i < text.len; i++)
        summary_add(x, "%c", text.at[i] >= ' ' && text.at[i] <= '~' ? text.at[i] : '?');
    line_add(x, 0, "Note: %s", x->d->summary);
}

void
dissect(struct conversation *c, const struct dissect_frame *f, struct dissection *out)
{
    struct dissector x = { .c = c, .f = f, .d = out };

    begin(out);
    switch (f->link) {
    case TAP_LAN:
    case TAP_LAN_CLEAR:
        peer_text(&f->from, out->from, sizeof out->from);
        peer_text(&f->to, out->to, sizeof out->to);
        dissect_datagram(&x);
        break;
    case TAP_IPMB:
        dissect_ipmb(&x, f->bytes);
        break;
    case TAP_ICMB:
        dissect_icmb(&x);
        break;
    case TAP_SYSIF:
        dissect_sysif(&x);
        break;
    case TAP_NOTE:
    case TAP_LINKS:
        dissect_note(&x);
        break;
    }
    if (x.s != NULL)
        out->session = x.s->number;
}

/* ---- frames ---- */

struct dissect_frame
dissect_of_tap(const struct tap_event *ev)
{
    bool in = ev->dir == TAP_TO_BMC;

    return (struct dissect_frame){
        .at = ev->at, .link = ev->link, .chassis = ev->chassis, .bus = ev->number,
        .from = in ? ev->remote : ev->local, .to = in ? ev->local : ev->remote,
        .words = ev->link == TAP_NOTE ? ev->why ? ev->why : fate_text(ev->fate) : NULL,
        .bytes = ev->bytes,
    };
}

static bool
take_record(const struct packet *p, struct dissect_frame *f, const char **why)
{
    struct rd r = rd_of(p->bytes);
    uint8_t type = rd_u8(&r), traced;
    size_t len;

    rd_skip(&r, 6);
    traced = rd_u8(&r);
    rd_skip(&r, 2);
    len = rd_u8(&r);
    f->bytes = rd_bytes(&r, len);
    f->bus = type & 0x0f;
    f->chassis = p->lane->number;      /* each bus has an interface of its own */
    if (r.bad) {
        *why = "an HPM.2 record that is cut short";
        return false;
    }
    f->link = (type & RECORD_KIND) == RECORD_WORDS ? TAP_NOTE
              : traced == TRACED_ICMB ? TAP_ICMB
              : traced == TRACED_KCS ? TAP_SYSIF : TAP_IPMB;
    return true;
}

static bool
take_datagram(const struct packet *p, struct dissect_frame *f, const char **why)
{
    struct netframe n;
    enum netframe_err err = netframe_parse(p->lane->link_type, p->bytes, &n);

    if (err != NETFRAME_OK) {
        *why = netframe_err_text(err);
        return false;
    }
    f->link = strcmp(p->lane->name, LANE_LAN_CLEAR) == 0 ? TAP_LAN_CLEAR : TAP_LAN;
    f->from = n.from;
    f->to = n.to;
    f->bytes = n.payload;
    return true;
}

bool
dissect_of_packet(const struct packet *p, struct dissect_frame *out, const char **why)
{
    *out = (struct dissect_frame){ .number = p->number, .at = p->time_ns };
    if (p->lane->link_type == LINKTYPE_IPMI_HPM_2)
        return take_record(p, out, why);
    if (p->lane->link_type == LINKTYPE_USER0) {
        *why = "an input";
        return false;
    }
    return take_datagram(p, out, why);
}

const char *
dissect_kind_text(enum dissect_kind kind)
{
    static const char *const words[DISSECT_KINDS] = {
        [DISSECT_OTHER] = "other",
        [DISSECT_RMCP_ACK] = "rmcp-ack",
        [DISSECT_ASF_PING] = "ping",
        [DISSECT_ASF_PONG] = "pong",
        [DISSECT_OPEN_REQUEST] = "open-request",
        [DISSECT_OPEN_RESPONSE] = "open-response",
        [DISSECT_RAKP1] = "rakp1",
        [DISSECT_RAKP2] = "rakp2",
        [DISSECT_RAKP3] = "rakp3",
        [DISSECT_RAKP4] = "rakp4",
        [DISSECT_MESSAGE] = "message",
        [DISSECT_SOL] = "sol",
        [DISSECT_ENCRYPTED] = "encrypted",
        [DISSECT_PAYLOAD] = "payload",
        [DISSECT_TRAP] = "trap",
        [DISSECT_NOTE] = "note",
    };

    return (unsigned)kind < DISSECT_KINDS ? words[kind] : "unknown";
}
