/*
 * solmux.h - Serial over LAN between one session and a serial line, sans-IO:
 * the BMC's half of the protocol.
 * Spec: IPMI v2.0 15; SOL configuration parameters 3 and 4.
 *
 * Towards the console: characters are gathered for the accumulate interval,
 * or until the send threshold is reached, and sent as one packet of at most
 * SOL_CHARS_MAX. One packet is under way at a time. It is sent again, under
 * its number, each time the retry interval passes without an acknowledgement;
 * when the retries are used up its characters are dropped, which the next
 * packet tells as an overrun. What a console accepted only in part goes on in
 * a packet with a new number: at once, or, when it refused (NACK, or nothing
 * of it accepted), when it is heard again or the retry interval has passed. A
 * console that refuses loses nothing, however long it does.
 *
 * Towards the host: a packet is acknowledged when the host has taken all of
 * its characters. That may last as long as SOLMUX_HOLD, after which what was
 * taken is acknowledged in part (NACK when that is nothing) and the console
 * sends the rest again. A packet that comes again is acknowledged as before
 * and changes nothing; one that was refused whole is taken as new. Packets
 * with number 0 are never acknowledged and their characters are ignored;
 * empty packets with a number are acknowledged, which consoles use to keep a
 * session alive.
 *
 * No character waits outside the two packets' worth of room here: who has
 * more keeps it until told (room, solmux_typed_room()).
 *
 * CTS and DCD/DSR are as the latest packet says; break, ring and flushes
 * happen once a packet. Nothing here allocates after solmux_new().
 */
#ifndef IPMILAB_LAN_SOLMUX_H
#define IPMILAB_LAN_SOLMUX_H

#include "sim/engine/world.h"
#include "sim/wire/sol.h"

#define SOLMUX_ROOM (2 * SOL_CHARS_MAX)       /* characters towards the console */
#define SOLMUX_HOLD SPAN_MS(200)
#define SOLMUX_ACCUMULATE_UNIT SPAN_MS(5)
#define SOLMUX_RETRY_UNIT SPAN_MS(10)
#define SOLMUX_RETRY_LEAST SPAN_MS(1)         /* "back to back" */

/* SOL parameters 3 and 4, as they stand on the wire. */
struct solmux_rules {
    uint8_t accumulate;        /* SOLMUX_ACCUMULATE_UNIT; 0 counts as 1 */
    uint8_t threshold;         /* characters; 0 = none */
    uint8_t retries;
    uint8_t retry_interval;    /* SOLMUX_RETRY_UNIT; 0 = SOLMUX_RETRY_LEAST */
};

struct solmux_sinks {
    void *ctx;
    const struct solmux_rules *rules;   /* borrowed; may change at any time */

    /* Send a SOL payload to the console. */
    void (*send)(void *ctx, struct bytes payload);

    /* Characters for the host: how many it took. When not all,
     * solmux_typed_room() tells that it can take more. */
    size_t (*typed)(void *ctx, struct bytes chars);

    /* There is room for output again. */
    void (*room)(void *ctx);

    /* The console's operations: enum sol_operation; SOL_PAUSE and SOL_HANG_UP
     * as they are now, the others once. */
    void (*operate)(void *ctx, uint8_t operations);
};

struct solmux_stats {
    uint64_t sent, typed;      /* characters acknowledged by the console; by us */
    uint64_t dropped;          /* towards the console */
    uint64_t retries, repeats; /* packets sent again; that came again */
    uint64_t refused;          /* packets that the console did not accept whole */
};

struct solmux;

/* Copies sinks. ST_NOMEM. */
enum status solmux_new(struct world *world, const struct solmux_sinks *sinks,
                       struct solmux **out);
void solmux_free(struct solmux *mux);

/* A SOL payload from the console; false when it is none. */
bool solmux_input(struct solmux *mux, struct bytes payload);

/* How many characters solmux_output() would take; take them. What is above
 * that is left. Returns how many. */
size_t solmux_room(const struct solmux *mux);
size_t solmux_output(struct solmux *mux, struct bytes chars);

/* The host can take typed characters again. */
void solmux_typed_room(struct solmux *mux);

/* The host sent a break. */
void solmux_break(struct solmux *mux);

/* Whether somebody listens at the host's end; told when it changes. */
void solmux_set_available(struct solmux *mux, bool available);

/* The same for one that was just made, before its activation is answered: the
 * next packet tells it, for one now would come before that answer. */
void solmux_begin_unavailable(struct solmux *mux);

/* Tell the console that SOL ends. What was not sent yet is forgotten. */
void solmux_end(struct solmux *mux);

const struct solmux_stats *solmux_stats(const struct solmux *mux);

#endif
