#include "sim/mc/reply.h"

#include "sim/mc/mc_parts.h"

size_t
reply_room(const struct mc *mc, const struct ipmi_req *rq)
{
    const struct channel *channel = &mc->channels[rq->from.channel % CHANNELS];

    return channel->present && channel->medium == MEDIUM_IPMB ? REPLY_IPMB : REPLY_OTHER;
}
