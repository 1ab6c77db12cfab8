/*
 * frame.h - what the octets of a tap's event say, as far as claims about
 * traces need it: names, and the fields of the message inside.
 *
 * A packet that is encrypted says no more than its header. Nothing here
 * allocates or keeps pointers.
 */
#ifndef IPMILAB_LUA_FRAME_H
#define IPMILAB_LUA_FRAME_H

#include <stdbool.h>

#include "capture/command_names.h"
#include "sim/engine/tap.h"

#define FRAME_UNKNOWN (-1)

struct frame_facts {
    const char *name;        /* "Get Device ID", "RAKP 2", "Presence Ping"; NULL; constant */
    const char *payload;     /* "ipmi", "rakp 2", "sol", ...; NULL on a bus; constant */
    int netfn, cmd, lun, seq;         /* of the message, or FRAME_UNKNOWN */
    int cc;                           /* of a response */
    int source, target;               /* slave addresses, software ids */
    bool rmcpp, encrypted;
    uint32_t session, session_seq;    /* of the packet */
    struct bytes data;                /* behind the command, or the completion code */
};

/* names may be NULL: then commands have none. */
void frame_look(const struct tap_event *ev, const struct command_names *names,
                struct frame_facts *out);

#endif
