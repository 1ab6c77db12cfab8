/*
 * input_record.h - what reached a lab from outside, as a record of a trace:
 * the packets of the interface "inputs" (link type USER0).
 *
 * A packet's time-stamp is the instant of its input; inputs of one instant
 * stand in the order in which they came. Numbers are little-endian.
 *
 *     01h, kind, chassis number (4), then by kind:
 *
 *     01h endpoint   lan, peer (19): the BMC's side of it; port (2): where
 *                    consoles reach it
 *     02h datagram   lan, peer (19): from; octets
 *     03h action     what, lun, number, value, flags ([0] on, [1] event, [2] a
 *                    rule follows), mc (2), body (13), id (4) [, rule]
 *     04h plug       a program outside is at the host's serial port
 *     05h unplug     no longer
 *     06h speak      it has characters
 *     07h listen     it can take more
 *     08h said       octets: the characters it gave when it was asked
 *     09h taken      count (2): of those it was given, how many it took
 *     0Ah read       flags ([0] good, [1] more follows), octets: what a file
 *                    held when the lab read it
 *     0Bh written    flags ([0] good)
 *     0Ch end        the run ended here
 *     0Dh outside    octets: a piece of what the world outside gave a scenario
 *                    (lua/outside_log.h), in their order
 *
 *     peer: family (0, 4 or 6; [7] the BMC's secondary RMCP port is meant), port
 *           (2), address (16)
 *     rule: effect, place, mask, link, number, dir, netfn, cmd, payload type,
 *           source, target, lun, seq, offset (4 each, signed), ppm, every,
 *           times, count (4 each), from, until, span, jitter, the two words of
 *           its set (8 each), name (its length, then so many octets)
 *
 * "lan" counts the LAN channels of a chassis' controllers in their order.
 * What an action does, and what a rule's numbers mean, is as in action.h and
 * fault.h of the version that made the trace.
 */
#ifndef IPMILAB_CAPTURE_INPUT_RECORD_H
#define IPMILAB_CAPTURE_INPUT_RECORD_H

#include "sim/base/wr.h"
#include "sim/engine/fault.h"
#include "sim/engine/peer.h"

#define INPUT_RECORD_MAX 4000      /* octets of a record */
#define INPUT_OCTETS_MAX 3900      /* octets in one; what a file held may need several */
#define INPUT_BODY 13

enum input_kind {
    INPUT_ENDPOINT = 0x01,
    INPUT_DATAGRAM = 0x02,
    INPUT_ACTION = 0x03,
    INPUT_PLUG = 0x04,
    INPUT_UNPLUG = 0x05,
    INPUT_SPEAK = 0x06,
    INPUT_LISTEN = 0x07,
    INPUT_SAID = 0x08,
    INPUT_TAKEN = 0x09,
    INPUT_READ = 0x0a,
    INPUT_WRITTEN = 0x0b,
    INPUT_END = 0x0c,
    INPUT_OUTSIDE = 0x0d,
};

struct input_action {
    uint8_t what, lun, number, value;
    uint16_t mc;
    bool on, event;
    bool has_rule;
    uint8_t body[INPUT_BODY];
    uint32_t id;
};

struct input_record {
    enum input_kind kind;
    uint32_t chassis;
    uint8_t lan;
    struct peer peer;
    uint16_t port;
    uint16_t count;
    bool good, more;
    struct bytes octets;                   /* borrowed */
    struct input_action action;
    struct fault_rule rule;                /* of an action; name points to rule_name */
    char rule_name[FAULT_NAME_MAX + 1];
};

/* Write a record; w goes bad when there is no room. */
void input_record_build(struct wr *w, const struct input_record *m);

/* Take a record apart. False, *m unspecified, when it is none: too short or
 * too long for its kind, or with bits that mean nothing. m->octets lies in
 * it. The name of the rule is m's own, so m must stay where it is. */
bool input_record_parse(struct bytes in, struct input_record *m);

/* A kind in one word ("datagram"); never NULL. */
const char *input_kind_text(enum input_kind kind);

/* A record in words, "datagram for chassis 0, LAN 0 from 127.0.0.1:40000, 23
 * octets", into size characters. Returns to. */
char *input_record_text(struct bytes in, char *to, size_t size);

/* True for the answers: what the lab asked for. */
static inline bool
input_is_answer(enum input_kind kind)
{
    return kind >= INPUT_SAID && kind <= INPUT_WRITTEN;
}

#endif
