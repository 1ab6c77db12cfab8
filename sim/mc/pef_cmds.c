#include "sim/mc/alert.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define REVISION_ONLY 0x80
#define SELECTOR_BITS 0x7f
#define PROCESSED_BY_BMC 0x01
#define ALERT_CHANNEL 0x0f
#define ALERT_OPERATION 6         /* shift: [7:6] */
#define ALERT_DESTINATION 0x0f

enum { OPERATION_SEND, OPERATION_STATUS, OPERATION_CLEAR };

static enum ipmi_cc
get_pef_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, PEF_VERSION);
    wr_u8(rs, pef_supported(mc));
    wr_u8(rs, PEF_FILTERS);
    return CC_OK;
}

static enum ipmi_cc
arm_pef_postpone_timer(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t seconds = rd_u8(&rq->data);

    if (seconds != PEF_POSTPONE_GET)
        pef_arm_postpone(mc, seconds);
    wr_u8(rs, pef_postpone_left(mc));
    return CC_OK;
}

static enum ipmi_cc
set_pef_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct param_ask ask = { .selector = rd_u8(&rq->data) & SELECTOR_BITS,
                             .privilege = rq->privilege };

    (void)rs;
    return param_set(&pef_family, mc, &ask, &rq->data);
}

static enum ipmi_cc
get_pef_configuration(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t first = rd_u8(&rq->data);
    struct param_ask ask = { .selector = first & SELECTOR_BITS, .privilege = rq->privilege };

    ask.set = rd_u8(&rq->data);
    ask.block = rd_u8(&rq->data);
    return param_get(&pef_family, mc, &ask, first & REVISION_ONLY, rs);
}

static enum ipmi_cc
set_last_processed_event_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    bool by_bmc = rd_u8(&rq->data) & PROCESSED_BY_BMC;

    (void)rs;
    pef_set_processed(mc, by_bmc, rd_le16(&rq->data));
    return CC_OK;
}

/* Id of the SEL's last record; PEF_ID_NONE when it has none. */
static uint16_t
last_record(const struct sel *sel)
{
    struct rd r;

    if (sel == NULL || sel->count == 0)
        return PEF_ID_NONE;
    r = rd_of(bytes_of(sel->records[sel->count - 1], SEL_RECORD));
    return rd_le16(&r);
}

static enum ipmi_cc
get_last_processed_event_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_le32(rs, mc->sel != NULL ? mc->sel->add_time : SEL_TIME_UNSPECIFIED);
    wr_le16(rs, last_record(mc->sel));
    wr_le16(rs, mc->pef->software_id);
    wr_le16(rs, mc->pef->bmc_id);
    return CC_OK;
}

/* The event fields that may come with Alert Immediate. */
static void
read_event(struct rd *r, struct alert_order *order)
{
    order->has_event = true;
    order->event.generator = rd_u8(r);
    rd_skip(r, 1);   /* event message revision: the trap has no place for it */
    order->event.sensor_type = rd_u8(r);
    order->event.sensor_number = rd_u8(r);
    order->event.type_dir = rd_u8(r);
    rd_copy(r, order->event.data, sizeof order->event.data);
}

static enum ipmi_cc
on_lan(struct mc *mc, const struct alert_order *order, unsigned operation, struct wr *rs)
{
    switch (operation) {
    case OPERATION_SEND:
        return alerts_order(mc, order);
    case OPERATION_STATUS:
        wr_u8(rs, alerts_order_status(mc, order->lan));
        return CC_OK;
    case OPERATION_CLEAR:
        alerts_clear_status(mc, order->lan);
        return CC_OK;
    default:
        return CC_INVALID_FIELD;
    }
}

static enum ipmi_cc
on_serial(struct serial *serial, const struct alert_order *order, unsigned operation,
          struct wr *rs)
{
    switch (operation) {
    case OPERATION_SEND:
        return serial_alert(serial, order->destination);
    case OPERATION_STATUS:
        wr_u8(rs, serial->alert);
        return CC_OK;
    case OPERATION_CLEAR:
        serial_clear_alert(serial);
        return CC_OK;
    default:
        return CC_INVALID_FIELD;
    }
}

static enum ipmi_cc
alert_immediate(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct channel *channel = mc_channel(mc, rq, rd_u8(&rq->data) & ALERT_CHANNEL);
    bool serial = channel != NULL && channel->medium == MEDIUM_SERIAL && mc->serial != NULL;
    uint8_t what = rd_u8(&rq->data);
    struct alert_order order = { .destination = what & ALERT_DESTINATION };
    int lan = channel != NULL ? mc_lan_index(mc, channel->number) : -1;

    if (lan < 0 && !serial)
        return CC_INVALID_FIELD;
    order.string = rd_u8(&rq->data);
    if (rd_left(&rq->data) > 0)
        read_event(&rq->data, &order);
    if (rq->data.bad || rd_left(&rq->data) > 0)
        return CC_LENGTH;
    if (serial)
        return on_serial(mc->serial, &order, what >> ALERT_OPERATION, rs);
    order.lan = (uint8_t)lan;
    return on_lan(mc, &order, what >> ALERT_OPERATION, rs);
}

/* Who acknowledges what nobody waits for is not wrong: a trap that was sent
 * twice is acknowledged twice. */
static enum ipmi_cc
pet_acknowledge(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct alert_ack ack = { .sequence = rd_le16(&rq->data) };

    (void)rs;
    ack.time_s = rd_le32(&rq->data);
    ack.event_source = rd_u8(&rq->data);
    ack.sensor_device = rd_u8(&rq->data);
    ack.sensor_number = rd_u8(&rq->data);
    rd_copy(&rq->data, ack.data, sizeof ack.data);
    alerts_acknowledge(mc, &ack);
    return CC_OK;
}

#define PEF GROUP_PEF

static const struct command rows[] = {
    { NETFN_SENSOR, 0x10, "Get PEF Capabilities", NEEDS_USER | READS, 0, 0, PEF,
      get_pef_capabilities, "30.1" },
    { NETFN_SENSOR, 0x11, "Arm PEF Postpone Timer", NEEDS_ADMIN, 1, 1, PEF,
      arm_pef_postpone_timer, "30.2" },
    { NETFN_SENSOR, 0x12, "Set PEF Configuration Parameters", NEEDS_ADMIN, 1, LEN_ANY, PEF,
      set_pef_configuration, "30.3" },
    { NETFN_SENSOR, 0x13, "Get PEF Configuration Parameters", NEEDS_OPERATOR | READS, 3,
      3, PEF, get_pef_configuration, "30.4" },
    { NETFN_SENSOR, 0x14, "Set Last Processed Event ID", NEEDS_ADMIN, 3, 3, PEF,
      set_last_processed_event_id, "30.5" },
    { NETFN_SENSOR, 0x15, "Get Last Processed Event ID", NEEDS_ADMIN | READS, 0, 0, PEF,
      get_last_processed_event_id, "30.6" },
    { NETFN_SENSOR, 0x16, "Alert Immediate", NEEDS_ADMIN, 3, 11, PEF, alert_immediate, "30.7" },
    { NETFN_SENSOR, 0x17, "PET Acknowledge", NEEDS_NOTHING, 12, 12, PEF, pet_acknowledge,
      "30.8" },
};

const struct command_table pef_commands = {
    .subject = "pef",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
