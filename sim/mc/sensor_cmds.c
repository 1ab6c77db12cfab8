#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/presence.h"
#include "sim/wire/sdr.h"

/* Flags of Get Sensor Reading, Event Enable and Event Status. */
#define FLAG_EVENTS      0x80
#define FLAG_SCANNING    0x40
#define FLAG_UNAVAILABLE 0x20

#define COMPARISON_RESERVED 0xc0 /* reads as ones */
#define STATES_RESERVED     0x80 /* in the second octet of states; reads as one */

#define ENABLE_OP         0x30 /* Set Sensor Event Enable: what to do with the masks */
#define ENABLE_OP_NONE    0x00
#define ENABLE_OP_ENABLE  0x10
#define ENABLE_OP_DISABLE 0x20

#define REARM_SELECTED 0x80 /* Re-arm Sensor Events: only what the masks say */

#define THRESHOLDS_MASK 0x3f

/* Where a full record has its factors, octets 25 to 30. */
#define FACTORS_AT        24
#define FACTORS_LEN       6
#define FACTORS_DIRECTION 0x03 /* low bits of octet 29: no factor */

/* Octet 2 of Set Sensor Reading And Event Status: two bits each. */
enum { READING_KEEP, READING_WRITE };
enum { BITS_KEEP, BITS_WRITE, BITS_SET, BITS_CLEAR };
enum { DATA_OWN, DATA_WRITE, DATA_WRITE_BUT_OFFSET };

/* The sensor that a request's first octet names. NULL: there is none. */
static struct sensor *
named(struct mc *mc, struct ipmi_req *rq, uint32_t *i)
{
    uint8_t number = rd_u8(&rq->data);
    int found = sensor_index(mc, rq->lun, number);

    if (found >= 0 && presence_hides(mc, (uint32_t)found))
        found = -1;
    *i = found < 0 ? 0 : (uint32_t)found;
    return found < 0 ? NULL : &mc->sensors.at[found];
}

static uint8_t
flags_of(const struct sensor *s)
{
    return (uint8_t)((s->events ? FLAG_EVENTS : 0) | (s->scanning ? FLAG_SCANNING : 0));
}

static uint8_t
reading_flags_of(const struct sensor *s)
{
    return (uint8_t)(flags_of(s) | (sensor_has_reading(s) ? 0 : FLAG_UNAVAILABLE));
}

/* One of the optional masks at the end of a request; none says nothing. */
static uint16_t
mask_or_zero(struct rd *r)
{
    uint16_t low = rd_left(r) ? rd_u8(r) : 0;
    uint16_t high = rd_left(r) ? rd_u8(r) : 0;

    return (uint16_t)(high << 8 | low);
}

/* ---- readings ---- */

static enum ipmi_cc
get_sensor_reading(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    const struct sensor *s = named(mc, rq, &i);
    uint8_t raw;

    if (s == NULL)
        return CC_NOT_PRESENT;
    if (sensor_facts(mc, i)->event_only)
        return CC_ILLEGAL;
    raw = sensor_has_reading(s) ? sensor_raw_now(mc, i) : 0;
    wr_u8(rs, raw);
    wr_u8(rs, reading_flags_of(s));
    if (sensor_is_threshold(s)) {
        wr_u8(rs,
              COMPARISON_RESERVED |
                  (sensor_has_reading(s) ? sensor_comparison(mc, i, raw) : 0));
        return CC_OK;
    }
    wr_u8(rs, s->absent ? 0 : s->states & 0xff);
    wr_u8(rs, STATES_RESERVED | (s->absent ? 0 : s->states >> 8));
    return CC_OK;
}

/* The record with a sensor's factors: the one that it is described with,
 * whatever became of it in the repository, and whosever repository it is in;
 * without one, what a client has added. */
static struct bytes
record_of(const struct mc *mc, uint32_t i)
{
    const struct machine_sensor *facts = sensor_facts(mc, i);

    return facts->sdr.len ? facts->sdr : sdr_of_sensor(mc, facts->lun, facts->number);
}

/* The factors of all our non-linear sensors are the same everywhere, as they
 * are of linear ones; so the next reading is the one asked for. */
static enum ipmi_cc
get_sensor_reading_factors(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    uint8_t reading;
    struct bytes record;
    struct sdr sdr;

    if (named(mc, rq, &i) == NULL)
        return CC_NOT_PRESENT;
    reading = rd_u8(&rq->data);
    record = record_of(mc, i);
    if (sdr_parse(record, &sdr) != SDR_OK || sdr.type != SDR_FULL ||
        sdr.u.sensor.units[0] >> 6 == 3)
        return CC_ILLEGAL;
    wr_u8(rs, reading);
    wr_bytes(rs, record.at + FACTORS_AT, FACTORS_LEN - 2);
    wr_u8(rs, record.at[FACTORS_AT + 4] & (uint8_t)~FACTORS_DIRECTION);
    wr_u8(rs, record.at[FACTORS_AT + 5]);
    return CC_OK;
}

static uint16_t
bits_after(unsigned op, uint16_t before, uint16_t given)
{
    switch (op) {
    case BITS_WRITE: return given;
    case BITS_SET: return before | given;
    case BITS_CLEAR: /* given zeros clear */ return before & given;
    default: return before;
    }
}

/* What Set Sensor Reading And Event Status asks for. */
struct reading_write {
    unsigned reading_op, assert_op, deassert_op, data_op;
    uint8_t reading;
    uint16_t assert_bits, deassert_bits;
    uint8_t data[3];
};

/* Octets that must follow the operations: as far as something is done with
 * them. */
static size_t
octets_needed(const struct reading_write *wanted)
{
    if (wanted->data_op != DATA_OWN)
        return 8;
    if (wanted->deassert_op != BITS_KEEP)
        return 5;
    if (wanted->assert_op != BITS_KEEP)
        return 3;
    return wanted->reading_op != READING_KEEP;
}

static enum ipmi_cc
read_reading_write(struct rd *r, struct reading_write *wanted)
{
    uint8_t ops = rd_u8(r);

    *wanted = (struct reading_write){ .reading_op = ops & 3,
                                      .deassert_op = ops >> 2 & 3,
                                      .assert_op = ops >> 4 & 3,
                                      .data_op = ops >> 6 };
    if (wanted->reading_op > READING_WRITE || wanted->data_op > DATA_WRITE_BUT_OFFSET)
        return CC_INVALID_FIELD;
    if (rd_left(r) < octets_needed(wanted))
        return CC_LENGTH;
    wanted->reading = rd_left(r) ? rd_u8(r) : 0;
    wanted->assert_bits = mask_or_zero(r) & SENSOR_STATES;
    wanted->deassert_bits = mask_or_zero(r) & SENSOR_STATES;
    for (unsigned n = 0; n < sizeof wanted->data; n++)
        wanted->data[n] = rd_left(r) ? rd_u8(r) : EVENT_DATA_NONE;
    return CC_OK;
}

static enum ipmi_cc
set_sensor_reading(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    struct sensor *s = named(mc, rq, &i);
    struct reading_write wanted;
    struct sensor_status status = { 0 };
    enum ipmi_cc cc = read_reading_write(&rq->data, &wanted);

    (void)rs;
    if (s == NULL)
        return CC_NOT_PRESENT;
    if (cc != CC_OK)
        return cc;
    if (wanted.reading_op == READING_WRITE && sensor_facts(mc, i)->event_only)
        return CC_CMD_80;
    if (wanted.reading_op == READING_WRITE)
        sensor_set_value(mc, i, wanted.reading, false);
    status.follow = wanted.assert_op != BITS_KEEP || wanted.deassert_op != BITS_KEEP;
    status.assert_bits =
        bits_after(wanted.assert_op, s->assert_status, wanted.assert_bits);
    status.deassert_bits =
        bits_after(wanted.deassert_op, s->deassert_status, wanted.deassert_bits);
    status.data = wanted.data_op != DATA_OWN ? wanted.data : NULL;
    status.with_offset = wanted.data_op == DATA_WRITE;
    sensor_set_status(mc, i, &status);
    return CC_OK;
}

/* ---- thresholds and hysteresis ---- */

/* Thresholds in the order that sensor commands have them. */
static enum ipmi_cc
get_sensor_thresholds(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    const struct sensor *s = named(mc, rq, &i);
    const struct machine_sensor *facts;
    unsigned readable;

    if (s == NULL)
        return CC_NOT_PRESENT;
    facts = sensor_facts(mc, i);
    if (!sensor_is_threshold(s) || (facts->threshold_access != ACCESS_READABLE &&
                                    facts->threshold_access != ACCESS_SETTABLE))
        return CC_ILLEGAL;
    readable = facts->threshold_mask & (uint8_t)~facts->threshold_hidden & THRESHOLDS_MASK;
    wr_u8(rs, readable);
    for (unsigned t = 0; t < THRESHOLDS; t++) {
        unsigned n = PLANTED(THRESHOLDS_REVERSED) ? THRESHOLDS - 1 - t : t;

        wr_u8(rs, readable >> n & 1 ? s->threshold[n] : 0);
    }
    return CC_OK;
}

static enum ipmi_cc
set_sensor_thresholds(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    struct sensor *s = named(mc, rq, &i);
    const struct machine_sensor *facts;
    uint8_t mask = rd_u8(&rq->data) & THRESHOLDS_MASK;

    (void)rs;
    if (s == NULL)
        return CC_NOT_PRESENT;
    facts = sensor_facts(mc, i);
    if (!sensor_is_threshold(s) || facts->threshold_access != ACCESS_SETTABLE)
        return CC_ILLEGAL;
    if (mask & (~facts->threshold_mask | facts->threshold_fixed))
        return CC_INVALID_FIELD;
    for (unsigned t = 0; t < THRESHOLDS; t++) {
        uint8_t value = rd_u8(&rq->data);

        if (mask >> t & 1)
            s->threshold[t] = value;
    }
    sensor_update(mc, i, false);
    sensor_review(mc, i);
    return CC_OK;
}

static enum ipmi_cc
get_sensor_hysteresis(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    const struct sensor *s = named(mc, rq, &i);
    uint8_t access;

    if (s == NULL)
        return CC_NOT_PRESENT;
    access = sensor_facts(mc, i)->hysteresis_access;
    if (!sensor_is_threshold(s) ||
        (access != ACCESS_READABLE && access != ACCESS_SETTABLE))
        return CC_ILLEGAL;
    wr_u8(rs, s->hysteresis_up);
    wr_u8(rs, s->hysteresis_down);
    return CC_OK;
}

static enum ipmi_cc
set_sensor_hysteresis(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    struct sensor *s = named(mc, rq, &i);

    (void)rs;
    if (s == NULL)
        return CC_NOT_PRESENT;
    if (!sensor_is_threshold(s) ||
        sensor_facts(mc, i)->hysteresis_access != ACCESS_SETTABLE)
        return CC_ILLEGAL;
    rd_skip(&rq->data, 1); /* for a mask, one day: FFh */
    s->hysteresis_up = rd_u8(&rq->data);
    s->hysteresis_down = rd_u8(&rq->data);
    sensor_update(mc, i, false);
    sensor_review(mc, i);
    return CC_OK;
}

/* ---- events ---- */

static enum ipmi_cc
get_sensor_event_enable(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    const struct sensor *s = named(mc, rq, &i);

    if (s == NULL)
        return CC_NOT_PRESENT;
    wr_u8(rs, flags_of(s));
    wr_le16(rs, s->assert_enabled);
    wr_le16(rs, s->deassert_enabled);
    return CC_OK;
}

static void
select_events(struct sensor *s, const struct machine_sensor *facts, uint8_t op,
              uint16_t assert_mask, uint16_t deassert_mask)
{
    if (op == ENABLE_OP_ENABLE) {
        s->assert_enabled |= assert_mask & facts->assert_supported;
        s->deassert_enabled |= deassert_mask & facts->deassert_supported;
    } else if (op == ENABLE_OP_DISABLE) {
        s->assert_enabled &= (uint16_t)~assert_mask;
        s->deassert_enabled &= (uint16_t)~deassert_mask;
    }
}

/* A sensor whose events are switched as a whole, or not at all, keeps its
 * masks; one that is switched globally, or has none, its flag as well.
 * Scanning can be switched on all. */
static enum ipmi_cc
set_sensor_event_enable(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    struct sensor *s = named(mc, rq, &i);
    uint8_t flags = rd_u8(&rq->data);
    uint8_t op = flags & ENABLE_OP;
    uint16_t assert_mask = mask_or_zero(&rq->data);
    uint16_t deassert_mask = mask_or_zero(&rq->data);
    uint8_t control;

    (void)rs;
    if (s == NULL)
        return CC_NOT_PRESENT;
    if (op == ENABLE_OP)
        return CC_INVALID_FIELD;
    control = sensor_facts(mc, i)->event_control;
    if (op != ENABLE_OP_NONE && control != EVENTS_PER_STATE)
        return CC_ILLEGAL;
    if (control == EVENTS_PER_STATE || control == EVENTS_ENTIRE_SENSOR)
        s->events = flags & FLAG_EVENTS;
    s->scanning = flags & FLAG_SCANNING;
    select_events(s, sensor_facts(mc, i), op, assert_mask, deassert_mask);
    sensor_update(mc, i, false);
    sensor_review(mc, i);
    return CC_OK;
}

static enum ipmi_cc
rearm_sensor_events(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    uint16_t assert_mask = SENSOR_STATES, deassert_mask = SENSOR_STATES;

    (void)rs;
    if (named(mc, rq, &i) == NULL)
        return CC_NOT_PRESENT;
    if (rd_u8(&rq->data) & REARM_SELECTED) {
        assert_mask = mask_or_zero(&rq->data);
        deassert_mask = mask_or_zero(&rq->data);
    }
    if (!PLANTED(REARM_DOES_NOTHING))
        sensor_rearm(mc, i, assert_mask, deassert_mask);
    return CC_OK;
}

/* Looking at a sensor that the timer watches must not make its events come
 * earlier than the timer would. Of others only the status can change. */
static enum ipmi_cc
get_sensor_event_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    const struct sensor *s = named(mc, rq, &i);

    if (s == NULL)
        return CC_NOT_PRESENT;
    if (!s->watched)
        sensor_update(mc, i, false);
    wr_u8(rs, reading_flags_of(s));
    wr_le16(rs, s->assert_status);
    wr_le16(rs, s->deassert_status);
    return CC_OK;
}

/* ---- type ---- */

static enum ipmi_cc
get_sensor_type(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    const struct sensor *s = named(mc, rq, &i);

    if (s == NULL)
        return CC_NOT_PRESENT;
    wr_u8(rs, s->type);
    wr_u8(rs, s->event_type);
    return CC_OK;
}

static enum ipmi_cc
set_sensor_type(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t i;
    struct sensor *s = named(mc, rq, &i);

    (void)rs;
    if (s == NULL)
        return CC_NOT_PRESENT;
    s->type = rd_u8(&rq->data);
    s->event_type = rd_u8(&rq->data) & 0x7f;
    s->active = s->assert_status = s->deassert_status = 0;
    sensor_update(mc, i, true);
    sensor_review(mc, i);
    return CC_OK;
}

#define SENSOR GROUP_SENSOR_DEVICE

static const struct command rows[] = {
    { NETFN_SENSOR, 0x23, "Get Sensor Reading Factors", NEEDS_USER | READS, 2, 2, SENSOR,
      get_sensor_reading_factors, "35.5" },
    { NETFN_SENSOR, 0x24, "Set Sensor Hysteresis", NEEDS_OPERATOR, 4, 4, SENSOR,
      set_sensor_hysteresis, "35.6" },
    { NETFN_SENSOR, 0x25, "Get Sensor Hysteresis", NEEDS_USER | READS, 2, 2, SENSOR,
      get_sensor_hysteresis, "35.7" },
    { NETFN_SENSOR, 0x26, "Set Sensor Thresholds", NEEDS_OPERATOR, 8, 8, SENSOR,
      set_sensor_thresholds, "35.8" },
    { NETFN_SENSOR, 0x27, "Get Sensor Thresholds", NEEDS_USER | READS, 1, 1, SENSOR,
      get_sensor_thresholds, "35.9" },
    { NETFN_SENSOR, 0x28, "Set Sensor Event Enable", NEEDS_OPERATOR, 2, 6, SENSOR,
      set_sensor_event_enable, "35.10" },
    { NETFN_SENSOR, 0x29, "Get Sensor Event Enable", NEEDS_USER | READS, 1, 1, SENSOR,
      get_sensor_event_enable, "35.11" },
    { NETFN_SENSOR, 0x2a, "Re-arm Sensor Events", NEEDS_OPERATOR, 2, 6, SENSOR,
      rearm_sensor_events, "35.12" },
    { NETFN_SENSOR, 0x2b, "Get Sensor Event Status", NEEDS_USER | READS, 1, 1, SENSOR,
      get_sensor_event_status, "35.13" },
    { NETFN_SENSOR, 0x2d, "Get Sensor Reading", NEEDS_USER | READS, 1, 1, SENSOR,
      get_sensor_reading, "35.14" },
    { NETFN_SENSOR, 0x2e, "Set Sensor Type", NEEDS_OPERATOR, 3, 3, SENSOR,
      set_sensor_type, "35.15" },
    { NETFN_SENSOR, 0x2f, "Get Sensor Type", NEEDS_USER | READS, 1, 1, SENSOR,
      get_sensor_type, "35.16" },
    { NETFN_SENSOR, 0x30, "Set Sensor Reading And Event Status", NEEDS_OPERATOR, 2, 10,
      SENSOR, set_sensor_reading, "35.17" },
};

const struct command_table sensor_commands = {
    .subject = "sensor",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
