#include "sim/mc/alert.h"
#include "sim/mc/mc_parts.h"
#include "sim/oem/intel_nm.h"

/* Events: type, and event data 1 with octets 2 and 3 of OEM meaning. */
#define TYPE_POLICY 0x72
#define TYPE_HEALTH 0x73
#define DATA_OEM 0xa0
#define DATA_CORRECTION 0x08           /* else the number of a threshold */
#define DATA_NODE_MANAGER 0x02
#define ERROR_SHUTDOWN 0xf0            /* in event data 2 of the health event */

#define DESTINATION_NONE 0x80
#define DESTINATION_CHANNEL 0x0f
#define CMD_PLATFORM_EVENT 0x02
#define CMD_ALERT_IMMEDIATE 0x16
#define MESSAGE 7

static void
message_of(const struct mc_event *ev, struct wr *w)
{
    wr_u8(w, EVM_REV_15);
    wr_u8(w, ev->sensor_type);
    wr_u8(w, ev->sensor_number);
    wr_u8(w, ev->type_dir);
    wr_bytes(w, ev->data, sizeof ev->data);
}

static void
ask_sensor_device(struct nm *nm, uint8_t target, uint8_t cmd, const struct wr *message)
{
    struct ipmb_ask ask = {
        .target = target, .netfn = NETFN_SENSOR, .cmd = cmd, .data = wr_bytes_of(message),
    };

    if (nm->mc->port != NULL)
        (void)ipmb_port_ask(nm->mc->port, &ask, NULL);
}

/* Alert Immediate of our own LAN, or the BMC's to be asked for. */
static void
alert_by_lan(struct nm *nm, const struct mc_event *ev)
{
    const uint8_t *d = nm->destination;
    int lan = mc_lan_index(nm->mc, d[0] & DESTINATION_CHANNEL);
    struct alert_order order = {
        .lan = (uint8_t)lan, .destination = d[1], .string = d[2], .has_event = true,
        .event = { nm->mc->machine->address, ev->sensor_type, ev->sensor_number, ev->type_dir,
                   { ev->data[0], ev->data[1], ev->data[2] } },
    };
    uint8_t room[4 + MESSAGE];
    struct wr w = wr_of(room, sizeof room);

    if (nm->mc->opts.bmc) {
        if (lan >= 0)
            (void)alerts_order(nm->mc, &order);
        return;
    }
    wr_u8(&w, d[0] & DESTINATION_CHANNEL);
    wr_u8(&w, d[1]);
    wr_u8(&w, d[2]);
    wr_u8(&w, nm->mc->machine->address);
    wr_u8(&w, ev->sensor_type);
    wr_u8(&w, ev->sensor_number);
    wr_u8(&w, ev->type_dir);
    wr_bytes(&w, ev->data, sizeof ev->data);
    ask_sensor_device(nm, BMC_ADDRESS, CMD_ALERT_IMMEDIATE, &w);
}

static void
tell(struct nm *nm, const struct mc_event *ev)
{
    const uint8_t *d = nm->destination;
    uint8_t room[MESSAGE];
    struct wr w = wr_of(room, sizeof room);

    mc_event(nm->mc, ev);
    if (d[0] & DESTINATION_NONE || nm->mc->unpowered)
        return;
    if ((d[0] & DESTINATION_CHANNEL) != CHANNEL_PRIMARY_IPMB) {
        alert_by_lan(nm, ev);
        return;
    }
    message_of(ev, &w);
    ask_sensor_device(nm, d[1], CMD_PLATFORM_EVENT, &w);
}

void
nm_tell(struct nm *nm, const struct nm_policy *policy, unsigned what, bool asserted)
{
    bool exception = what == NM_EXCEPTION;
    const struct mc_event ev = {
        .sensor_type = NM_SENSOR_TYPE,
        .sensor_number = exception ? NM_SENSOR_EXCEPTION : NM_SENSOR_THRESHOLD,
        .type_dir = asserted ? TYPE_POLICY : TYPE_POLICY | EVENT_DEASSERTED,
        .data = { (uint8_t)(DATA_OEM | (exception ? DATA_CORRECTION : what)), policy->domain,
                  policy->id },
    };

    tell(nm, &ev);
}

void
nm_tell_shutdown(struct nm *nm, const struct nm_policy *policy)
{
    const struct mc_event ev = {
        .sensor_type = NM_SENSOR_TYPE, .sensor_number = NM_SENSOR_HEALTH,
        .type_dir = TYPE_HEALTH,
        .data = { DATA_OEM | DATA_NODE_MANAGER, (uint8_t)(ERROR_SHUTDOWN | policy->domain),
                  policy->id },
    };

    tell(nm, &ev);
}
