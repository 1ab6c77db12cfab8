#include "sim/mc/bridge.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/sel_sensor.h"

#define ENABLES_ALL                                                          \
    (ENABLE_QUEUE_INTERRUPT | ENABLE_EVENT_INTERRUPT | ENABLE_EVENT_BUFFER | \
     ENABLE_SEL_LOGGING | ENABLE_OEM)
#define CHANNEL_BITS 0x0f
#define RECEIVE_BITS 0x03
#define CC_EMPTY     CC_CMD_80

enum { RECEIVE_DISABLE, RECEIVE_ENABLE, RECEIVE_GET };

static enum ipmi_cc
set_global_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t enables = rd_u8(&rq->data);

    (void)rs;
    if (enables & ~ENABLES_ALL)
        return CC_INVALID_FIELD;
    sel_sensor_disabled(mc, !(enables & ENABLE_SEL_LOGGING));
    mc->messages->enables = enables;
    return CC_OK;
}

static enum ipmi_cc
get_global_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->messages->enables);
    return CC_OK;
}

static enum ipmi_cc
clear_message_flags(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct messages *m = mc->messages;
    uint8_t flags = rd_u8(&rq->data);

    (void)rs;
    if (flags & FLAG_QUEUE)
        messages_flush(m);
    if (flags & FLAG_EVENT)
        m->event_held = false;
    m->flags &= (uint8_t)~flags;
    return CC_OK;
}

static enum ipmi_cc
get_message_flags(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, messages_flags(mc->messages));
    return CC_OK;
}

static enum ipmi_cc
enable_channel_receive(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, NULL, rd_u8(&rq->data) & CHANNEL_BITS);
    uint8_t what = rd_u8(&rq->data) & RECEIVE_BITS;
    uint16_t bit;

    if (c == NULL || c->medium == MEDIUM_SYSTEM || what > RECEIVE_GET)
        return CC_INVALID_FIELD;
    bit = (uint16_t)(1u << c->number);
    if (what == RECEIVE_DISABLE)
        mc->messages->receive_off |= bit;
    else if (what == RECEIVE_ENABLE)
        mc->messages->receive_off &= (uint16_t)~bit;
    wr_u8(rs, c->number);
    wr_u8(rs, !(mc->messages->receive_off & bit));
    return CC_OK;
}

static enum ipmi_cc
get_message(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct bytes oldest = messages_oldest(mc->messages);

    (void)rq;
    if (oldest.len == 0)
        return CC_EMPTY;
    wr_span(rs, oldest);
    messages_take(mc->messages);
    return CC_OK;
}

static enum ipmi_cc
send_message(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return bridge_send(mc, rq);
}

static enum ipmi_cc
read_event_buffer(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    if (!mc->messages->event_held)
        return CC_EMPTY;
    wr_bytes(rs, mc->messages->event, MESSAGES_EVENT);
    mc->messages->event_held = false;
    return CC_OK;
}

/* Send Message is every controller's: a satellite may bridge further. */
static const struct command rows[] = {
    { NETFN_APP, 0x2e, "Set BMC Global Enables", NEEDS_SYSTEM, 1, 1, GROUP_BMC,
      set_global_enables, "22.1" },
    { NETFN_APP, 0x2f, "Get BMC Global Enables", NEEDS_USER | READS, 0, 0, GROUP_BMC,
      get_global_enables, "22.2" },
    { NETFN_APP, 0x30, "Clear Message Flags", NEEDS_SYSTEM, 1, 1, GROUP_BMC,
      clear_message_flags, "22.3" },
    { NETFN_APP, 0x31, "Get Message Flags", NEEDS_SYSTEM | READS, 0, 0, GROUP_BMC,
      get_message_flags, "22.4" },
    { NETFN_APP, 0x32, "Enable Message Channel Receive", NEEDS_SYSTEM, 2, 2, GROUP_BMC,
      enable_channel_receive, "22.5" },
    { NETFN_APP, 0x33, "Get Message", NEEDS_SYSTEM, 0, 0, GROUP_BMC, get_message,
      "22.6" },
    { NETFN_APP, 0x34, "Send Message", NEEDS_USER, 1, LEN_ANY, 0, send_message, "22.7" },
    { NETFN_APP, 0x35, "Read Event Message Buffer", NEEDS_SYSTEM, 0, 0, GROUP_BMC,
      read_event_buffer, "22.8" },
};

const struct command_table message_commands = { "messages", rows,
                                                sizeof rows / sizeof rows[0], 0 };
