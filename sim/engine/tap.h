/*
 * tap.h - everything that crosses a link, shown to who listens.
 *
 * A link emits one event a frame or datagram, with what became of it (its
 * fate) and why. Nobody listening costs one pointer test. The octets are
 * borrowed for the length of the call.
 */
#ifndef IPMILAB_ENGINE_TAP_H
#define IPMILAB_ENGINE_TAP_H

#include "sim/base/bytes.h"
#include "sim/engine/instant.h"
#include "sim/engine/peer.h"

/* What became of a frame. */
enum fate {
    FATE_DELIVERED,
    FATE_LOST,
    FATE_COLLIDED,
    FATE_NAKED,
    FATE_CORRUPTED,   /* delivered, damaged */
    FATE_TRUNCATED,   /* delivered, cut */
    FATE_DELAYED,     /* delivered later than it would have been */
    FATE_DUPLICATED,  /* delivered once more */
    FATE_REFUSED,     /* the receiver answered with an error, or not at all */
    FATE_IGNORED,     /* the receiver dropped it; why says the reason */
    FATE_MERGED,      /* an equal frame, sent at the same time, carried it along */
    FATES
};

enum tap_link {
    TAP_LAN,          /* a datagram as on the wire */
    TAP_LAN_CLEAR,    /* the decrypted copy of an RMCP+ packet */
    TAP_IPMB,         /* a frame on a bus, leading slave address included */
    TAP_SYSIF,        /* a system interface message */
    TAP_ICMB,         /* a frame between chassis, as the receiver has it */
    TAP_NOTE,         /* no bytes: a fault armed, a power event, words in why */
    TAP_LINKS
};

enum tap_dir { TAP_TO_BMC, TAP_FROM_BMC, TAP_ON_BUS };

struct tap_event {
    instant at;
    uint32_t chassis;         /* number of the chassis in its lab, from 0 */
    enum tap_link link;
    uint8_t number;           /* channel or bus number */
    enum tap_dir dir;
    enum fate fate;
    const char *why;          /* NULL, or words: the drop reason, the fault's name */
    struct peer local;        /* LAN only: the BMC's simulated endpoint */
    struct peer remote;       /* LAN only: the other side */
    struct bytes bytes;
};

struct tap {
    void (*emit)(void *ctx, const struct tap_event *ev);
    void *ctx;
};

/* A fate in one word ("delivered"); never NULL. */
const char *fate_text(enum fate fate);

/* Show ev when somebody listens; tap may be NULL. */
static inline void
tap_emit(const struct tap *tap, const struct tap_event *ev)
{
    if (tap != NULL)
        tap->emit(tap->ctx, ev);
}

#endif
