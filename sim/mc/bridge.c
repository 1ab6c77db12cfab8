#include "sim/mc/bridge.h"

#include <stdlib.h>

#include "sim/mc/bridge_parts.h"

/* Send Message, byte 1. */
#define CHANNEL_BITS   0x0f
#define TRACKING_SHIFT 6

/* ---- Send Message ---- */

enum ipmi_cc
bridge_send(struct mc *mc, struct ipmi_req *rq)
{
    uint8_t control = rd_u8(&rq->data);
    unsigned tracking = control >> TRACKING_SHIFT;
    const struct channel *to = mc_channel(mc, rq, control & CHANNEL_BITS);
    struct bytes message = rd_rest(&rq->data);

    if (to == NULL || tracking == TRACK_RESERVED ||
        (tracking == TRACK_RAW && to->medium != MEDIUM_IPMB))
        return CC_INVALID_FIELD;
    if (to->medium != MEDIUM_SYSTEM && rq->privilege < PRIV_OPERATOR)
        return CC_PRIVILEGE;
    switch (to->medium) {
    case MEDIUM_IPMB: return bridge_to_bus(mc, rq, tracking, to, message);
    case MEDIUM_LAN: return bridge_to_session(mc, rq, tracking, to, message);
    case MEDIUM_SYSTEM: return bridge_to_software(mc, rq, message);
    case MEDIUM_ICMB_10: return icmb_bridge_send(mc, rq, message);
    default: return CC_INVALID_FIELD;
    }
}

/* ---- settings, sessions, resets ---- */

enum status
bridge_set_style(struct mc *mc, enum bridge_style style)
{
    struct bridge *b = bridge_table(mc);

    if (b == NULL)
        return ST_NOMEM;
    b->style = (uint8_t)style;
    return ST_OK;
}

struct bridge_stats
bridge_stats(const struct mc *mc)
{
    static const struct bridge_stats none;

    return mc->messages->bridge != NULL ? mc->messages->bridge->stats : none;
}

static bool
concerns(const struct entry *e, uint8_t channel, uint32_t session)
{
    return (e->origin.channel == channel && e->origin.session == session) ||
           (e->kind == ENTRY_SESSION && e->channel == channel && e->session == session);
}

void
bridge_session_ended(struct mc *mc, uint8_t channel, uint32_t session)
{
    struct bridge *b = mc->messages->bridge;

    for (size_t i = 0; b != NULL && session && i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE && concerns(&b->at[i], channel, session))
            bridge_end(b, &b->at[i]);
}

void
bridge_reset(struct mc *mc)
{
    struct bridge *b = mc->messages->bridge;

    for (size_t i = 0; b != NULL && i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE)
            bridge_end(b, &b->at[i]);
}

void
bridge_free(struct mc *mc)
{
    struct bridge *b = mc->messages->bridge;

    if (b == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &b->expiry);
    free(b);
    mc->messages->bridge = NULL;
}
