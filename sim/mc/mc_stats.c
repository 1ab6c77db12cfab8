#include "sim/mc/mc_stats.h"

#include "sim/mc/bridge.h"
#include "sim/mc/mc_parts.h"

struct mc_stats
mc_stats(const struct mc *mc)
{
    struct bridge_stats bridge = bridge_stats(mc);

    return (struct mc_stats){
        .port = mc->port != NULL ? ipmb_port_stats(mc->port) : NULL,
        .bridged = bridge.sent,
        .bridge_answered = bridge.answered,
        .bridge_expired = bridge.expired,
        .bridge_refused = bridge.refused,
        .queued = messages_waiting(mc->messages),
        .queue_dropped = mc->messages->dropped,
        .events_dropped = mc->events.dropped,
    };
}
