#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define EVM_REV_10   0x03
#define RECEIVER_LUN 0x03

/* Setting the event receiver re-arms all sensors, so that a new receiver
 * learns what is wrong now. */
static enum ipmi_cc
set_event_receiver(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t address = rd_u8(&rq->data);
    uint8_t lun = rd_u8(&rq->data) & RECEIVER_LUN;

    (void)rs;
    if (address != EVENT_RECEIVER_NONE && (address & 1 || address == 0))
        return CC_INVALID_FIELD;
    events_set_receiver(mc, address, lun);
    if (address != EVENT_RECEIVER_NONE)
        sensors_rearm(mc);
    return CC_OK;
}

static enum ipmi_cc
get_event_receiver(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->events.receiver);
    wr_u8(rs, mc->events.receiver_lun);
    return CC_OK;
}

/* One of the optional data octets. */
static uint8_t
data_or_none(struct rd *r)
{
    return rd_left(r) ? rd_u8(r) : EVENT_DATA_NONE;
}

/* It came by a further bus of a controller that has another event receiver: a
 * carrier, and one of its modules. */
static bool
is_carried(const struct mc *mc, const struct ipmi_req *rq)
{
    return rq->from.channel != CHANNEL_PRIMARY_IPMB && mc_port(mc, rq->from.channel) != NULL &&
           !events_receives(mc);
}

/* A carrier passes events of its modules on as its own: nothing in an event
 * message could say whose they are. */
static void
pass_on(struct mc *mc, uint8_t module, const struct mc_event *ev)
{
    picmg_module_event(mc, module, ev);
    mc_event(mc, ev);
}

static enum ipmi_cc
platform_event_message(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    bool system = rq->from.channel == CHANNEL_SYSTEM;
    uint8_t generator[2] = { rq->from.rq_addr,
                             (uint8_t)(rq->from.channel << 4 | (rq->from.rq_lun & 3)) };
    struct mc_event ev = { 0 };
    uint8_t revision;

    (void)rs;
    if (system) {
        /* System software says who it is; nothing else on that interface does. */
        generator[0] = rd_u8(&rq->data);
        generator[1] = 0;
    }
    if (rd_left(&rq->data) < 5 || rd_left(&rq->data) > 7)
        return CC_LENGTH;
    revision = rd_u8(&rq->data);
    if (revision != EVM_REV_10 && revision != EVM_REV_15)
        return CC_INVALID_FIELD;
    ev.lun = generator[1] & 3;
    ev.sensor_type = rd_u8(&rq->data);
    ev.sensor_number = rd_u8(&rq->data);
    ev.type_dir = rd_u8(&rq->data);
    ev.data[0] = rd_u8(&rq->data);
    ev.data[1] = data_or_none(&rq->data);
    ev.data[2] = data_or_none(&rq->data);
    if (!is_carried(mc, rq))
        return event_received(mc, generator, &ev) ? CC_OK : CC_NO_SPACE;
    pass_on(mc, generator[0], &ev);
    return CC_OK;
}

static const struct command rows[] = {
    { NETFN_SENSOR, 0x00, "Set Event Receiver", NEEDS_ADMIN, 2, 2, GROUP_EVENT_GENERATOR,
      set_event_receiver, "29.1" },
    { NETFN_SENSOR, 0x01, "Get Event Receiver", NEEDS_USER | READS, 0, 0,
      GROUP_EVENT_GENERATOR, get_event_receiver, "29.2" },
    { NETFN_SENSOR, 0x02, "Platform Event Message", NEEDS_OPERATOR, 5, 8,
      GROUP_EVENT_RECEIVER, platform_event_message, "29.3" },
};

const struct command_table event_commands = {
    .subject = "event",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
