#include <stdio.h>

#include "capture/dissect_parts.h"
#include "sim/base/rd.h"
#include "sim/bus/icmb.h"
#include "sim/wire/codes.h"
#include "sim/wire/ipmb.h"

static void
name_sides(struct dissection *d, unsigned from, unsigned to)
{
    (void)snprintf(d->from, sizeof d->from, "%02Xh", from);
    (void)snprintf(d->to, sizeof d->to, "%02Xh", to);
}

/* Bit 0 of an address set: octets that a device gave (sim/bus/medium.h). */
static void
dissect_read(struct dissector *x, struct bytes frame)
{
    line_add(x, 0, "I2C: %zu octets read from %02Xh", frame.len - 1, frame.at[0] & ~1u);
    summary_add(x, "read from %02Xh:", frame.at[0] & ~1u);
    for (size_t i = 1; i < frame.len; i++)
        summary_add(x, " %02x", frame.at[i]);
}

void
dissect_ipmb(struct dissector *x, struct bytes frame)
{
    bool broadcast = frame.len > IPMB_FRAME_MIN && frame.at[0] == IPMB_BROADCAST;
    struct bytes message = frame;

    if (frame.len > 0 && frame.at[0] & 1) {
        dissect_read(x, frame);
        return;
    }
    if (broadcast)
        message = bytes_of(frame.at + 1, frame.len - 1);
    if (message.len < IPMB_FRAME_MIN) {
        x->d->bad = true;
        dissect_unknown(x, "IPMB frame that is cut short", frame);
        return;
    }
    name_sides(x->d, message.at[3], message.at[0]);
    line_add(x, 0, "IPMB: %02Xh > %02Xh, %zu octets%s", message.at[3], message.at[0],
             frame.len, broadcast ? ", broadcast" : "");
    if (broadcast)
        summary_add(x, "broadcast ");
    dissect_lanmsg(x, 0, 0, message);
}

/* ---- ICMB ---- */

static void
line_icmb(struct dissector *x, const struct icmb_frame *f)
{
    line_add(x, 0, "ICMB %s: %04Xh > %04Xh%s, sequence %u, privilege %s",
             f->response ? "response" : "request", f->from, f->to,
             f->to == ICMB_ALL ? " (all)" : "", f->seq, privilege_text(f->privilege));
}

void
dissect_icmb(struct dissector *x)
{
    struct icmb_frame f;
    struct ipmi_message m;

    if (!icmb_parse(x->f->bytes, &f)) {
        x->d->bad = true;
        dissect_unknown(x, "ICMB frame that is cut short or damaged", x->f->bytes);
        return;
    }
    (void)snprintf(x->d->from, sizeof x->d->from, "%04Xh", f.from);
    (void)snprintf(x->d->to, sizeof x->d->to, "%04Xh", f.to);
    line_icmb(x, &f);
    m = (struct ipmi_message){
        .to = (uint8_t)f.to, .from = (uint8_t)f.from, .cmd = f.cmd, .seq = f.seq,
        .netfn = (uint8_t)(NETFN_BRIDGE | f.response), .data = f.data,
    };
    dissect_message(x, 0, &m);
}

/* ---- the system interface ---- */

void
dissect_sysif(struct dissector *x)
{
    struct rd r = rd_of(x->f->bytes);
    uint8_t netfn = rd_u8(&r);
    struct ipmi_message m = { .to = BMC_ADDRESS, .netfn = netfn >> 2, .to_lun = netfn & 3,
                              .cmd = rd_u8(&r) };

    m.data = rd_rest(&r);
    if (r.bad) {
        x->d->bad = true;
        dissect_unknown(x, "system interface message that is cut short", x->f->bytes);
        return;
    }
    (void)snprintf(x->d->from, sizeof x->d->from, "%s", m.netfn & 1 ? "BMC" : "host");
    (void)snprintf(x->d->to, sizeof x->d->to, "%s", m.netfn & 1 ? "host" : "BMC");
    if (m.netfn & 1) {
        m.from = BMC_ADDRESS;
        m.to = 0;
    }
    line_add(x, 0, "System interface: %zu octets", x->f->bytes.len);
    dissect_message(x, 0, &m);
}
