/*
 * dissect_parts.h - the dissector from the inside.
 *
 * For the files of capture/dissect_*.c only:
 *
 *     dissect.c          frames: which link, and what a capture's packet holds
 *     dissect_lines.c    lines and summary
 *     dissect_lan.c      RMCP, ASF, both session wrappers, traps
 *     dissect_setup.c    Open Session, RAKP messages
 *     dissect_sol.c      Serial over LAN
 *     dissect_message.c  IPMI messages, wherever they travel
 *     dissect_fields.c   what the data of common commands mean
 *     dissect_bus.c      IPMB, ICMB, the system interface
 */
#ifndef IPMILAB_CAPTURE_DISSECT_PARTS_H
#define IPMILAB_CAPTURE_DISSECT_PARTS_H

#include "capture/conversation.h"
#include "capture/dissect.h"
#include "sim/wire/rmcpp.h"

struct dissector {
    struct conversation *c;            /* or NULL */
    const struct dissect_frame *f;
    struct dissection *d;
    struct conversation_session *s;    /* the frame's session; NULL */
    bool sided, to_bmc;                /* sided: which way it goes is known */
    unsigned depth;                    /* of messages within messages */
};

/* ---- dissect_lines.c ---- */

/* A line of the tree. */
__attribute__((format(printf, 3, 4)))
void line_add(struct dissector *x, unsigned depth, const char *format, ...);

/* A line "name: 00 01 02 ...", cut when it gets long; none for no octets. */
void line_octets(struct dissector *x, unsigned depth, const char *name, struct bytes octets);

/* Append to the summary. */
__attribute__((format(printf, 2, 3)))
void summary_add(struct dissector *x, const char *format, ...);

/* " 00 01 02", the first of them, into size characters. Returns to. */
const char *octets_text(struct bytes octets, char *to, size_t size);

/* It is not understood: why, and its octets. */
void dissect_unknown(struct dissector *x, const char *why, struct bytes octets);

/* ---- dissect_lan.c ---- */
void dissect_datagram(struct dissector *x);

/* ---- dissect_setup.c ---- */
bool dissect_is_setup(uint8_t payload_type);
void dissect_setup(struct dissector *x, uint8_t payload_type, struct bytes payload);

/* ---- dissect_sol.c ---- */
void dissect_sol(struct dissector *x, struct bytes payload);

/* ---- dissect_message.c ---- */

struct ipmi_message {
    uint8_t to, from;                  /* addresses, where it has some */
    uint8_t to_lun, from_lun;
    uint8_t netfn, cmd, seq;
    uint32_t sid;                      /* session it travels in; 0 = none */
    struct bytes data;                 /* of a response: the completion code first */
};

/* Name it, and pair it with its request or response. */
void dissect_message(struct dissector *x, unsigned depth, const struct ipmi_message *m);

/* One that stands in octets as LAN and IPMB have it: rsSA .. checksum. */
void dissect_lanmsg(struct dissector *x, unsigned depth, uint32_t sid, struct bytes in);

/* The name of a command, "command 42h" if it has none. */
const char *message_name(struct dissector *x, const struct ipmi_message *m, uint32_t id,
                         char *to, size_t size);

/* ---- dissect_fields.c ---- */

/* The data of a request or response as fields, those that are known; what is
 * left as octets. */
void dissect_fields(struct dissector *x, unsigned depth, const struct ipmi_message *m,
                    struct bytes data);

/* ---- dissect_bus.c ---- */
void dissect_ipmb(struct dissector *x, struct bytes frame);
void dissect_icmb(struct dissector *x);
void dissect_sysif(struct dissector *x);

#endif
