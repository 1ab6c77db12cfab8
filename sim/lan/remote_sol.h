/*
 * remote_sol.h - Serial over LAN from the console's side, sans-IO: on top of
 * a remote's open RMCP+ session.
 *
 * It activates the payload, sends what is typed - a packet at a time, again
 * until it is acknowledged - and acknowledges what comes. Its caller drives it
 * as it drives the remote: remote_sol_expire() when remote_sol_deadline() is
 * reached; what it sends comes out of remote_output(). It takes the remote's
 * one place for payloads while it lives.
 *
 * Rules that the BMC breaks are told in words, as remote.h does it. Nothing
 * but remote_sol_new() allocates.
 * Spec: IPMI v2.0 15, 24.1, 24.2.
 */
#ifndef IPMILAB_LAN_REMOTE_SOL_H
#define IPMILAB_LAN_REMOTE_SOL_H

#include "sim/lan/remote.h"
#include "sim/wire/sol.h"

#define REMOTE_SOL_TYPED 1024          /* characters that wait to be sent */
#define REMOTE_SOL_TIMEOUT SPAN_MS(500)
#define REMOTE_SOL_RETRIES 10

enum remote_sol_state {
    REMOTE_SOL_ACTIVATING, REMOTE_SOL_ACTIVE,
    REMOTE_SOL_REFUSED,                /* remote_sol_cc() tells why */
    REMOTE_SOL_ENDED,                  /* deactivated, by either side */
    REMOTE_SOL_LOST,                   /* no answer any more */
};

struct remote_sol_opts {
    uint8_t instance;                  /* 0 = 1 */
    bool plain, uncoded;               /* no encryption; no authentication */
    /* Characters from the host, borrowed for the call: how many are accepted.
     * Fewer than all: the others are to come again. */
    size_t (*heard)(void *ctx, struct bytes chars);
    void *ctx;
};

struct remote_sol;

/* Begin to activate. r has an open session; borrowed. */
enum status remote_sol_new(struct remote *r, instant now, const struct remote_sol_opts *opts,
                           struct remote_sol **out);
void remote_sol_free(struct remote_sol *s);

/* Type characters: how many there was room for. */
size_t remote_sol_type(struct remote_sol *s, instant now, struct bytes chars);

/* Send operations (enum sol_operation) with the next packet, now. SOL_PAUSE and
 * SOL_HANG_UP stay until others are given. */
void remote_sol_operate(struct remote_sol *s, instant now, uint8_t operations);

/* Deactivate the payload. */
void remote_sol_end(struct remote_sol *s, instant now);

instant remote_sol_deadline(const struct remote_sol *s);
void remote_sol_expire(struct remote_sol *s, instant now);

enum remote_sol_state remote_sol_state(const struct remote_sol *s);
uint8_t remote_sol_cc(const struct remote_sol *s);

/* The BMC's latest status (enum sol_status); port of its Activate answer. */
uint8_t remote_sol_status(const struct remote_sol *s);
uint16_t remote_sol_port(const struct remote_sol *s);

/* All that was typed is acknowledged. */
bool remote_sol_idle(const struct remote_sol *s);

/* The rule that the BMC broke last; NULL. */
const char *remote_sol_violation(const struct remote_sol *s);

#endif
