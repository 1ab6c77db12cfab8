/*
 * What the system drew: energy, peaks, histories. System info parameters: EBh
 * averages, ECh peaks and EDh minima over the last minute, hour, day and
 * week, the latter two with when they were.
 */
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"

#define ENTITY_SYSTEM_BOARD 0x07
#define MS_PER_WH 3600000u

/* Without a host there is nothing to measure. */
static const struct power *
model_of(const struct mc *mc)
{
    return mc->dcmi != NULL ? mc->dcmi->power : NULL;
}

uint16_t
dell_draw(const struct mc *mc)
{
    const struct power *power = model_of(mc);

    return power != NULL ? power_at(power, mc->world->now) : 0;
}

unsigned
dell_tenths_of_amperes(uint32_t watts)
{
    return (unsigned)((watts * 10u + DELL_VOLTS / 2) / DELL_VOLTS);
}

/* An instant, on the log's clock. */
static uint32_t
stamp(const struct mc *mc, instant at)
{
    return sel_time(mc) - (uint32_t)((mc->world->now - at) / SPAN_S(1));
}

/* ---- sampling ---- */

struct extreme {
    uint16_t watts;
    instant at;
};

struct history {
    struct extreme min, max;
    uint64_t watt_ms;
    uint16_t average;
};

/* From one instant to another: each whole second, or coarser. */
static void
look_back(const struct mc *mc, instant from, struct history *out)
{
    const struct power *power = model_of(mc);
    instant span = mc->world->now - from, step = span / DELL_SAMPLES;
    uint64_t sum = 0;
    unsigned n = 0;

    memset(out, 0, sizeof *out);
    out->min.at = out->max.at = mc->world->now;
    if (power == NULL)
        return;
    if (step < SPAN_S(1))
        step = SPAN_S(1);
    out->min.watts = UINT16_MAX;
    for (instant back = 0; back <= span; back += step, n++) {
        struct extreme e = { .at = mc->world->now - back };

        e.watts = power_at(power, e.at);
        out->min = e.watts < out->min.watts ? e : out->min;
        out->max = e.watts > out->max.watts ? e : out->max;
        sum += e.watts;
    }
    out->average = (uint16_t)(sum / n);
    out->watt_ms = sum * (span / SPAN_MS(1)) / n;
}

/* The same over a window, no further back than the controller is old. */
static void
look_back_span(struct mc *mc, instant span, struct history *out)
{
    instant made = dell_of(mc)->meter.made, now = mc->world->now;

    look_back(mc, now - made > span ? now - span : made, out);
}

/* Add up what was drawn since the last time. */
struct dell_meter *
dell_read_meter(struct mc *mc)
{
    struct dell_meter *m = &dell_of(mc)->meter;
    struct history since;

    look_back(mc, m->seen, &since);
    m->watt_ms += since.watt_ms;
    m->seen = mc->world->now;
    if (since.max.watts > m->peak) {
        m->peak = since.max.watts;
        m->peak_at = since.max.at;
    }
    return m;
}

/* ---- energy and peaks ---- */

#define CLEAR_ENERGY 0x01
#define CLEAR_PEAK   0x02
#define CLEAR_BOTH   0x04

static bool
is_system_board(struct ipmi_req *rq)
{
    uint8_t entity = rd_u8(&rq->data);
    uint8_t instance = rd_u8(&rq->data);

    return entity == ENTITY_SYSTEM_BOARD && instance == 1;
}

static enum ipmi_cc
get_consumption_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct dell_meter *m;

    if (!is_system_board(rq))
        return CC_NOT_PRESENT;
    m = dell_read_meter(mc);
    wr_le32(rs, stamp(mc, m->energy_since));
    wr_le32(rs, (uint32_t)(m->watt_ms / MS_PER_WH));
    wr_le32(rs, stamp(mc, m->peak_since));
    wr_le32(rs, stamp(mc, m->peak_at));
    wr_le16(rs, dell_tenths_of_amperes(m->peak));
    wr_le32(rs, stamp(mc, m->peak_at));
    wr_le16(rs, m->peak);
    return CC_OK;
}

static enum ipmi_cc
clear_consumption_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    bool there = is_system_board(rq);
    uint8_t what = rd_u8(&rq->data);
    struct dell_meter *m;

    (void)rs;
    if (!there)
        return CC_NOT_PRESENT;
    if (what != CLEAR_ENERGY && what != CLEAR_PEAK && what != CLEAR_BOTH)
        return CC_INVALID_FIELD;
    m = dell_read_meter(mc);
    if (what != CLEAR_PEAK) {
        m->watt_ms = 0;
        m->energy_since = mc->world->now;
    }
    if (what != CLEAR_ENERGY) {
        m->peak = dell_draw(mc);
        m->peak_at = m->peak_since = mc->world->now;
    }
    return CC_OK;
}

/* ---- histories ---- */

static const instant windows[] = {
    SPAN_S(60), SPAN_S(3600), SPAN_S(24 * 3600), SPAN_S(7 * 24 * 3600),
};

#define WINDOWS (sizeof windows / sizeof windows[0])

static enum ipmi_cc
get_averages(struct mc *mc, uint8_t set, struct wr *data)
{
    struct history h;

    (void)set;
    if (mc->dcmi == NULL)
        return CC_PARAM_UNSUPPORTED;
    for (size_t i = 0; i < WINDOWS; i++) {
        look_back_span(mc, windows[i], &h);
        wr_le16(data, h.average);
    }
    return CC_OK;
}

static enum ipmi_cc
get_extremes(struct mc *mc, bool peaks, struct wr *data)
{
    struct extreme e[WINDOWS];
    struct history h;

    if (mc->dcmi == NULL)
        return CC_PARAM_UNSUPPORTED;
    for (size_t i = 0; i < WINDOWS; i++) {
        look_back_span(mc, windows[i], &h);
        e[i] = peaks ? h.max : h.min;
        wr_le16(data, e[i].watts);
    }
    for (size_t i = 0; i < WINDOWS; i++)
        wr_le32(data, stamp(mc, e[i].at));
    return CC_OK;
}

static enum ipmi_cc
get_peaks(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    return get_extremes(mc, true, data);
}

static enum ipmi_cc
get_minima(struct mc *mc, uint8_t set, struct wr *data)
{
    (void)set;
    return get_extremes(mc, false, data);
}

/* ---- over an interval ---- */

#define INTERVAL_MAX 900u
#define PERMILLE 1000u

/* By control switch: with extremes, or the average alone. */
static const uint8_t interval_min[] = { 30, 5 };

/* What parts draw of the whole: all of it; processors 1 to 4; their memory;
 * drives, fans, PCIe cards, GPU cables. Some are not there. */
static const uint16_t permille[] = {
    PERMILLE, 240, 240, 0, 0, 90, 90, 0, 0, 60, 90, 70, 0,
};

static bool
interval_good(uint8_t subsystem, uint8_t control)
{
    return subsystem < sizeof permille / sizeof permille[0] && control < sizeof interval_min;
}

static unsigned
part_of(uint16_t watts, uint8_t subsystem)
{
    return watts * permille[subsystem] / PERMILLE;
}

static enum ipmi_cc
get_interval_power(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t seconds = rd_le16(&rq->data);
    uint8_t subsystem = rd_u8(&rq->data);
    uint8_t control = rd_u8(&rq->data);
    struct history h;

    if (!interval_good(subsystem, control))
        return CC_INVALID_FIELD;
    if (seconds < interval_min[control] || seconds > INTERVAL_MAX)
        return CC_RANGE;
    look_back_span(mc, SPAN_S(seconds), &h);
    wr_le16(rs, part_of(h.average, subsystem));
    wr_le16(rs, control == 0 ? part_of(h.min.watts, subsystem) : 0);
    wr_le16(rs, control == 0 ? part_of(h.max.watts, subsystem) : 0);
    wr_fill(rs, 0, 5);
    return CC_OK;
}

static enum ipmi_cc
get_interval_range(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t subsystem = rd_u8(&rq->data);
    uint8_t control = rd_u8(&rq->data);

    (void)mc;
    if (!interval_good(subsystem, control))
        return CC_INVALID_FIELD;
    wr_le16(rs, interval_min[control]);
    wr_le16(rs, INTERVAL_MAX);
    wr_u8(rs, 1);
    return CC_OK;
}

#define POWER (GROUP_OEM_CMDS | GROUP_DCMI_CMDS)

static const struct command rows[] = {
    { DELL_NETFN, 0x9c, "Dell Get Power Consumption Data", NEEDS_USER | READS, 2, 2, POWER,
      get_consumption_data, "" },
    { DELL_NETFN, 0x9d, "Dell Reset Power Consumption Data", NEEDS_OPERATOR, 3, 3, POWER,
      clear_consumption_data, "" },
    { DELL_NETFN, 0xcc, "Dell Get Power Over Interval", NEEDS_USER | READS, 4, 4, POWER,
      get_interval_power, "" },
    { DELL_NETFN, 0xcd, "Dell Get Power Interval Range", NEEDS_USER | READS, 2, 2, POWER,
      get_interval_range, "" },
};

const struct command_table oem_dell_meter_commands = { "dell-meter", rows,
                                                       sizeof rows / sizeof rows[0], 0 };

static const struct dell_param params[] = {
    { 0xeb, get_averages, NULL },
    { 0xec, get_peaks, NULL },
    { 0xed, get_minima, NULL },
};

const struct dell_params dell_meter_params = { params, sizeof params / sizeof params[0] };
