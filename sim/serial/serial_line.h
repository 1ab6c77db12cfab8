/*
 * serial_line.h - a serial line that leads into a controller: messages in
 * one of the codecs of sim/wire/serial_basic.h and serial_text.h.
 *
 * Sans-IO: it is handed characters and gives characters back. There are no
 * sessions: who holds the other end of the cable is trusted, as ipmi_sim does;
 * what the channel number and the privilege are is the owner's choice.
 *
 * A message that cannot be understood is dropped, and the tap is told why. In
 * basic mode each packet is followed by a handshake. In terminal mode what is
 * no message gets "[ERR C7]" (malformed) or "[ERR C1]" (words; there are
 * none). In Radisys's mode a message for another address than the
 * controller's own or 01h is sent on to its IPMB, untracked (Send Message,
 * channel 0); where that leads to is heard nothing of here. In basic mode it
 * is dropped.
 *
 * Each message crosses a link, in and out, as TAP_SYSIF: network function and
 * LUN, command, completion code, data. Lost and damaged ones are so for either
 * end; faults ask for them by netfn, cmd, lun and seq.
 */
#ifndef IPMILAB_SERIAL_SERIAL_LINE_H
#define IPMILAB_SERIAL_SERIAL_LINE_H

#include "sim/engine/link.h"
#include "sim/ipmi/request.h"

enum serial_codec {
    SERIAL_CODEC_BASIC,      /* "Direct" in lan.conf */
    SERIAL_CODEC_TERMINAL,
    SERIAL_CODEC_RADISYS,
};

/* Octets of an answer after its completion code that the line has room for. */
#define SERIAL_LINE_ROOM 240u

struct serial_line;

struct serial_line_config {
    struct world *world;     /* borrowed */
    uint8_t codec;           /* enum serial_codec */
    uint8_t channel;         /* number */
    uint8_t privilege;       /* of all that is asked */
    uint8_t address;         /* of the controller */
};

struct serial_line_sinks {
    void *ctx;
    ipmi_request_fn *request;

    /* Characters for the line, a whole message; borrowed for the call. */
    void (*say)(void *ctx, struct bytes chars);
};

/* ST_NOMEM. */
enum status serial_line_new(const struct serial_line_config *config,
                            const struct serial_line_sinks *sinks, struct serial_line **out);

/* Nothing must be asked any more: answers to come would find it gone. */
void serial_line_free(struct serial_line *line);

/* Characters came. */
void serial_line_hear(struct serial_line *line, struct bytes chars);

/* The cable was pulled: half a message is forgotten. */
void serial_line_hang_up(struct serial_line *line);

struct serial_line_stats {
    uint64_t requests, answers;
    uint64_t bad;            /* messages dropped */
};
const struct serial_line_stats *serial_line_stats(const struct serial_line *line);

#endif
