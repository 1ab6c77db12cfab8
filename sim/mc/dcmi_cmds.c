#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define CC_NO_LIMIT CC_CMD_80

/* Capabilities. */
#define CAP_POWER 0x01
#define CAP_IN_BAND 0x01
#define CAP_TERMINAL_MODE 0x02
#define CAP_SECOND_LAN 0x04
#define SEL_ENTRIES 0x0fffu
#define NO_CHANNEL 0xff

/* Get Power Reading. */
#define MODE_STATISTICS 1
#define MODE_ENHANCED 2
#define MEASURING 0x40

#define TEMPERATURES 0x01             /* the only sensor type */
#define ALL_INSTANCES 0
#define SIGN 0x80
#define MAGNITUDE 0x7f

/* ---- capabilities ---- */

static uint8_t
channel_of_medium(const struct mc *mc, enum channel_medium medium)
{
    for (unsigned n = 0; n < CHANNELS; n++)
        if (mc->channels[n].present && mc->channels[n].medium == medium)
            return (uint8_t)n;
    return NO_CHANNEL;
}

static uint8_t
lan_channel(const struct mc *mc, unsigned n)
{
    return n < mc->lan_count ? mc->machine->lans[n].channel : NO_CHANNEL;
}

static void
write_supported(const struct mc *mc, struct wr *rs)
{
    unsigned access = 0;

    if (mc->channels[CHANNEL_SYSTEM].present)
        access |= CAP_IN_BAND;
    if (channel_of_medium(mc, MEDIUM_SERIAL) != NO_CHANNEL)
        access |= CAP_TERMINAL_MODE;
    if (mc->lan_count > 1)
        access |= CAP_SECOND_LAN;
    wr_u8(rs, 0);
    wr_u8(rs, mc->dcmi->power != NULL ? CAP_POWER : 0);
    wr_u8(rs, access);
}

/* The log does not roll over: it takes no more when it is full. */
static void
write_mandatory(const struct mc *mc, struct wr *rs)
{
    uint32_t entries = mc->sel != NULL ? mc->sel->max : 0;

    wr_le16(rs, entries < SEL_ENTRIES ? entries : SEL_ENTRIES);
    wr_le16(rs, 0);
    wr_u8(rs, DCMI_SCAN_S);
}

static void
write_optional(const struct mc *mc, struct wr *rs)
{
    wr_u8(rs, mc->machine->address);
    wr_u8(rs, CHANNEL_PRIMARY_IPMB << 4 | (mc->machine->device_revision & 0x0fu));
}

static void
write_access(const struct mc *mc, struct wr *rs)
{
    wr_u8(rs, lan_channel(mc, 0));
    wr_u8(rs, lan_channel(mc, 1));
    wr_u8(rs, channel_of_medium(mc, MEDIUM_SERIAL));
}

static void
write_periods(const struct mc *mc, struct wr *rs)
{
    (void)mc;
    wr_u8(rs, DCMI_PERIODS);
    wr_bytes(rs, dcmi_periods, DCMI_PERIODS);
}

static void
write_version(struct wr *rs, unsigned revision)
{
    wr_u8(rs, DCMI_MAJOR);
    wr_u8(rs, DCMI_MINOR);
    wr_u8(rs, revision);
}

static enum ipmi_cc
get_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static void (*const writers[])(const struct mc *, struct wr *) = {
        [1] = write_supported, [2] = write_mandatory, [3] = write_optional,
        [4] = write_access,    [5] = write_periods,
    };
    uint8_t selector = rd_u8(&rq->data);

    if (selector == 0 || selector >= sizeof writers / sizeof writers[0])
        return CC_INVALID_FIELD;
    write_version(rs, DCMI_REVISION_CAPABILITIES);
    writers[selector](mc, rs);
    return CC_OK;
}

/* ---- power ---- */

/* Octets that say nothing must say so. */
static bool
all_zero(struct rd *r, size_t count)
{
    unsigned any = 0;

    while (count-- > 0)
        any |= rd_u8(r);
    return any == 0;
}

/* The span that a rolling average period means; 0 when there is none such. */
static instant
span_of(uint8_t period)
{
    static const instant units[] = { SPAN_S(1), SPAN_S(60), SPAN_S(3600), SPAN_S(86400) };

    for (size_t i = 0; i < DCMI_PERIODS; i++)
        if (dcmi_periods[i] == period)
            return (period & 0x3fu) * units[period >> 6];
    return 0;
}

/* ipmitool prints what stands for the period of an enhanced reading as a
 * period code, FreeIPMI as milliseconds; the specification means the latter. */
static enum ipmi_cc
get_power_reading(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t mode = rd_u8(&rq->data);
    uint8_t period = rd_u8(&rq->data);
    instant span = 0;
    struct dcmi_reading reading;

    if (mode == MODE_ENHANCED)
        span = span_of(period);
    else if (mode == MODE_STATISTICS && period == 0)
        span = SPAN_S(mc->dcmi->limit.period_s);
    if (span == 0 || !all_zero(&rq->data, 1))
        return CC_INVALID_FIELD;
    dcmi_read_power(mc, span, &reading);
    wr_le16(rs, reading.now);
    wr_le16(rs, reading.stats.min);
    wr_le16(rs, reading.stats.max);
    wr_le16(rs, reading.stats.average);
    wr_le32(rs, sel_time(mc));
    wr_le32(rs, reading.period_ms);
    wr_u8(rs, mc->dcmi->power != NULL ? MEASURING : 0);
    return CC_OK;
}

/* Without an active limit the code says so, and what would be the limit comes
 * all the same: FreeIPMI and ipmitool want it to change one field of it. */
static enum ipmi_cc
get_power_limit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct dcmi_power_limit *limit = &mc->dcmi->limit;

    if (!all_zero(&rq->data, 2))
        return CC_INVALID_FIELD;
    wr_le16(rs, 0);
    wr_u8(rs, limit->action);
    wr_le16(rs, limit->watts);
    wr_le32(rs, limit->correction_ms);
    wr_le16(rs, 0);
    wr_le16(rs, limit->period_s);
    return limit->active ? CC_OK : CC_NO_LIMIT;
}

/* The reserved octets are passed over: ipmiutil leaves in them what the answer
 * of Get Power Limit has there. */
static enum ipmi_cc
set_power_limit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dcmi_power_limit limit = { 0 };

    (void)rs;
    rd_skip(&rq->data, 3);
    limit.action = rd_u8(&rq->data);
    limit.watts = rd_le16(&rq->data);
    limit.correction_ms = rd_le32(&rq->data);
    rd_skip(&rq->data, 2);
    limit.period_s = rd_le16(&rq->data);
    return dcmi_set_power_limit(mc, &limit);
}

static enum ipmi_cc
activate_power_limit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t what = rd_u8(&rq->data);

    (void)rs;
    if (what > 1 || !all_zero(&rq->data, 2))
        return CC_INVALID_FIELD;
    dcmi_activate_power_limit(mc, what == 1);
    return CC_OK;
}

/* ---- identification ---- */

static enum ipmi_cc
get_string(struct mc *mc, struct ipmi_req *rq, struct wr *rs, enum dcmi_which which,
           unsigned max)
{
    unsigned offset = rd_u8(&rq->data);
    unsigned count = rd_u8(&rq->data);
    struct dcmi_string s;
    enum ipmi_cc cc;

    if (count > DCMI_CHUNK || offset + count > max)
        return CC_RANGE;
    cc = dcmi_string(mc, which, &s);
    if (offset > s.len)
        return CC_RANGE;
    wr_u8(rs, s.len);
    wr_bytes(rs, s.octets + offset, count < s.len - offset ? count : s.len - offset);
    return cc;
}

static enum ipmi_cc
set_string(struct mc *mc, struct ipmi_req *rq, struct wr *rs, enum dcmi_which which)
{
    uint8_t offset = rd_u8(&rq->data);
    uint8_t count = rd_u8(&rq->data);
    struct bytes data = rd_rest(&rq->data);
    uint8_t total = 0;
    enum ipmi_cc cc;

    if (data.len != count)
        return CC_LENGTH;
    cc = dcmi_set_string(mc, which, offset, data, &total);
    if (cc == CC_OK)
        wr_u8(rs, total);
    return cc;
}

static enum ipmi_cc
get_asset_tag(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return get_string(mc, rq, rs, DCMI_ASSET, DCMI_ASSET_MAX);
}

static enum ipmi_cc
set_asset_tag(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return set_string(mc, rq, rs, DCMI_ASSET);
}

static enum ipmi_cc
get_identifier(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return get_string(mc, rq, rs, DCMI_IDENTIFIER, DCMI_IDENTIFIER_MAX);
}

static enum ipmi_cc
set_identifier(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return set_string(mc, rq, rs, DCMI_IDENTIFIER);
}

/* ---- temperatures ---- */

/* What Get DCMI Sensor Info and Get Temperature Readings ask for. */
struct question {
    uint8_t entity;
    unsigned first, last;             /* instances */
    unsigned total;
};

static enum ipmi_cc
read_question(const struct mc *mc, struct ipmi_req *rq, struct question *q)
{
    uint8_t type = rd_u8(&rq->data);
    uint8_t instance, start;
    bool inlet;

    q->entity = rd_u8(&rq->data);
    instance = rd_u8(&rq->data);
    start = rd_u8(&rq->data);
    if (type != TEMPERATURES || !dcmi_entity(q->entity, &inlet))
        return CC_INVALID_FIELD;
    q->total = dcmi_instances(mc, q->entity);
    if (instance > q->total)
        return CC_NOT_PRESENT;
    q->first = instance != ALL_INSTANCES ? instance : start != 0 ? start : 1u;
    q->last = instance != ALL_INSTANCES ? instance : q->total;
    if (q->last >= q->first + DCMI_INSTANCES)
        q->last = q->first + DCMI_INSTANCES - 1;
    return CC_OK;
}

static enum ipmi_cc
get_sensor_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dcmi_temperature t;
    struct question q;
    enum ipmi_cc cc = read_question(mc, rq, &q);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, q.total);
    wr_u8(rs, q.last < q.first ? 0 : q.last - q.first + 1);
    for (unsigned i = q.first; i <= q.last && dcmi_temperature(mc, q.entity, i, &t); i++)
        wr_le16(rs, t.record);
    return CC_OK;
}

static unsigned
sign_and_magnitude(int celsius)
{
    int magnitude = celsius < 0 ? -celsius : celsius;

    return (celsius < 0 ? SIGN : 0u) |
           (unsigned)(magnitude < MAGNITUDE ? magnitude : MAGNITUDE);
}

/* A sensor that cannot be read just now is left out. */
static enum ipmi_cc
get_temperature_readings(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dcmi_temperature t;
    struct question q;
    enum ipmi_cc cc = read_question(mc, rq, &q);
    uint8_t room[2 * DCMI_INSTANCES];
    struct wr readings = wr_of(room, sizeof room);

    if (cc != CC_OK)
        return cc;
    for (unsigned i = q.first; i <= q.last && dcmi_temperature(mc, q.entity, i, &t); i++) {
        if (!t.available)
            continue;
        wr_u8(&readings, sign_and_magnitude(t.celsius));
        wr_u8(&readings, i);
    }
    wr_u8(rs, q.total);
    wr_u8(rs, (unsigned)wr_len(&readings) / 2);
    wr_span(rs, wr_bytes_of(&readings));
    return CC_OK;
}

static enum ipmi_cc
set_thermal_limit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t entity = rd_u8(&rq->data);
    uint8_t instance = rd_u8(&rq->data);
    struct dcmi_thermal_limit wanted = { 0 };
    struct dcmi_thermal_limit *limit;
    bool inlet;

    (void)rs;
    wanted.action = rd_u8(&rq->data);
    wanted.celsius = rd_u8(&rq->data);
    wanted.seconds = rd_le16(&rq->data);
    if (!dcmi_entity(entity, &inlet) || !inlet)
        return CC_INVALID_FIELD;
    if (wanted.action & ~(DCMI_THERMAL_PERSISTENT | DCMI_THERMAL_ACTIONS))
        return CC_INVALID_FIELD;
    if (wanted.celsius > MAGNITUDE)
        return CC_CMD_84;
    limit = dcmi_thermal_edit(mc, instance);
    if (limit == NULL)
        return CC_NOT_PRESENT;
    *limit = wanted;
    dcmi_review(mc);
    return CC_OK;
}

static enum ipmi_cc
get_thermal_limit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t entity = rd_u8(&rq->data);
    uint8_t instance = rd_u8(&rq->data);
    struct dcmi_thermal_limit limit;
    bool inlet;

    if (!dcmi_entity(entity, &inlet) || !inlet)
        return CC_INVALID_FIELD;
    if (instance == 0 || instance > dcmi_instances(mc, entity))
        return CC_NOT_PRESENT;
    limit = dcmi_thermal(mc, instance);
    wr_u8(rs, limit.action);
    wr_u8(rs, limit.celsius);
    wr_le16(rs, limit.seconds);
    return CC_OK;
}

/* ---- configuration parameters ---- */

static enum ipmi_cc
set_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };

    (void)rs;
    if (rd_u8(&rq->data) != 0)
        return CC_RANGE;              /* no parameter has sets */
    return param_set(&dcmi_family, mc, &ask, &rq->data);
}

static enum ipmi_cc
get_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct param_ask ask = { .selector = rd_u8(&rq->data), .privilege = rq->privilege };
    struct wr start = *rs;
    enum ipmi_cc cc;

    if (rd_u8(&rq->data) != 0)
        return CC_RANGE;
    wr_u8(rs, DCMI_MAJOR);
    wr_u8(rs, DCMI_MINOR);
    cc = param_get(&dcmi_family, mc, &ask, false, rs);
    if (cc != CC_OK)
        *rs = start;
    return cc;
}

#define DCMI GROUP_DCMI_CMDS

static const struct command rows[] = {
    { NETFN_GROUP, 0x01, "Get DCMI Capabilities Info", NEEDS_NOTHING | READS, 2, 2, DCMI,
      get_capabilities, "DCMI1.5 6.1.1" },
    { NETFN_GROUP, 0x02, "Get Power Reading", NEEDS_USER | READS, 4, 4, DCMI,
      get_power_reading, "DCMI1.5 6.6.1" },
    { NETFN_GROUP, 0x03, "Get Power Limit", NEEDS_USER | READS, 3, 3, DCMI, get_power_limit,
      "DCMI1.5 6.6.2" },
    { NETFN_GROUP, 0x04, "Set Power Limit", NEEDS_OPERATOR, 15, 15, DCMI, set_power_limit,
      "DCMI1.5 6.6.3" },
    { NETFN_GROUP, 0x05, "Activate/Deactivate Power Limit", NEEDS_OPERATOR, 4, 4, DCMI,
      activate_power_limit, "DCMI1.5 6.6.4" },
    { NETFN_GROUP, 0x06, "Get Asset Tag", NEEDS_USER | READS, 3, 3, DCMI, get_asset_tag,
      "DCMI1.5 6.4.2" },
    { NETFN_GROUP, 0x07, "Get DCMI Sensor Info", NEEDS_OPERATOR | READS, 5, 5, DCMI,
      get_sensor_info, "DCMI1.5 6.5.2" },
    { NETFN_GROUP, 0x08, "Set Asset Tag", NEEDS_OPERATOR, 3, 19, DCMI, set_asset_tag,
      "DCMI1.5 6.4.3" },
    { NETFN_GROUP, 0x09, "Get Management Controller Identifier String",
      NEEDS_USER | READS, 3, 3, DCMI, get_identifier, "DCMI1.5 6.4.6.1" },
    { NETFN_GROUP, 0x0a, "Set Management Controller Identifier String", NEEDS_ADMIN, 3, 19,
      DCMI, set_identifier, "DCMI1.5 6.4.6.2" },
    { NETFN_GROUP, 0x0b, "Set Thermal Limit", NEEDS_OPERATOR, 7, 7, DCMI, set_thermal_limit,
      "DCMI1.5 6.7.2" },
    { NETFN_GROUP, 0x0c, "Get Thermal Limit", NEEDS_USER | READS, 3, 3, DCMI,
      get_thermal_limit, "DCMI1.5 6.7.1" },
    { NETFN_GROUP, 0x10, "Get Temperature Readings", NEEDS_USER | READS, 5, 5, DCMI,
      get_temperature_readings, "DCMI1.5 6.7.3" },
    { NETFN_GROUP, 0x12, "Set DCMI Configuration Parameters", NEEDS_ADMIN, 4, LEN_ANY, DCMI,
      set_config, "DCMI1.5 6.1.2" },
    { NETFN_GROUP, 0x13, "Get DCMI Configuration Parameters", NEEDS_USER | READS, 3, 3,
      DCMI, get_config, "DCMI1.5 6.1.3" },
};

const struct command_table dcmi_commands = {
    .subject = "dcmi",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .id = GROUP_DCMI,
};
